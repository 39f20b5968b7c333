package io.ferrypay.paymentchannel.spotpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.paymentchannel.FakeChannel;
import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes.ChargeAnswer;
import io.ferrypay.paymentchannel.channel.ClosesPayments.CloseAnswer;
import io.ferrypay.paymentchannel.channel.OffersPayments.OfferAnswer;
import io.ferrypay.paymentchannel.channel.ReversesCharges.ReverseAnswer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

class SpotPayTest extends RunningServiceTest {

    private static final List<String> SALES = List.of("payments:read", "payments:write");
    private static final List<String> SALES_AND_REFUNDS =
            List.of("payments:read", "payments:write", "refunds:write");
    private static final String CASHIER = "cas_01JDC3VZ6Q8S7M2K4T9R5XN1AB";
    private static final String PHONE = "phone-number-one-0123456";
    private static final String OTHER_PHONE = "phone-number-two-0123456";

    private final String device = "dev_" + UUID.randomUUID();

    @Test
    void a_till_shows_one_code_for_all_wallets_and_hears_that_it_was_paid() {
        var answer =
                start(
                        "{\"amount\":\"35.50\",\"currency\":\"NZD\",\"merchant_reference\":\"T1-481\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var session = JSON.readTree(answer.body());
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("/v2/spotpay/sessions/" + id(session));
        assertThat(session.path("status").asString()).isEqualTo("waiting_scan");
        assertThat(session.path("amount").asString()).isEqualTo("35.50");
        assertThat(session.path("payer_amount").asString()).isEqualTo("164.90");
        assertThat(session.path("merchant_reference").asString()).isEqualTo("T1-481");
        assertThat(session.path("qr").path("content").asString())
                .matches("http://localhost:7200/q/[A-Za-z0-9_-]{43}");
        assertThat(lifetime(session)).isEqualTo(Duration.ofMinutes(3));
        var again = fetch(session);
        assertThat(again).isEqualTo(withTimeOf(session, again));

        var opened = open(session, PHONE);
        assertThat(opened.path("merchant").asString()).isEqualTo("Harbour Honey Co");
        assertThat(opened.path("store").asString()).isEqualTo("Viaduct");
        assertThat(fetch(session).path("status").asString()).isEqualTo("scanned");
        var order = offered(opened);
        notified(order, new ChannelOutcome.Pending(true));
        assertThat(fetch(session).path("status").asString()).isEqualTo("processing");
        notified(order, success(order, "42000001"));

        var paid = fetch(session);
        assertThat(paid.path("status").asString()).isEqualTo("paid");
        assertThat(paid.path("paid_by").asString()).isEqualTo("wechat");
        assertThat(paid.path("channel_reference").asString()).isEqualTo("42000001");
        assertThat(paid.path("qr").isNull()).isTrue();
        var payment = payment(session);
        assertThat(payment.path("metadata").path("spotpay_session")).isEqualTo(session.path("id"));
        assertThat(payment.path("metadata").path("device").asString()).isEqualTo(device);
        assertThat(payment.path("product_name").asString()).isEqualTo("Viaduct");
        var page = look(opened);
        assertThat(page.path("status").asString()).isEqualTo("paid");
        assertThat(page.path("return_url").isNull()).as("it stays on the counter").isTrue();
    }

    @Test
    void nobody_finds_the_codes_token_in_the_database() {
        var session = started();
        var token = token(session);

        var row =
                jdbc.sql(
                                "select row_to_json(s)::text || row_to_json(p)::text from spotpay_session s join payment p on p.id = s.payment_id where s.id = ?")
                        .param(id(session))
                        .query(String.class)
                        .single();

        assertThat(row).doesNotContain(token);
        assertThat(
                        jdbc.sql("select data::text from outbox where subject = ?")
                                .param(session.path("payment").asString())
                                .query(String.class)
                                .list())
                .noneMatch(data -> data.contains(token));
    }

    @Test
    void with_a_wallet_named_the_till_shows_that_wallets_own_code() {
        var session =
                JSON.readTree(
                        start("{\"amount\":\"9.90\",\"currency\":\"NZD\",\"method\":\"wechat\"}")
                                .body());

        assertThat(session.path("qr").path("content").asString())
                .startsWith("weixin://wxpay/bizpayurl");
        assertThat(session.path("status").asString()).isEqualTo("waiting_scan");
        var order = channel.lastOrder();
        notified(order, success(order, "42000002"));
        assertThat(fetch(session).path("status").asString()).isEqualTo("paid");
    }

    @Test
    void a_silent_channel_is_asked_again_for_the_same_order_under_the_same_key() {
        var key = anyKey();
        var body = "{\"amount\":\"9.90\",\"currency\":\"NZD\",\"method\":\"wechat\"}";
        channel.answersEveryOfferWith(new OfferAnswer.Unknown("silence"));
        assertThat(codeOf(start(key, body))).isEqualTo("channel_unavailable");
        var first = channel.lastOrder().key().orderNumber();
        channel.isItselfAgain();

        var answer = start(key, body);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(JSON.readTree(answer.body()).path("qr").path("content").asString())
                .endsWith(first);
        assertThat(sessions()).isEqualTo(1);
    }

    @Test
    void the_same_request_however_often_and_however_many_at_once_is_one_sale() throws Exception {
        var key = anyKey();
        var body = "{\"amount\":\"5.00\",\"currency\":\"NZD\"}";

        var answers = atOnce(4, () -> start(key, body));

        assertThat(answers).extracting(HttpResponse::statusCode).contains(201);
        assertThat(answers)
                .allMatch(answer -> answer.statusCode() == 201 || answer.statusCode() == 409);
        assertThat(sessions()).isEqualTo(1);
        assertThat(start(key, body).statusCode()).isEqualTo(201);
        assertThat(codeOf(start(key, body.replace("5.00", "6.00"))))
                .isEqualTo("idempotency_mismatch");
        // Another till's key is another key, though its merchant is the same.
        assertThat(
                        send(
                                        request(
                                                        "/v2/spotpay/sessions",
                                                        till("dev_other", SALES, null))
                                                .header("Idempotency-Key", key),
                                        "POST",
                                        body.replace("5.00", "6.00"))
                                .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"currency\":\"NZD\"}",
                "{\"amount\":\"5.00\"}",
                "{\"amount\":5.00,\"currency\":\"NZD\"}",
                "{\"amount\":\"0.00\",\"currency\":\"NZD\"}",
                "{\"amount\":\"-1.00\",\"currency\":\"NZD\"}",
                "{\"amount\":\"1.001\",\"currency\":\"NZD\"}",
                "{\"amount\":\"1000000000.00\",\"currency\":\"NZD\"}",
                "{\"amount\":\"5.00\",\"currency\":\"XXZ\"}",
                "{\"amount\":\"5.00\",\"currency\":\"USD\"}",
                "{\"amount\":\"5.00\",\"currency\":\"NZD\",\"method\":\"onlinebank\"}",
                "{\"amount\":\"5.00\",\"currency\":\"NZD\",\"method\":\"alipay\"}",
                "{\"amount\":\"5.00\",\"currency\":\"NZD\",\"method\":\"cash\"}",
                "{\"amount\":\"5.00\",\"currency\":\"NZD\",\"ttl_seconds\":59}",
                "{\"amount\":\"5.00\",\"currency\":\"NZD\",\"ttl_seconds\":901}",
                "{\"amount\":\"5.00\",\"currency\":\"NZD\",\"merchant_reference\":\"a b\"}",
                "{\"amount\":\"5.00\",\"currency\":\"NZD\",\"tip\":\"1.00\"}",
                "{\"amount\":\"5.00\",\"amount\":\"6.00\",\"currency\":\"NZD\"}",
                "[]",
                "null",
                ""
            })
    void what_is_no_sale_is_refused_and_leaves_nothing(String body) {
        assertThat(start(body).statusCode()).isIn(400, 422);
        assertThat(sessions()).isZero();
        assertThat(payments()).isZero();
    }

    @Test
    void a_till_sees_its_own_sales_and_no_others() {
        var session = started();
        for (var stranger :
                List.of(
                        till("dev_other", SALES, null),
                        TestTokens.device(newMerchant("accept"), "test", device, null, SALES),
                        TestTokens.device(merchant, "live", device, null, SALES))) {
            assertThat(as(stranger, "GET", path(session), "").statusCode()).isEqualTo(404);
            assertThat(as(stranger, "GET", path(session) + "?wait=1", "").statusCode())
                    .isEqualTo(404);
            assertThat(as(stranger, "GET", path(session) + "/events", "").statusCode())
                    .isEqualTo(404);
            assertThat(as(stranger, "POST", path(session) + ":cancel", "").statusCode())
                    .isEqualTo(404);
            assertThat(as(stranger, "GET", "/v2/spotpay/sessions", "").body())
                    .doesNotContain(id(session));
        }
        var refunder = till("dev_other", SALES_AND_REFUNDS, CASHIER);
        assertThat(
                        send(
                                        request(path(session) + "/refunds", refunder)
                                                .header("Idempotency-Key", anyKey()),
                                        "POST",
                                        "{}")
                                .statusCode())
                .isEqualTo(404);
        assertThat(fetch(session).path("status").asString()).isEqualTo("waiting_scan");
    }

    @Test
    void a_key_of_the_shop_is_no_till_and_a_till_is_no_key() {
        assertThat(get("/v2/spotpay/sessions").statusCode()).isEqualTo(401);
        var till = till(device, SALES_AND_REFUNDS, CASHIER);
        assertThat(as(till, "GET", "/v2/payments", "").statusCode()).isEqualTo(403);
        assertThat(as(till, "GET", "/v2/refunds", "").statusCode()).isEqualTo(403);
        assertThat(
                        as(
                                        till(device, List.of("payments:read"), null),
                                        "GET",
                                        "/v2/spotpay/sessions",
                                        "")
                                .statusCode())
                .isEqualTo(200);
        assertThat(
                        send(
                                        request(
                                                        "/v2/spotpay/sessions",
                                                        till(
                                                                device,
                                                                List.of("payments:read"),
                                                                null))
                                                .header("Idempotency-Key", anyKey()),
                                        "POST",
                                        "{\"amount\":\"5.00\",\"currency\":\"NZD\"}")
                                .statusCode())
                .isEqualTo(403);
    }

    @Test
    void the_list_has_the_last_twenty_newest_first_and_no_codes() {
        var first = started();
        for (var i = 0; i < 20; i++) {
            started();
        }

        var list = JSON.readTree(as(till(), "GET", "/v2/spotpay/sessions", "").body()).path("data");

        assertThat(list.size()).isEqualTo(20);
        var ids = list.valueStream().map(SpotPayTest::id).toList();
        assertThat(ids).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(ids).doesNotContain(id(first));
        assertThat(list.valueStream()).allMatch(session -> session.path("qr").isNull());
    }

    @Test
    void whoever_waits_hears_of_a_scan_and_of_the_end() throws Exception {
        var session = started();
        var scanned =
                later(() ->
                        JSON.readTree(as(till(), "GET", path(session) + "?wait=20", "").body()));
        var opened = open(session, PHONE);
        assertThat(scanned.get().path("status").asString()).isEqualTo("scanned");

        var order = offered(opened);
        var paid = later(() -> untilOver(session));
        notified(order, success(order, "42000003"));
        assertThat(paid.get().path("status").asString()).isEqualTo("paid");
    }

    private JsonNode untilOver(JsonNode session) {
        while (true) {
            var now = JSON.readTree(as(till(), "GET", path(session) + "?wait=20", "").body());
            if (now.path("status").asString().equals("paid")) {
                return now;
            }
        }
    }

    @Test
    void a_wait_ends_when_the_time_of_the_session_does() throws Exception {
        var session = started();
        jdbc.sql("update payment set expires_at = now() + interval '1 second' where id = ?")
                .param(session.path("payment").asString())
                .update();
        var before = System.nanoTime();

        var ended = JSON.readTree(as(till(), "GET", path(session) + "?wait=20", "").body());

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        // No channel ever heard of it: nobody can have paid.
        assertThat(ended.path("status").asString()).isEqualTo("expired");
    }

    @Test
    void a_stream_tells_what_happens() throws Exception {
        var session = started();
        var opened = open(session, PHONE);
        var order = offered(opened);
        try (var client = java.net.http.HttpClient.newHttpClient();
                var lines =
                        client.send(
                                        request(path(session) + "/events", till()).GET().build(),
                                        java.net.http.HttpResponse.BodyHandlers.ofLines())
                                .body()) {
            notified(order, success(order, "42000004"));

            var told = lines.filter(line -> line.startsWith("data:")).iterator();
            var status = "";
            while (!status.equals("paid")) {
                status = JSON.readTree(told.next().substring(5)).path("status").asString();
            }
            assertThat(status).isEqualTo("paid");
            client.shutdownNow();
        }
    }

    @Test
    void who_cancels_is_told_what_really_happened() {
        var canceled = started();
        assertThat(cancel(canceled)).isEqualTo("canceled");
        assertThat(cancel(canceled)).isEqualTo("canceled");
        assertThat(open(canceled, PHONE).path("nonce").asString()).isEmpty();

        var quicker = started();
        var order = offered(open(quicker, PHONE));
        channel.saysAfterClose(order.key().orderNumber(), success(order, "42000005"));
        channel.says(order.key().orderNumber(), success(order, "42000005"));
        assertThat(cancel(quicker)).isEqualTo("paid");
    }

    @Test
    void what_no_channel_vouches_for_is_unknown_until_it_is_known() {
        var session = started();
        var order = offered(open(session, PHONE));
        channel.says(order.key().orderNumber(), new ChannelOutcome.Unknown("silence"));
        channel.answersClose(order.key().orderNumber(), new CloseAnswer.Unknown("silence"));

        assertThat(cancel(session)).isEqualTo("unknown");
        assertThat(fetch(session).path("status").asString()).isEqualTo("unknown");
        assertThat(fetch(session).path("qr").isNull()).as("nobody else is to pay it").isTrue();
        assertThat(report().path("unresolved").asInt()).isEqualTo(1);
        assertThat(open(session, OTHER_PHONE).path("nonce").asString()).isEmpty();

        channel.says(order.key().orderNumber(), success(order, "42000006"));
        assertThat(cancel(session)).isEqualTo("paid");
        assertThat(report().path("unresolved").asInt()).isZero();
    }

    @Test
    void past_its_time_a_session_with_an_order_is_unknown_until_the_clock_has_asked() {
        var session = started();
        offered(open(session, PHONE));
        jdbc.sql(
                        "update payment set expires_at = now() - interval '1 second', next_sweep_at = now() where id = ?")
                .param(session.path("payment").asString())
                .update();
        assertThat(fetch(session).path("status").asString()).isEqualTo("unknown");

        job("expire-unpaid-payments", "{\"limit\":100}");

        await().atMost(Duration.ofSeconds(5))
                .until(() -> fetch(session).path("status").asString().equals("expired"));
    }

    @Test
    void a_report_counts_what_a_silent_channel_may_have_taken() {
        channel.answersEveryOfferWith(new OfferAnswer.Unknown("silence"));
        start("{\"amount\":\"9.90\",\"currency\":\"NZD\",\"method\":\"wechat\"}");
        channel.isItselfAgain();
        var neverScanned = started();
        assertThat(report().path("unresolved").asInt()).isZero();
        jdbc.sql(
                        "update payment set expires_at = now() - interval '1 second' where merchant_id = ?")
                .param(merchant)
                .update();

        assertThat(fetch(neverScanned).path("status").asString()).isEqualTo("expired");
        assertThat(report().path("unresolved").asInt()).isEqualTo(1);
    }

    @Test
    void a_report_does_not_read_every_refund_there_ever_was() {
        var session = paid("20.00");
        refund(
                session,
                till(device, SALES_AND_REFUNDS, CASHIER),
                anyKey(),
                "{\"amount\":\"7.50\"}");
        jdbc.sql(
                        """
                        insert into refund
                        select (jsonb_populate_record(r, jsonb_build_object(
                                   'id', 're_01AAAAAAAAAAAAAAAAAAAA' || lpad(n::text, 4, '0'),
                                   'refund_number', 'RFOLD' || n, 'status', 'failed',
                                   'next_step_at', null,
                                   'failure_code', 'old', 'ended_at', now()))).*
                          from refund r, generate_series(1, 3000) n where r.merchant_id = ?
                        """)
                .param(merchant)
                .update();
        jdbc.sql("analyze refund").update();

        assertThat(
                        String.join(
                                "\n",
                                jdbc.sql("explain " + ShiftReport.REFUNDS)
                                        .param("device", device)
                                        .param("merchant", merchant)
                                        .param("livemode", false)
                                        .param("cashier", null)
                                        .param("above", "re_01JD0000000000000000000000")
                                        .param("below", "re_0Z")
                                        .param("from", java.sql.Timestamp.from(Instant.now()))
                                        .param("until", java.sql.Timestamp.from(Instant.now()))
                                        .query(String.class)
                                        .list()))
                .containsPattern("Index Cond: .*id > ");
    }

    @Test
    void a_declined_shopper_is_told_and_another_phone_may_try() {
        var session = started();
        var opened = open(session, PHONE);
        var order = offered(opened);
        notified(order, new ChannelOutcome.Declined("NOTENOUGH"));

        var failed = fetch(session);
        assertThat(failed.path("status").asString()).isEqualTo("failed");
        assertThat(failed.path("failure").path("decline_code").asString()).isEqualTo("NOTENOUGH");

        var other = open(session, OTHER_PHONE);
        assertThat(other.path("nonce").asString()).isNotEmpty();
        assertThat(page("GET", "/checkout/" + opened.path("nonce").asString(), "").statusCode())
                .as("the first phone's link is worthless")
                .isEqualTo(404);
        var second = offered(other);
        notified(second, success(second, "42000007"));
        assertThat(fetch(session).path("status").asString()).isEqualTo("paid");
    }

    @Test
    void a_second_phone_sees_how_it_goes_and_cannot_pay() {
        var session = started();
        var first = open(session, PHONE);
        assertThat(open(session, PHONE).path("nonce")).isEqualTo(first.path("nonce"));

        var second = open(session, OTHER_PHONE);

        assertThat(second.path("taken_by_other").asBoolean()).isTrue();
        assertThat(second.path("link").isNull()).isTrue();
        assertThat(second.path("status").asString()).isEqualTo("scanned");
        var order = offered(first);
        // Also after a while: the first has begun.
        forgetWhenItWasScanned(session);
        assertThat(open(session, OTHER_PHONE).path("link").isNull()).isTrue();
        notified(order, success(order, "42000008"));
        assertThat(open(session, OTHER_PHONE).path("status").asString()).isEqualTo("paid");
        assertThat(open(session, PHONE).path("link").asString()).contains("/pay/");
        assertThat(
                        jdbc.sql("select count(*) from attempt where payment_id = ?")
                                .param(session.path("payment").asString())
                                .query(Integer.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void a_phone_that_began_nothing_does_not_block_the_counter() {
        var session = started();
        var first = open(session, PHONE);
        forgetWhenItWasScanned(session);

        var second = open(session, OTHER_PHONE);

        assertThat(second.path("nonce").asString())
                .isNotEmpty()
                .isNotEqualTo(first.path("nonce").asString());
        assertThat(open(session, PHONE).path("taken_by_other").asBoolean()).isTrue();
        assertThat(page("GET", "/checkout/" + first.path("nonce").asString(), "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void of_two_phones_at_the_same_time_one_may_pay() throws Exception {
        var session = started();
        var phones = new java.util.concurrent.ConcurrentLinkedQueue<>(List.of("a", "b", "c", "d"));

        var answers = atOnce(4, () -> open(session, String.valueOf(phones.poll()).repeat(30)));

        assertThat(answers.stream().filter(answer -> answer.path("link").isString())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "0123456789012345678901234567890123456789012"})
    void a_code_of_nobody_leads_nowhere(String token) {
        assertThat(codeOf(page("GET", "/dynamic-codes/" + token, "")))
                .isEqualTo("unknown_dynamic_code");
        assertThat(
                        page(
                                        "POST",
                                        "/dynamic-codes/" + token + ":open",
                                        "{\"phone\":\"" + PHONE + "\"}")
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_page_is_told_in_which_wallet_it_is_and_nothing_of_the_shops() {
        var session = started();
        var answer =
                send(
                        request("/dynamic-codes/" + token(session), null)
                                .header("User-Agent", "AlipayClient/10.5"),
                        "GET",
                        "");

        var view = JSON.readTree(answer.body());
        assertThat(view.path("wallet").asString()).isEqualTo("alipay");
        assertThat(view.path("amount").asString()).isEqualTo("5.00");
        assertThat(answer.body())
                .doesNotContain(merchant)
                .doesNotContain(id(session))
                .doesNotContain(session.path("payment").asString());
        assertThat(fetch(session).path("status").asString())
                .as("looking is not scanning")
                .isEqualTo("waiting_scan");
        assertThat(
                        page(
                                        "POST",
                                        "/dynamic-codes/" + token(session) + ":open",
                                        "{\"phone\":\"x\"}")
                                .statusCode())
                .isEqualTo(400);
    }

    @Test
    void money_goes_back_only_under_a_cashiers_proof() {
        var session = paid("20.00");
        assertThat(codeOf(refund(session, till(), anyKey(), "{}"))).isEqualTo("cashier_required");
        assertThat(codeOf(refund(session, till(device, SALES, CASHIER), anyKey(), "{}")))
                .isEqualTo("cashier_required");
        var till = till(device, SALES_AND_REFUNDS, CASHIER);
        var key = anyKey();

        var answer = refund(session, till, key, "{\"amount\":\"7.50\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var refund = JSON.readTree(answer.body());
        assertThat(refund.path("amount").asString()).isEqualTo("7.50");
        assertThat(refund.path("note").asString())
                .isEqualTo("cashier " + CASHIER + " at " + device);
        assertThat(
                        refund(session, till, key, "{\"amount\":\"7.50\"}")
                                .headers()
                                .firstValue("Idempotent-Replayed"))
                .hasValue("true");
        assertThat(codeOf(refund(session, till, key, "{}"))).isEqualTo("idempotency_mismatch");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> fetch(session).path("refunded_amount").asString().equals("7.50"));
        assertThat(codeOf(refund(session, till, anyKey(), "{\"amount\":\"12.51\"}")))
                .isEqualTo("refund_exceeds_balance");
        assertThat(codeOf(refund(started(), till, anyKey(), "{}")))
                .isEqualTo("not_refundable_state");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"amount\":7.5}`",
                "`{\"amount\":\"0.00\"}`",
                "`{\"amount\":\"-1\"}`",
                "`{\"amount\":\"1\",\"note\":\"x\"}`",
                "`[]`"
            })
    void what_is_no_refund_is_refused(String body) {
        var session = paid("20.00");

        var answer = refund(session, till(device, SALES_AND_REFUNDS, CASHIER), anyKey(), body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(fetch(session).path("refunding_amount").asString()).isEqualTo("0.00");
    }

    @Test
    void a_report_adds_up_what_this_till_took_and_gave_back() {
        paid("20.00");
        var refunded = paid("15.50");
        refund(
                refunded,
                till(device, SALES_AND_REFUNDS, CASHIER),
                anyKey(),
                "{\"amount\":\"5.50\"}");
        // A note is the shop's own: it makes no cashier give anything back.
        var forged =
                send(
                        request(
                                        "/v2/payments/"
                                                + refunded.path("payment").asString()
                                                + "/refunds",
                                        token())
                                .header("Idempotency-Key", anyKey()),
                        "POST",
                        "{\"amount\":\"1.00\",\"note\":\"cashier %s at %s\"}"
                                .formatted(CASHIER, device));
        assertThat(forged.statusCode()).as(forged.body()).isEqualTo(201);
        started(); // Nobody has paid it.
        var elsewhere = till("dev_other", SALES, null);
        var other =
                JSON.readTree(
                        send(
                                        request("/v2/spotpay/sessions", elsewhere)
                                                .header("Idempotency-Key", anyKey()),
                                        "POST",
                                        "{\"amount\":\"99.00\",\"currency\":\"NZD\"}")
                                .body());
        var order = offered(open(other, PHONE));
        notified(order, success(order, "42000099"));

        var report = report();

        var total = report.path("total");
        assertThat(total.path("method").isNull()).isTrue();
        assertThat(total.path("sales").asInt()).isEqualTo(2);
        assertThat(total.path("sales_amount").asString()).isEqualTo("35.50");
        assertThat(total.path("refunds").asInt()).isEqualTo(2);
        assertThat(total.path("refunds_amount").asString()).isEqualTo("6.50");
        assertThat(total.path("net_amount").asString()).isEqualTo("29.00");
        assertThat(report.path("methods").size()).isEqualTo(1);
        assertThat(report.path("methods").path(0).path("method").asString()).isEqualTo("wechat");
        var zone = ZoneId.of("Pacific/Auckland");
        assertThat(Instant.parse(report.path("from").asString()))
                .isEqualTo(LocalDate.ofInstant(Instant.now(), zone).atStartOfDay(zone).toInstant());
        assertThat(report.path("local_from").asString()).contains("T00:00").endsWith("+13:00");
        assertThat(report.path("time_zone").asString()).isEqualTo("Pacific/Auckland");

        var tomorrow =
                "?from="
                        + Instant.now().plusSeconds(60)
                        + "&until="
                        + Instant.now().plusSeconds(120);
        assertThat(report(tomorrow).path("total").path("sales_amount").asString())
                .isEqualTo("0.00");
        assertThat(report("?cashier=" + CASHIER).path("total").path("sales").asInt()).isZero();
        assertThat(report("?cashier=" + CASHIER).path("total").path("refunds_amount").asString())
                .isEqualTo("5.50");
        assertThat(
                        report("?cashier=cas_01JDC3VZ6Q8S7M2K4T9R5XN1AC")
                                .path("total")
                                .path("refunds")
                                .asInt())
                .isZero();
        for (var bad :
                List.of(
                        "?from=yesterday",
                        "?from=2020-01-01T00:00:00Z",
                        "?cashier=x",
                        "?from=2099-01-01T00:00:00Z",
                        "?from=-999999999-01-01T00:00:00Z",
                        "?from=-999999999-01-01T00:00:00Z&until=-999999999-01-02T00:00:00Z",
                        "?until=%2B999999999-12-31T00:00:00Z",
                        "?from=%2B999999999-12-30T00:00:00Z&until=%2B999999999-12-31T00:00:00Z")) {
            assertThat(codeOf(as(till(), "GET", "/v2/spotpay/report" + bad, "")))
                    .as(bad)
                    .isEqualTo("invalid_request");
        }
    }

    @Test
    void a_sale_belongs_to_the_cashier_who_was_signed_in() {
        var session =
                JSON.readTree(
                        send(
                                        request(
                                                        "/v2/spotpay/sessions",
                                                        till(device, SALES, CASHIER))
                                                .header("Idempotency-Key", anyKey()),
                                        "POST",
                                        "{\"amount\":\"8.00\",\"currency\":\"NZD\"}")
                                .body());
        assertThat(session.path("cashier").asString()).isEqualTo(CASHIER);
        var order = offered(open(session, PHONE));
        notified(order, success(order, "42000011"));

        assertThat(report("?cashier=" + CASHIER).path("total").path("sales_amount").asString())
                .isEqualTo("8.00");
    }

    @Test
    void a_suspended_shop_takes_nothing() {
        jdbc.sql(
                        "update merchant_copy set status = 'suspended', version = version + 1 where merchant_id = ?")
                .param(merchant)
                .update();

        assertThat(codeOf(start("{\"amount\":\"5.00\",\"currency\":\"NZD\"}")))
                .isEqualTo("merchant_suspended");
    }

    @Test
    void two_sales_do_not_have_the_same_number() {
        var body = "{\"amount\":\"5.00\",\"currency\":\"NZD\",\"merchant_reference\":\"T1-1\"}";
        var first = JSON.readTree(start(body).body());

        var second = start(body);

        assertThat(codeOf(second)).isEqualTo("reference_exists");
        assertThat(JSON.readTree(second.body()).path("payment_id"))
                .isEqualTo(first.path("payment"));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void a_shoppers_code_is_charged_as_a_sale_of_this_till_and_kept_nowhere(CapturedOutput log) {
        var code = "101234567812345678";

        var answer = chargeAs(till(device, SALES, CASHIER), anyKey(), "18.00", code);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var session = JSON.readTree(answer.body());
        assertThat(session.path("status").asString()).isEqualTo("paid");
        assertThat(session.path("shown_by").asString()).isEqualTo("shopper");
        assertThat(session.path("method").asString()).isEqualTo("wechat");
        assertThat(session.path("paid_by").asString()).isEqualTo("wechat");
        assertThat(session.path("qr").isNull()).isTrue();
        assertThat(session.path("cashier").asString()).isEqualTo(CASHIER);
        var payment = payment(session);
        assertThat(payment.path("payment_method").path("flow").asString()).isEqualTo("pay_code");
        assertThat(payment.path("product_name").asString()).isEqualTo("Viaduct");
        assertThat(payment.path("metadata").path("spotpay_session")).isEqualTo(session.path("id"));
        assertThat(payment.path("metadata").path("cashier").asString()).isEqualTo(CASHIER);
        var again = fetch(session);
        assertThat(again).isEqualTo(withTimeOf(session, again));
        // What the fake channel says was paid days ago was paid in this shift.
        jdbc.sql("update payment set paid_at = now() - interval '1 second' where id = ?")
                .param(session.path("payment").asString())
                .update();
        var last = JSON.readTree(as(till(), "GET", "/v2/spotpay/sessions", "").body());
        assertThat(last.path("data").path(0).path("id")).isEqualTo(session.path("id"));
        assertThat(report("?cashier=" + CASHIER).path("total").path("sales_amount").asString())
                .isEqualTo("18.00");
        for (var table :
                List.of("spotpay_session", "payment", "attempt", "idempotency_key", "outbox")) {
            assertThat(
                            jdbc.sql("select count(*) from " + table + " t where t::text like ?")
                                    .param("%" + code + "%")
                                    .query(Long.class)
                                    .single())
                    .as(table)
                    .isZero();
        }
        assertThat(answer.body() + log.getAll()).doesNotContain(code);
        // Money goes back as of any other sale.
        assertThat(
                        refund(
                                        session,
                                        till(device, SALES_AND_REFUNDS, CASHIER),
                                        anyKey(),
                                        "{\"amount\":\"8.00\"}")
                                .statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_shopper_who_types_a_password_is_waited_for() {
        channel.answersChargesWith(_ -> new ChargeAnswer.PayerIsConfirming());
        var session = charged();
        assertThat(session.path("status").asString()).isEqualTo("processing");
        assertThat(session.path("reversing").asBoolean()).isFalse();
        var order = channel.chargesOf(orderOf(session)).getFirst().order();

        notified(order, success(order, "42-" + orderOf(session)));

        assertThat(fetch(session).path("status").asString()).isEqualTo("paid");
    }

    @Test
    void a_charge_nobody_knows_of_is_unknown_until_it_is_taken_back() {
        channel.answersChargesWith(_ -> new ChargeAnswer.Unknown("SocketTimeoutException"));
        channel.answersReversesWith(_ -> new ReverseAnswer.Unknown("SocketTimeoutException"));
        var session = charged();

        assertThat(cancel(session)).isEqualTo("unknown");

        var unknown = fetch(session);
        assertThat(unknown.path("status").asString()).isEqualTo("unknown");
        assertThat(unknown.path("reversing").asBoolean()).isTrue();
        assertThat(report().path("unresolved").asInt()).isEqualTo(1);
        channel.answersReversesWith(channel::takesBack);
        assertThat(cancel(session)).isEqualTo("canceled");
        assertThat(fetch(session).path("reversing").asBoolean()).isFalse();
        assertThat(report().path("total").path("sales").asInt()).isZero();
    }

    @Test
    void a_charge_that_the_shop_takes_back_is_unresolved_until_it_is() {
        channel.answersChargesWith(_ -> new ChargeAnswer.Unknown("SocketTimeoutException"));
        channel.answersReversesWith(_ -> new ReverseAnswer.Unknown("SocketTimeoutException"));
        var session = charged();

        post("/v2/payments/" + session.path("payment").asString() + ":cancel", "");

        assertThat(fetch(session).path("status").asString()).isEqualTo("unknown");
        assertThat(report().path("unresolved").asInt()).isEqualTo(1);
        channel.answersReversesWith(channel::takesBack);
        assertThat(cancel(session)).isEqualTo("canceled");
        assertThat(report().path("unresolved").asInt()).isZero();
    }

    @Test
    void a_charge_whose_time_is_over_is_being_taken_back_and_says_so() {
        channel.answersChargesWith(_ -> new ChargeAnswer.Unknown("SocketTimeoutException"));
        channel.answersReversesWith(_ -> new ReverseAnswer.Unknown("SocketTimeoutException"));
        var session = charged();
        jdbc.sql(
                        "update payment set expires_at = now() - interval '1 minute', next_sweep_at = now() - interval '1 minute' where id = ?")
                .param(session.path("payment").asString())
                .update();
        assertThat(fetch(session).path("status").asString()).isEqualTo("unknown");

        job("expire-unpaid-payments", "{\"limit\":200}");

        assertThat(fetch(session).path("reversing").asBoolean()).isTrue();
        channel.answersReversesWith(channel::takesBack);
        assertThat(cancel(session)).isEqualTo("expired");
    }

    @Test
    void a_refused_code_is_a_sale_that_failed_and_no_code_at_all_is_none() {
        channel.answersChargesWith(_ -> new ChargeAnswer.Declined("NOT_ENOUGH"));
        var failed = charged();
        assertThat(failed.path("status").asString()).isEqualTo("failed");
        assertThat(failed.path("failure").path("decline_code").asString()).isEqualTo("NOT_ENOUGH");
        assertThat(cancel(failed)).isEqualTo("canceled");

        for (var bad :
                List.of(
                        "{\"amount\":\"5.00\",\"currency\":\"NZD\"}",
                        "{\"amount\":\"5.00\",\"currency\":\"NZD\",\"pay_code\":\"weixin://1\"}",
                        "{\"amount\":5,\"currency\":\"NZD\",\"pay_code\":\"101234567812345678\"}",
                        "{\"amount\":\"5.00\",\"currency\":\"NZD\",\"pay_code\":\"101234567812345678\",\"metadata\":{}}")) {
            assertThat(charge(till(), anyKey(), bad).statusCode()).as(bad).isEqualTo(400);
        }
        assertThat(codeOf(chargeAs(till(), anyKey(), "5.00", "991234567812345678")))
                .isEqualTo("pay_code_not_recognized");
        assertThat(sessions()).isEqualTo(1);
    }

    @Test
    void the_same_charge_sent_again_is_the_same_sale() throws Exception {
        var key = anyKey();

        var answers = atOnce(4, () -> chargeAs(till(), key, "5.00", "101234567812345678"));

        assertThat(answers).extracting(HttpResponse::statusCode).contains(201);
        assertThat(sessions()).isEqualTo(1);
        var again = chargeAs(till(), key, "5.00", "101234567812345678");
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(channel.chargesOf(orderOf(JSON.readTree(again.body())))).hasSize(1);
        assertThat(codeOf(chargeAs(till(), key, "5.00", "101234567812345679")))
                .isEqualTo("idempotency_mismatch");
        assertThat(codeOf(start(key, "{\"amount\":\"5.00\",\"currency\":\"NZD\"}")))
                .isEqualTo("idempotency_mismatch");
        // Another till neither sees nor ends it.
        var path = path(JSON.readTree(again.body()));
        var other = till("dev_other", SALES, null);
        assertThat(as(other, "GET", path, "").statusCode()).isEqualTo(404);
        assertThat(as(other, "POST", path + ":cancel", "").statusCode()).isEqualTo(404);
    }

    private JsonNode charged() {
        var answer = chargeAs(till(), anyKey(), "5.00", "101234567812345678");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> chargeAs(String till, String key, String amount, String code) {
        return charge(
                till,
                key,
                "{\"amount\":\"%s\",\"currency\":\"NZD\",\"pay_code\":\"%s\"}"
                        .formatted(amount, code));
    }

    private HttpResponse<String> charge(String till, String key, String body) {
        return send(
                request("/v2/spotpay/sessions:charge", till).header("Idempotency-Key", key),
                "POST",
                body);
    }

    private String orderOf(JsonNode session) {
        return jdbc.sql("select order_number from attempt where payment_id = ?")
                .param(session.path("payment").asString())
                .query(String.class)
                .single();
    }

    private JsonNode started() {
        return JSON.readTree(start("{\"amount\":\"5.00\",\"currency\":\"NZD\"}").body());
    }

    private JsonNode paid(String amount) {
        var session =
                JSON.readTree(start("{\"amount\":\"" + amount + "\",\"currency\":\"NZD\"}").body());
        ChannelOrder order = offered(open(session, PHONE));
        notified(order, success(order, "4200-" + UUID.randomUUID()));
        return session;
    }

    private static ChannelOutcome success(ChannelOrder order, String reference) {
        var then = FakeChannel.success(order, reference);
        return new ChannelOutcome.Succeeded(
                then.channelReference(),
                then.charged(),
                then.payerAmount(),
                then.rate(),
                Instant.now());
    }

    private HttpResponse<String> start(String body) {
        return start(anyKey(), body);
    }

    private HttpResponse<String> start(String key, String body) {
        return send(
                request("/v2/spotpay/sessions", till()).header("Idempotency-Key", key),
                "POST",
                body);
    }

    private HttpResponse<String> refund(JsonNode session, String till, String key, String body) {
        return send(
                request(path(session) + "/refunds", till).header("Idempotency-Key", key),
                "POST",
                body);
    }

    private JsonNode fetch(JsonNode session) {
        var answer = as(till(), "GET", path(session), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private String cancel(JsonNode session) {
        var answer = as(till(), "POST", path(session) + ":cancel", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("status").asString();
    }

    private JsonNode report() {
        return report("");
    }

    private JsonNode report(String query) {
        var answer = as(till(), "GET", "/v2/spotpay/report" + query, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** With the nonce of the payment's page, if the phone was given its link. */
    private JsonNode open(JsonNode session, String phone) {
        var answer =
                page(
                        "POST",
                        "/dynamic-codes/" + token(session) + ":open",
                        "{\"phone\":\"" + phone + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var view = (tools.jackson.databind.node.ObjectNode) JSON.readTree(answer.body());
        var link = view.path("link").asString("");
        return view.put("nonce", link.substring(link.lastIndexOf('/') + 1));
    }

    private JsonNode look(JsonNode opened) {
        return JSON.readTree(
                page("GET", "/checkout/" + opened.path("nonce").asString(), "").body());
    }

    private JsonNode payment(JsonNode session) {
        return JSON.readTree(get("/v2/payments/" + session.path("payment").asString()).body());
    }

    private void forgetWhenItWasScanned(JsonNode session) {
        jdbc.sql(
                        "update spotpay_session set holder_since = now() - interval '31 seconds' where id = ?")
                .param(id(session))
                .update();
    }

    private long sessions() {
        return jdbc.sql("select count(*) from spotpay_session where device_id = ?")
                .param(device)
                .query(Long.class)
                .single();
    }

    private long payments() {
        return jdbc.sql("select count(*) from payment where merchant_id = ?")
                .param(merchant)
                .query(Long.class)
                .single();
    }

    private String till() {
        return till(device, SALES, null);
    }

    private String till(String id, List<String> scopes, @Nullable String cashier) {
        return TestTokens.device(merchant, "test", id, cashier, scopes);
    }

    private HttpResponse<String> as(String token, String method, String path, String body) {
        return send(request(path, token), method, body);
    }

    private static String id(JsonNode session) {
        return session.path("id").asString();
    }

    private static String path(JsonNode session) {
        return "/v2/spotpay/sessions/" + id(session);
    }

    private String token(JsonNode session) {
        var content = session.path("qr").path("content").asString("");
        return content.substring(content.lastIndexOf('/') + 1);
    }

    private static Duration lifetime(JsonNode session) {
        return Duration.between(
                Instant.parse(session.path("created_at").asString()),
                Instant.parse(session.path("expires_at").asString()));
    }

    private static JsonNode withTimeOf(JsonNode session, JsonNode other) {
        var copy = (tools.jackson.databind.node.ObjectNode) session.deepCopy();
        return copy.set("server_time", other.path("server_time"));
    }

    private static <T> CompletableFuture<T> later(Callable<T> work) {
        var result = new CompletableFuture<T>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        result.complete(work.call());
                    } catch (Exception e) {
                        result.completeExceptionally(e);
                    }
                });
        return result;
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
        try (var pool = Executors.newFixedThreadPool(times)) {
            var results = new ArrayList<T>();
            for (var future : pool.invokeAll(java.util.Collections.nCopies(times, work))) {
                results.add(future.get());
            }
            return results;
        }
    }
}
