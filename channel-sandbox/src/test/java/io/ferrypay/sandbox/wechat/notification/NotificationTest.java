package io.ferrypay.sandbox.wechat.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.wechat.pay.java.core.exception.ValidationException;
import io.ferrypay.sandbox.wechat.Institution;
import io.ferrypay.sandbox.wechat.WireTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NotificationTest extends WireTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void a_payment_is_told_in_what_the_official_parser_can_read() throws Exception {
        answer(200);

        var number = paid();

        var request = received();
        var told = institution.read(request);
        assertThat(told).isEqualTo(institution.query(number));
        assertThat(told.path("out_trade_no").stringValue()).isEqualTo(number);
        assertThat(told.path("trade_state").stringValue()).isEqualTo("SUCCESS");
        assertThat(told.path("amount").path("payer_total").longValue()).isEqualTo(55740);
        var envelope = JSON.readTree(request.getBody().utf8());
        assertThat(envelope.path("id").stringValue()).matches("EV-[0-9]{24}");
        assertThat(envelope.path("event_type").stringValue()).isEqualTo("TRANSACTION.SUCCESS");
        assertThat(envelope.path("resource_type").stringValue()).isEqualTo("encrypt-resource");
        var resource = envelope.path("resource");
        assertThat(resource.path("original_type").stringValue()).isEqualTo("transaction");
        assertThat(resource.path("associated_data").stringValue()).isEqualTo("transaction");
        assertThat(resource.path("nonce").stringValue()).hasSize(12);
        assertThat(request.getHeaders().names()).contains("Wechatpay-Signature-Type");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204})
    void only_these_answers_end_it(int status) throws Exception {
        answer(status);

        var number = paid();

        received();
        awaitNotices(number, 1);
        assertThat(notifications(number).get(0).path("accepted").booleanValue()).isTrue();
        assertThat(waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 302, 400, 401, 500, 503})
    void any_other_answer_means_again(int status) throws Exception {
        shop.enqueue(
                new MockResponse.Builder()
                        .code(status)
                        .setHeader("Location", notifyUrl() + "/elsewhere")
                        .body("{\"code\":\"FAIL\",\"message\":\"no\"}")
                        .build());

        var number = paid();

        received();
        awaitNotices(number, 1);
        var notice = notifications(number).get(0);
        assertThat(notice.path("accepted").booleanValue()).isFalse();
        assertThat(notice.path("status").intValue()).isEqualTo(status);
        assertThat(notice.path("answer").stringValue()).contains("FAIL");
        assertThat(waiting()).isEqualTo(1);
        assertThat(shop.getRequestCount()).isEqualTo(1);
    }

    @Test
    void attempts_follow_the_table_with_one_id_and_fresh_signatures() throws Exception {
        command("/control/clock", "{\"compression\":60}");
        for (int i = 0; i < 3; i++) {
            answer(500);
        }
        answer(200);

        var number = paid();

        var requests = List.of(received(), received(), received(), received());
        awaitNotices(number, 4);
        var ids = new HashSet<String>();
        var nonces = new HashSet<String>();
        var sentAt = new ArrayList<Instant>();
        for (var request : requests) {
            institution.read(request);
            ids.add(JSON.readTree(request.getBody().utf8()).path("id").stringValue());
            nonces.add(request.getHeaders().get("Wechatpay-Nonce"));
        }
        for (var notice : notifications(number)) {
            sentAt.add(Instant.parse(notice.path("sent_at").stringValue()));
        }
        assertThat(ids).hasSize(1);
        assertThat(nonces).hasSize(4);
        // 15 s, 15 s and 30 s, sixty times faster; no sooner, and not as late as written.
        for (int i = 0; i < 3; i++) {
            var written = RetryTable.WAITS.table().get(i);
            assertThat(Duration.between(sentAt.get(i), sentAt.get(i + 1)))
                    .isBetween(written.dividedBy(60), written);
        }
    }

    @Test
    void all_sixteen_attempts_are_made_and_then_it_gives_up() throws Exception {
        command("/control/clock", "{\"compression\":100000}");
        for (int i = 0; i < 16; i++) {
            answer(500);
        }

        var number = paid();

        awaitNotices(number, 16);
        await().untilAsserted(() -> assertThat(waiting()).isZero());
        assertThat(shop.getRequestCount()).isEqualTo(16);
    }

    @Test
    void moving_the_clock_brings_the_next_attempt() throws Exception {
        answer(500);
        answer(200);
        var number = paid();
        received();
        awaitNotices(number, 1);

        command("/control/clock", "{\"offset_seconds\":15}");

        institution.read(received());
        awaitNotices(number, 2);
        assertThat(waiting()).isZero();
    }

    @Test
    void an_answer_after_five_seconds_is_no_answer() throws Exception {
        shop.enqueue(
                new MockResponse.Builder()
                        .code(200)
                        .headersDelay(5500, TimeUnit.MILLISECONDS)
                        .build());

        var number = paid();

        awaitNotices(number, 1);
        var notice = notifications(number).get(0);
        assertThat(notice.path("accepted").booleanValue()).isFalse();
        assertThat(notice.has("status")).isFalse();
        assertThat(notice.path("millis").longValue()).isGreaterThanOrEqualTo(4_900L);
    }

    @Test
    void nobody_listening_means_again() throws Exception {
        shop.close();

        var number = paid();

        awaitNotices(number, 1);
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void unpaid_declined_and_closed_orders_are_not_told() {
        var unpaid = placed();
        var declined = placed();
        command("/control/wechat/orders/" + declined + "/decline", "{}");
        var closed = placed();
        institution.close(closed);

        assertThat(waiting()).isZero();
        assertThat(notifications(unpaid)).isEmpty();
        assertThat(shop.getRequestCount()).isZero();
    }

    @Test
    void duplicates_follow_an_accepted_one() throws Exception {
        faults("{\"notification\":{\"duplicate\":3}}");
        for (int i = 0; i < 4; i++) {
            answer(200);
        }

        var number = paid();

        awaitNotices(number, 4);
        var ids = new HashSet<String>();
        for (int i = 0; i < 4; i++) {
            var request = received();
            institution.read(request);
            ids.add(JSON.readTree(request.getBody().utf8()).path("id").stringValue());
        }
        assertThat(ids).hasSize(1);
    }

    @Test
    void parallel_copies_go_out_together() throws Exception {
        faults("{\"notification\":{\"parallel\":5}}");
        var here = new CountDownLatch(5);
        shop.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request)
                            throws InterruptedException {
                        here.countDown();
                        // Sent one after another, the first would wait in vain for the fifth.
                        var together = here.await(4, TimeUnit.SECONDS);
                        return new MockResponse.Builder().code(together ? 204 : 500).build();
                    }
                });

        var number = paid();

        awaitNotices(number, 5);
        assertThat(notifications(number).valueStream())
                .allMatch(notice -> notice.path("accepted").booleanValue());
    }

    @Test
    void dropped_attempts_never_leave() throws Exception {
        command("/control/clock", "{\"compression\":1000}");
        faults("{\"notification\":{\"drop\":2}}");
        answer(200);

        var number = paid();

        awaitNotices(number, 3);
        assertThat(shop.getRequestCount()).isEqualTo(1);
        assertThat(notifications(number).get(0).path("flaws").get(0).stringValue())
                .isEqualTo("DROPPED");
    }

    @Test
    void a_delayed_notification_waits() throws Exception {
        faults("{\"notification\":{\"delay_ms\":600}}");
        answer(200);
        var paidAt = Instant.now();

        var number = paid();

        awaitNotices(number, 1);
        assertThat(Instant.parse(notifications(number).get(0).path("sent_at").stringValue()))
                .isAfterOrEqualTo(paidAt.plusMillis(600));
    }

    @Test
    void a_bad_signature_an_unknown_serial_and_a_probe_are_not_believed() throws Exception {
        var number = acceptedOnce();

        for (var flaw : List.of("bad_signature", "unknown_serial", "public_key_serial")) {
            var request = sendAgain(number, "{\"" + flaw + "\":true}");
            assertThatThrownBy(() -> institution.read(request))
                    .as(flaw)
                    .isInstanceOf(RuntimeException.class);
        }
        var probe = sendAgain(number, "{\"signtest\":true}");
        assertThat(probe.getHeaders().get("Wechatpay-Signature")).startsWith("WECHATPAY/SIGNTEST/");
        assertThatThrownBy(() -> institution.read(probe)).isInstanceOf(RuntimeException.class);
        var forged = sendAgain(number, "{\"bad_signature\":true}");
        assertThatThrownBy(() -> institution.read(forged)).isInstanceOf(ValidationException.class);
    }

    @Test
    void a_stale_one_is_soundly_signed_ten_minutes_ago() throws Exception {
        var request = sendAgain(acceptedOnce(), "{\"stale\":true}");

        institution.read(request);
        long timestamp = Long.parseLong(request.getHeaders().get("Wechatpay-Timestamp"));
        assertThat(Instant.now().getEpochSecond() - timestamp).isBetween(595L, 615L);
    }

    @Test
    void a_tampered_amount_a_wrong_currency_and_a_wrong_shop_are_soundly_signed() throws Exception {
        var number = acceptedOnce();

        var amount = institution.read(sendAgain(number, "{\"tampered_amount\":true}"));
        assertThat(amount.path("amount").path("total").longValue()).isEqualTo(12001);

        var currency = institution.read(sendAgain(number, "{\"wrong_currency\":true}"));
        assertThat(currency.path("amount").path("currency").stringValue()).isEqualTo("THB");
        assertThat(currency.path("amount").path("total").longValue()).isEqualTo(12000);

        var shop = institution.read(sendAgain(number, "{\"wrong_sub_mchid\":true}"));
        assertThat(shop.path("sub_mchid").stringValue()).isEqualTo("1900009999");
        assertThat(shop.path("amount").path("total").longValue()).isEqualTo(12000);
    }

    @Test
    void header_names_can_be_in_lower_case() throws Exception {
        var request = sendAgain(acceptedOnce(), "{\"lower_case_headers\":true}");

        institution.read(request);
        var names = new ArrayList<String>();
        request.getHeaders().forEach(pair -> names.add(pair.getFirst()));
        assertThat(names).contains("wechatpay-signature").doesNotContain("Wechatpay-Signature");
    }

    @Test
    void a_counted_flaw_goes_away_with_the_attempts() throws Exception {
        command("/control/clock", "{\"compression\":1000}");
        faults("{\"notification\":{\"bad_signature\":1}}");
        answer(401);
        answer(200);

        var number = paid();

        awaitNotices(number, 2);
        var bad = received();
        assertThatThrownBy(() -> institution.read(bad)).isInstanceOf(ValidationException.class);
        institution.read(received());
    }

    @Test
    void faults_of_one_order_leave_the_others_alone() throws Exception {
        var victim = placed();
        faults("{\"notification\":{\"tampered_amount\":true},\"applies_to\":\"" + victim + "\"}");
        answer(200);
        answer(200);

        paid();
        assertThat(institution.read(received()).path("amount").path("total").longValue())
                .isEqualTo(12000);
        pay(victim);
        assertThat(institution.read(received()).path("amount").path("total").longValue())
                .isEqualTo(12001);
    }

    @Test
    void sending_again_shows_the_shops_answer() throws Exception {
        var number = acceptedOnce();
        answer(500);

        var sent = command("/control/wechat/orders/" + number + "/notify", "");

        assertThat(sent.path("notifications").get(0).path("status").intValue()).isEqualTo(500);
    }

    private String acceptedOnce() throws Exception {
        answer(200);
        var number = paid();
        received();
        awaitNotices(number, 1);
        return number;
    }

    private RecordedRequest sendAgain(String number, String with) throws Exception {
        answer(200);
        command("/control/wechat/orders/" + number + "/notify", with);
        return received();
    }

    private void answer(int status) {
        shop.enqueue(new MockResponse.Builder().code(status).build());
    }

    private RecordedRequest received() throws InterruptedException {
        var request = shop.takeRequest(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    private void awaitNotices(String number, int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> notifications(number).size() >= count);
        assertThat(notifications(number).size()).isEqualTo(count);
    }

    private int waiting() {
        JsonNode all =
                control.get()
                        .uri("/control/wechat/notifications?out_trade_no=" + Institution.MCHID)
                        .retrieve()
                        .body(JsonNode.class);
        return all.path("waiting").intValue();
    }
}
