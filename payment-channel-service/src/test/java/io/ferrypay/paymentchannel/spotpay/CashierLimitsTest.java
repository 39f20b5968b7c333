package io.ferrypay.paymentchannel.spotpay;

import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class CashierLimitsTest extends RunningServiceTest {

    private static final String STORE = "store_01JDC3VZ6Q8S7M2K4T9R5XN1AB";

    @Autowired private EventHandler merchantFeed;

    private final String cashier = "cas_" + UlidCreator.getMonotonicUlid();
    private long version;

    @Test
    void nobody_takes_more_at_once_than_they_may() {
        limited(Map.of("sale_limit", "50.00"));

        assertThat(codeOf(sell("50.01"))).isEqualTo("over_cashier_limit");
        assertThat(codeOf(charge("50.01"))).isEqualTo("over_cashier_limit");
        assertThat(payments()).isZero();
        assertThat(sell("50.00").statusCode()).isEqualTo(201);

        limited(Map.of());
        assertThat(sell("50.01").statusCode()).isEqualTo(201);
    }

    @Test
    void of_many_tills_at_once_only_as_many_sell_as_the_day_allows() throws Exception {
        limited(Map.of("daily_sales_limit", "100.00"));

        Callable<Integer> sell = () -> sell("30.00").statusCode();
        List<Integer> answers;
        try (var pool = Executors.newFixedThreadPool(8)) {
            answers =
                    pool.invokeAll(Collections.nCopies(8, sell)).stream()
                            .map(each -> {
                                try {
                                    return each.get();
                                } catch (InterruptedException
                                        | java.util.concurrent.ExecutionException e) {
                                    throw new IllegalStateException(e);
                                }
                            })
                            .toList();
        }

        assertThat(answers.stream().filter(status -> status == 201)).hasSize(3);
        assertThat(answers).containsOnly(201, 422);
        assertThat(payments()).isEqualTo(3);
        assertThat(codeOf(sell("10.01"))).isEqualTo("cashier_daily_limit_reached");
        assertThat(sell("10.00").statusCode()).isEqualTo(201);
        // What is over unpaid does not count, nor does what was yesterday.
        jdbc.sql("update payment set status = 'canceled' where merchant_id = ?")
                .param(merchant)
                .update();
        assertThat(sell("100.00").statusCode()).isEqualTo(201);
        jdbc.sql(
                        "update spotpay_session set created_at = now() - interval '25 hours' where merchant_id = ?")
                .param(merchant)
                .update();
        assertThat(sell("100.00").statusCode()).isEqualTo(201);
    }

    @Test
    void the_same_request_is_answered_as_before_although_it_used_the_limit_up() {
        limited(Map.of("daily_sales_limit", "30.00"));
        var key = anyKey();
        assertThat(sell(key, "30.00", cashier).statusCode()).isEqualTo(201);

        var again = sell(key, "30.00", cashier);

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    }

    @Test
    void refunds_are_limited_at_once_and_in_a_day_by_who_gives_the_pin() {
        limited(Map.of("refund_limit", "20.00", "daily_refunds_limit", "30.00"));
        var session = paid("120.00");

        assertThat(codeOf(refund(session, "20.01"))).isEqualTo("over_cashier_limit");
        assertThat(codeOf(refund(session, null))).isEqualTo("over_cashier_limit");
        assertThat(refund(session, "20.00").statusCode()).isEqualTo(201);
        assertThat(codeOf(refund(session, "10.01"))).isEqualTo("cashier_daily_limit_reached");
        assertThat(refund(session, "10.00").statusCode()).isEqualTo(201);
        assertThat(
                        jdbc.sql(
                                        "select refund_reserved_minor + refunded_minor from payment where id = ?")
                                .param(session.path("payment").asString())
                                .query(Long.class)
                                .single())
                .as("what was refused sets nothing aside")
                .isEqualTo(3_000);
    }

    @Test
    void where_somebody_has_limits_nobody_sells_without_signing_in() {
        assertThat(sell(anyKey(), "5.00", null).statusCode()).isEqualTo(201);
        limited(Map.of("refund_limit", "0.00"));

        var refused = sell(anyKey(), "5.00", null);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(codeOf(refused)).isEqualTo("cashier_required");
        tell("disabled", Map.of("refund_limit", "0.00"));
        assertThat(sell(anyKey(), "5.00", null).statusCode()).isEqualTo(201);
    }

    @Test
    void old_news_of_limits_changes_nothing() {
        limited(Map.of("sale_limit", "50.00"));
        version -= 1;
        tell("active", Map.of());

        assertThat(codeOf(sell("60.00"))).isEqualTo("over_cashier_limit");
    }

    private void limited(Map<String, String> limits) {
        tell("active", limits);
    }

    private void tell(String status, Map<String, String> limits) {
        var told = JSON.createObjectNode();
        told.put("cashier_id", cashier)
                .put("merchant_id", merchant)
                .put("livemode", false)
                .put("store_id", STORE)
                .put("currency", "NZD")
                .put("status", status);
        for (var name :
                List.of("sale_limit", "daily_sales_limit", "refund_limit", "daily_refunds_limit")) {
            told.put(name, limits.get(name));
        }
        version++;
        merchantFeed.apply(
                List.of(Event.of("cashier.changed", cashier, version, Instant.now(), told)));
    }

    private HttpResponse<String> sell(String amount) {
        return sell(anyKey(), amount, cashier);
    }

    private HttpResponse<String> sell(String key, String amount, @Nullable String by) {
        return send(
                request("/v2/spotpay/sessions", till(by, "payments:write"))
                        .header("Idempotency-Key", key),
                "POST",
                "{\"amount\":\"" + amount + "\",\"currency\":\"NZD\",\"method\":\"wechat\"}");
    }

    private HttpResponse<String> charge(String amount) {
        return send(
                request("/v2/spotpay/sessions:charge", till(cashier, "payments:write"))
                        .header("Idempotency-Key", anyKey()),
                "POST",
                "{\"amount\":\""
                        + amount
                        + "\",\"currency\":\"NZD\",\"pay_code\":\"134588558514585062\"}");
    }

    private JsonNode paid(String amount) {
        var session = JSON.readTree(sell(amount).body());
        var order = channel.lastOrder();
        notified(order, success(order, "4200" + UUID.randomUUID()));
        return session;
    }

    private HttpResponse<String> refund(JsonNode session, @Nullable String amount) {
        return send(
                request(
                                "/v2/spotpay/sessions/"
                                        + session.path("id").asString()
                                        + "/refunds",
                                till(cashier, "refunds:write"))
                        .header("Idempotency-Key", anyKey()),
                "POST",
                amount == null ? "{}" : "{\"amount\":\"" + amount + "\"}");
    }

    private String till(@Nullable String by, String scope) {
        return TestTokens.device(
                merchant, "test", "dev_of_limits", by, List.of("payments:read", scope));
    }

    private long payments() {
        return jdbc.sql("select count(*) from payment where merchant_id = ?")
                .param(merchant)
                .query(Long.class)
                .single();
    }
}
