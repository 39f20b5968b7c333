package io.ferrypay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/** From the code on the shop's screen to the message on the shopkeeper's phone. */
@Isolated
class HearingOnWechatTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final HttpClient PHONE =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

    private final RunningPlatform platform = new RunningPlatform();

    @Test
    void a_shopkeeper_who_scanned_the_code_reads_of_a_payment_and_its_refund() throws Exception {
        var binding = bind();
        var shown = platform.showQr(null, 300);
        platform.sandbox("POST", "/control/wechat/codes/pay", Map.of("code_url", shown.codeUrl()));
        await().atMost(SOON).until(() -> platform.status(shown.paymentId()).equals("paid"));
        var reference = platform.payment(shown.paymentId()).path("merchant_reference").asString();
        var told = reference.substring(0, 30) + "..";

        await().atMost(SOON).until(() -> received(told).size() == 1);
        assertThat(received(told).getFirst().path("data").path("amount2").asString())
                .isEqualTo("NZD 120.00");

        var refund =
                platform.shop(
                        "POST",
                        "/v2/payments/" + shown.paymentId() + "/refunds",
                        Map.of("amount", "20.00", "reason", "requested_by_customer"));
        assertThat(refund.status()).isEqualTo(201);
        var refundId = refund.body().path("id").asString();
        await().atMost(SOON).until(() -> received(refundId).size() == 1);
        assertThat(received(refundId).getFirst().path("data").path("phrase5").asString())
                .isEqualTo("已退款");

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(said(binding, "status")).hasSize(2).containsOnly("sent"));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(said(binding, "arrival")).hasSize(2).containsOnly("delivered"));
        end(binding);
    }

    @Test
    void who_blocked_the_account_is_shown_as_having_refused_the_message() throws Exception {
        var binding = bind();
        platform.sandbox(
                "POST",
                "/control/wechat/official-account/arrivals",
                Map.of("statuses", List.of("failed:user block")));
        var shown = platform.showQr(null, 300);
        platform.sandbox("POST", "/control/wechat/codes/pay", Map.of("code_url", shown.codeUrl()));

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(said(binding, "arrival")).containsExactly("refused"));
        end(binding);
    }

    /** What the log says of each of its messages. */
    private List<String> said(String binding, String field) {
        return platform.shop("GET", "/v2/wechat_messages?binding=" + binding, null)
                .body()
                .path("data")
                .valueStream()
                .map(message -> message.path(field).asString("-"))
                .toList();
    }

    @Test
    void a_message_on_its_way_survives_the_death_of_its_service_and_comes_once() throws Exception {
        var binding = bind();
        platform.sandbox(
                "POST", "/control/wechat/official-account/answers", Map.of("codes", List.of(-1)));
        var shown = platform.showQr(null, 300);
        platform.sandbox("POST", "/control/wechat/codes/pay", Map.of("code_url", shown.codeUrl()));
        await().atMost(SOON).until(() -> platform.status(shown.paymentId()).equals("paid"));

        platform.kill("notify-service");
        await().atMost(Duration.ofMinutes(1)).until(platform::allReady);

        var reference = platform.payment(shown.paymentId()).path("merchant_reference").asString();
        var told = reference.substring(0, 30) + "..";
        await().atMost(Duration.ofMinutes(2)).until(() -> received(told).size() == 1);
        await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> received(told).size() == 1);
        platform.sandbox(
                "POST", "/control/wechat/official-account/answers", Map.of("codes", List.of()));
        end(binding);
    }

    private String bind() throws Exception {
        var invited =
                platform.shop(
                        "POST",
                        "/v2/wechat_bindings",
                        Map.of(
                                "label",
                                "Counter 1",
                                "event_types",
                                List.of("payment.paid", "refund.succeeded")));
        assertThat(invited.status()).isEqualTo(201);
        var page =
                PHONE.send(
                        HttpRequest.newBuilder(
                                        URI.create(invited.body().path("bind_url").asString()))
                                .header("User-Agent", "Mozilla/5.0 MicroMessenger/8.0.50")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(page.body()).contains("已绑定");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("style-src 'self'")
                .contains("script-src 'self'");
        var id = invited.body().path("id").asString();
        assertThat(
                        platform.shop("GET", "/v2/wechat_bindings/" + id, null)
                                .body()
                                .path("status")
                                .asString())
                .isEqualTo("bound");
        return id;
    }

    private void end(String binding) {
        assertThat(platform.shop("POST", "/v2/wechat_bindings/" + binding + ":end", null).status())
                .isEqualTo(200);
    }

    private List<JsonNode> received(String reference) {
        return platform.sandbox("GET", "/control/wechat/official-account/messages", null)
                .body()
                .valueStream()
                .filter(message ->
                        message.path("data")
                                .path("character_string1")
                                .asString("")
                                .equals(reference))
                .toList();
    }
}
