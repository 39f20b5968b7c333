package io.ferrypay.paymentchannel.maintenance;

import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.events.Event;
import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** An account in maintenance is not offered; what is on its way goes on. */
class MaintenanceTest extends RunningServiceTest {

    @Autowired private MaintenanceFeed feed;
    @Autowired private MaintenanceWindows windows;
    @Autowired private TransactionTemplate transactions;

    @AfterEach
    void it_is_over() {
        jdbc.sql("delete from maintenance_window").update();
        windows.forget();
    }

    @Test
    void a_method_is_not_offered_and_the_page_says_until_when() {
        var underWay = created();
        var order = offered(underWay);
        var until = Instant.parse("2099-01-01T00:00:00Z");
        told(1, Instant.now().minusSeconds(60), until);
        var payment = created();

        var method = methodOf(payment);
        assertThat(method.path("available").asBoolean()).isFalse();
        assertThat(method.path("reason").asString()).isEqualTo("maintenance");
        assertThat(method.path("back_at").asString()).isEqualTo(until.toString());
        var refused = attempt(payment);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(codeOf(refused)).isEqualTo("channel_down");

        // Whoever has begun to pay is heard.
        notified(order, success(order, "42000001"));
        assertThat(statusOf(underWay)).isEqualTo("paid");

        told(2, Instant.now().minusSeconds(60), Instant.now().minusSeconds(1));
        assertThat(methodOf(payment).path("available").asBoolean()).isTrue();
        assertThat(attempt(payment).statusCode()).isEqualTo(200);
    }

    @Test
    void it_begins_by_itself_and_an_older_word_changes_nothing() {
        told(2, Instant.now().plus(Duration.ofHours(1)), Instant.now().plus(Duration.ofHours(2)));
        told(1, Instant.now().minusSeconds(60), Instant.now().plus(Duration.ofHours(2)));
        assertThat(methodOf(created()).path("available").asBoolean()).isTrue();
    }

    @Test
    void staff_see_how_accounts_do_and_nobody_else() {
        var order = offered(created());
        notified(order, success(order, "42000002"));

        var account = shown();

        assertThat(account.path("method").asString()).isEqualTo("wechat");
        assertThat(account.path("takes_new_orders").asBoolean()).isTrue();
        assertThat(account.path("orders").path("paid").asLong()).isPositive();
        assertThat(account.path("maintenance_until").isNull()).isTrue();
        told(1, Instant.now().minusSeconds(60), Instant.parse("2099-01-01T00:00:00Z"));
        assertThat(shown().path("maintenance_until").asString()).startsWith("2099");
        assertThat(codeOf(channels("payments:read"))).isEqualTo("forbidden_scope");
    }

    private JsonNode shown() {
        return JSON.readTree(channels("channels:read").body())
                .path("data")
                .valueStream()
                .filter(one -> one.path("id").asString().equals(account()))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> channels(String permission) {
        return send(
                request("/console/api/channels", TestTokens.staff("per_1", List.of(permission))),
                "GET",
                "");
    }

    private String account() {
        return channel.accounts().getLast().id();
    }

    private JsonNode methodOf(JsonNode payment) {
        return JSON.readTree(
                        page("GET", "/checkout/" + payment.path("nonce").asString(), "").body())
                .path("methods")
                .path(0);
    }

    private HttpResponse<String> attempt(JsonNode payment) {
        return page(
                "POST",
                "/checkout/" + payment.path("nonce").asString() + "/attempts",
                "{\"method\":\"wechat\"}");
    }

    private void told(long version, Instant from, Instant until) {
        var data =
                JSON.createObjectNode()
                        .put("account", account())
                        .put("starts_at", from.toString())
                        .put("ends_at", until.toString());
        transactions.executeWithoutResult(_ ->
                feed.apply(
                        List.of(
                                Event.of(
                                        "channel.maintenance_planned",
                                        "mnt_1",
                                        version,
                                        Instant.now(),
                                        data))));
    }
}
