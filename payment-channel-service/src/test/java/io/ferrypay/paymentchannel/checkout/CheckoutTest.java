package io.ferrypay.paymentchannel.checkout;

import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.OffersPayments.OfferAnswer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CheckoutTest extends RunningServiceTest {

    @Test
    void the_page_shows_what_is_to_be_paid() {
        var payment = created();

        var view = view(payment);

        assertThat(view.path("status").asString()).isEqualTo("created");
        assertThat(view.path("merchant").path("name").asString()).isEqualTo("Harbour Honey Co");
        assertThat(view.path("amount").asString()).isEqualTo("120.00");
        assertThat(view.path("payer_amount").asString()).isEqualTo("557.40");
        assertThat(view.path("fx").path("rate").asString()).isEqualTo("4.645");
        assertThat(view.path("methods").path(0).path("type").asString()).isEqualTo("wechat");
        assertThat(view.path("attempt").isNull()).isTrue();
        assertThat(view.path("return_url").isNull()).isTrue();
        assertThat(view.path("version").asLong()).isEqualTo(1);
        assertThat(view.has("metadata")).isFalse();
        assertThat(view.has("notify_url")).isFalse();
    }

    @Test
    void asking_for_a_code_shows_one_and_asking_again_shows_the_same() {
        var payment = created();

        var order = offered(payment);
        var again = offered(payment);

        assertThat(again).isEqualTo(order);
        var view = view(payment);
        assertThat(view.path("status").asString()).isEqualTo("pending");
        var content = "weixin://wxpay/bizpayurl?pr=" + order.key().orderNumber();
        assertThat(view.path("attempt").path("qr").path("content").asString()).isEqualTo(content);
        assertThat(view.path("attempt").path("status").asString()).isEqualTo("ready");
        assertThat(view.path("simulator_url").asString())
                .isEqualTo(
                        "http://127.0.0.1:7206/wallet/wechat?code=weixin%3A%2F%2Fwxpay%2Fbizpayurl%3Fpr%3D"
                                + order.key().orderNumber());
        assertThat(order.key().orderNumber()).matches("FP[0-9A-Z]{22}");
        assertThat(order.key().subMerchantId()).isEqualTo("1900000109");
    }

    @Test
    void a_code_that_has_ended_is_replaced_and_the_old_one_closed() {
        var payment = created();
        var first = offered(payment);
        jdbc.sql(
                        "update attempt set offer_expires_at = now() - interval '1 second' where order_number = ?")
                .param(first.key().orderNumber())
                .update();

        var second = offered(payment);

        assertThat(second.key().orderNumber()).isNotEqualTo(first.key().orderNumber());
        assertThat(channel.wasClosed(first.key().orderNumber())).isTrue();
        assertThat(eventsOf(payment)).containsOnlyOnce("payment.pending");
    }

    @Test
    void a_code_paid_in_its_last_second_leaves_no_second_one_on_offer() {
        var payment = created();
        var first = offered(payment);
        jdbc.sql(
                        "update attempt set offer_expires_at = now() - interval '1 second' where order_number = ?")
                .param(first.key().orderNumber())
                .update();
        channel.says(first.key().orderNumber(), success(first, "42000001"));

        var last = offered(payment);

        assertThat(last).isEqualTo(first);
        assertThat(statusOf(payment)).isEqualTo("paid");
    }

    @Test
    void a_silent_channel_is_asked_again_under_the_same_number() {
        var payment = created();
        channel.answersEveryOfferWith(new OfferAnswer.Unknown("no answer in time"));

        var answer = attempt(payment, "{\"method\":\"wechat\"}");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(codeOf(answer)).isEqualTo("channel_unavailable");
        var number = channel.lastOrder().key().orderNumber();
        channel.isItselfAgain();
        offered(payment);
        assertThat(channel.ordersUnder(number)).hasSize(2).containsOnly(channel.lastOrder());
    }

    @Test
    void a_channel_s_no_is_final_for_that_number() {
        var payment = created();
        channel.answersEveryOfferWith(new OfferAnswer.Refused("NO_AUTH"));

        var answer = attempt(payment, "{\"method\":\"wechat\"}");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(codeOf(answer)).isEqualTo("channel_refused");
        var refused = channel.lastOrder().key().orderNumber();
        channel.isItselfAgain();
        assertThat(offered(payment).key().orderNumber()).isNotEqualTo(refused);
    }

    @Test
    void after_the_end_the_page_shows_the_end_and_the_way_back_without_a_status() {
        var payment = created();
        var order = offered(payment);
        notified(order, success(order, "42000001"));

        var answer = attempt(payment, "{\"method\":\"wechat\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        var view = JSON.readTree(answer.body());
        assertThat(view.path("status").asString()).isEqualTo("paid");
        assertThat(view.path("attempt").path("qr").isNull()).isTrue();
        assertThat(view.path("simulator_url").isNull()).isTrue();
        assertThat(view.path("return_url").asString())
                .isEqualTo(
                        "https://shop.example/done?payment_id="
                                + payment.path("id").asString()
                                + "&merchant_reference="
                                + payment.path("merchant_reference").asString());
    }

    @Test
    void a_declined_payment_says_why() {
        var payment = created();
        notified(offered(payment), new ChannelOutcome.Declined("PAYERROR"));

        var view = view(payment);

        assertThat(view.path("failure").path("decline_code").asString()).isEqualTo("PAYERROR");
        assertThat(view.path("attempt").path("status").asString()).isEqualTo("declined");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "..%2f..",
                "%F0%9F%98%80"
            })
    void a_wrong_link_opens_nothing(String nonce) {
        for (var path : new String[] {"", "/events"}) {
            var answer = page("GET", "/checkout/" + nonce + path, "");

            assertThat(answer.statusCode()).as(path).isIn(404, 400);
        }
        assertThat(
                        page("POST", "/checkout/" + nonce + "/attempts", "{\"method\":\"wechat\"}")
                                .statusCode())
                .isIn(404, 400);
    }

    @Test
    void a_reissued_link_works_and_the_old_one_does_not() {
        var payment = created();

        var reissued =
                JSON.readTree(
                        post("/v2/payments/" + payment.path("id").asString() + ":reissue_nonce", "")
                                .body());

        assertThat(view(reissued).path("status").asString()).isEqualTo("created");
        var old = page("GET", "/checkout/" + payment.path("nonce").asString(), "");
        assertThat(old.statusCode()).isEqualTo(404);
        assertThat(codeOf(old)).isEqualTo("unknown_payment_link");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"method\":null}",
                "{\"method\":5}",
                "{\"method\":\"paypal\"}",
                "{\"method\":\"wechat\",\"amount\":\"0.01\"}"
            })
    void bad_input_asks_no_channel(String body) {
        var payment = created();

        var answer = attempt(payment, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(codeOf(answer)).isNotBlank();
        assertThat(view(payment).path("attempt").isNull()).isTrue();
    }

    @Test
    void the_stream_tells_every_change_at_once() throws Exception {
        var payment = created();
        var stream =
                HttpClient.newHttpClient()
                        .send(
                                request(
                                                "/checkout/"
                                                        + payment.path("nonce").asString()
                                                        + "/events",
                                                null)
                                        .GET()
                                        .build(),
                                BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));

        try (var lines =
                new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(nextState(lines).path("status").asString()).isEqualTo("created");
            var order = offered(payment);
            assertThat(nextState(lines).path("status").asString()).isEqualTo("pending");
            notified(order, success(order, "42000001"));
            var last = nextState(lines);
            assertThat(last.path("status").asString()).isEqualTo("paid");
            assertThat(last.path("version").asLong()).isEqualTo(3);
        }
    }

    private static JsonNode nextState(BufferedReader lines) throws Exception {
        var event = new ArrayList<String>();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: ")) {
                assertThat(event)
                        .contains("event: state")
                        .anyMatch(seen -> seen.startsWith("id: "));
                return JSON.readTree(line.substring("data: ".length()));
            }
            event.add(line);
        }
        throw new AssertionError("the stream ended");
    }

    private JsonNode view(JsonNode payment) {
        var answer = page("GET", "/checkout/" + payment.path("nonce").asString(), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        return JSON.readTree(answer.body());
    }

    @Test
    void a_payment_is_begun_only_so_often() {
        var payment = created();
        for (var i = 0; i < 20; i++) {
            assertThat(attempt(payment, "{\"method\":\"wechat\"}").statusCode()).isEqualTo(200);
            jdbc.sql(
                            "update attempt set offer_expires_at = now() - interval '1 second' where payment_id = ?")
                    .param(payment.path("id").asString())
                    .update();
        }

        var answer = attempt(payment, "{\"method\":\"wechat\"}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(codeOf(answer)).isEqualTo("too_many_attempts");
        assertThat(
                        jdbc.sql("select count(*) from attempt where payment_id = ?")
                                .param(payment.path("id").asString())
                                .query(Long.class)
                                .single())
                .isEqualTo(20);
    }

    private java.net.http.HttpResponse<String> attempt(JsonNode payment, String body) {
        return page("POST", "/checkout/" + payment.path("nonce").asString() + "/attempts", body);
    }
}
