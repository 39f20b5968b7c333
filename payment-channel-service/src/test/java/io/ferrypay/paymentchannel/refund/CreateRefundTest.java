package io.ferrypay.paymentchannel.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.paymentchannel.TestTokens;
import io.ferrypay.paymentchannel.channel.RefundRules;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;

class CreateRefundTest extends RefundingTest {

    @Autowired private DataSource dataSource;

    @Test
    void a_part_goes_back_and_the_payment_says_so() {
        var paid = paid();

        var answer =
                refund(
                        paid,
                        anyKey(),
                        """
                        {"amount":"20.00","reason":"requested_by_customer","note":"1 bottle broken",\
                        "merchant_reference":"RMA-77"}\
                        """);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var refund = JSON.readTree(answer.body());
        assertThat(answer.headers().firstValue("Location")).hasValue("/v2/refunds/" + id(refund));
        assertThat(id(refund)).matches("re_[0-9A-HJKMNP-TV-Z]{26}");
        assertThat(refund.path("object").asString()).isEqualTo("refund");
        assertThat(refund.path("kind").asString()).isEqualTo("requested");
        assertThat(refund.path("payment").asString()).isEqualTo(paid.id());
        assertThat(refund.path("livemode").asBoolean(true)).isFalse();
        assertThat(refund.path("status").asString()).isEqualTo("pending");
        assertThat(refund.path("amount").asString()).isEqualTo("20.00");
        assertThat(refund.path("currency").asString()).isEqualTo("NZD");
        assertThat(refund.path("payer_amount").asString()).isEqualTo("80.00");
        assertThat(refund.path("payer_currency").asString()).isEqualTo("CNY");
        assertThat(refund.path("rate_policy").asString()).isEqualTo("original");
        assertThat(refund.path("merchant_reference").asString()).isEqualTo("RMA-77");
        assertThat(refund.path("failure").isNull()).isTrue();
        awaitStatus(refund, "succeeded");
        assertThat(now(refund).path("ended_at").isNull()).isFalse();
        assertThat(now(paid).path("status").asString()).isEqualTo("paid");
        assertThat(now(paid).path("refunded_amount").asString()).isEqualTo("20.00");
        assertThat(now(paid).path("refundable_amount").asString()).isEqualTo("100.00");
        assertThat(now(paid).path("refund_state").asString()).isEqualTo("partial");
        assertThat(refundEvents(refund)).containsExactly("refund.created", "refund.succeeded");
        var order = asked(refund).getFirst();
        assertThat(order.refundNumber()).matches("[0-9A-Z]{24}");
        assertThat(order.paid().toString()).isEqualTo("120.00 NZD");
        assertThat(order.amount().toString()).isEqualTo("20.00 NZD");
        assertThat(order.reason()).isEqualTo("requested by customer");
        assertThat(order.payment()).isEqualTo(paid.order().key());
    }

    @Test
    void without_an_amount_all_that_is_left_goes_back() {
        var paid = paid();
        refunding(paid, "20.01");

        var refund = JSON.readTree(refund(paid, anyKey(), "{}").body());

        assertThat(refund.path("amount").asString()).isEqualTo("99.99");
        awaitStatus(refund, "succeeded");
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(now(paid).path("refund_state").asString()).isEqualTo("full"));
        var third = refund(paid, anyKey(), "{}");
        assertThat(third.statusCode()).isEqualTo(422);
        assertThat(codeOf(third)).isEqualTo("refund_exceeds_balance");
        assertThat(JSON.readTree(third.body()).path("refundable_amount").asString())
                .isEqualTo("0.00");
    }

    @Test
    void the_event_carries_the_refund_as_it_is_and_what_it_was() {
        var paid = paid();
        var refund = refunding(paid, "20.00");
        awaitStatus(refund, "succeeded");

        var event =
                JSON.readTree(
                        jdbc.sql(
                                        "select data from outbox where subject = ? and type = 'refund.succeeded'")
                                .param(id(refund))
                                .query(String.class)
                                .single());

        assertThat(event.path("object")).isEqualTo(now(refund));
        assertThat(event.path("previous").path("status").asString()).isEqualTo("pending");
        assertThat(event.path("merchant_id").asString()).isEqualTo(merchant);
        assertThat(event.path("livemode").asBoolean(true)).isFalse();
        assertThat(event.path("notify_url").asString()).isEqualTo("https://shop.example/hook");
        assertThat(
                        jdbc.sql("select version from outbox where subject = ? order by position")
                                .param(id(refund))
                                .query(Long.class)
                                .list())
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void what_is_on_its_way_cannot_be_refunded_again() {
        channel.answersRefundsWith(_ -> new RefundAnswer.Accepted(null));
        var paid = paid();
        refunding(paid, "100.00");

        var second = refund(paid, "20.01");

        assertThat(second.statusCode()).isEqualTo(422);
        assertThat(codeOf(second)).isEqualTo("refund_exceeds_balance");
        assertThat(balance(paid)).containsExactly(10_000L, 0L, 10_000L);
        assertThat(now(paid).path("refunded_amount").asString()).isEqualTo("0.00");
        assertThat(now(paid).path("refundable_amount").asString()).isEqualTo("20.00");
    }

    @Test
    void twenty_at_once_refund_to_the_last_cent_and_not_one_more() throws Exception {
        var paid = paid();

        // Each wants 7.50: sixteen of them are 120.00.
        var answers = inParallel(20, () -> refund(paid, "7.50"));

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(16);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 201)
                .allMatch(answer -> codeOf(answer).equals("refund_exceeds_balance"));
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(balance(paid)).containsExactly(0L, 12_000L, 12_000L));
        assertThat(now(paid).path("refund_state").asString()).isEqualTo("full");
        assertThat(
                        channel.refundsOf(paid.orderNumber()).stream()
                                .mapToLong(order -> order.amount().minorUnits())
                                .sum())
                .isEqualTo(12_000);
    }

    @Test
    void twenty_at_once_for_all_of_it_are_one_refund() throws Exception {
        var paid = paid();

        var answers = inParallel(20, () -> refund(paid, anyKey(), "{}"));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnlyOnce(201);
        assertThat(balance(paid).getLast()).isEqualTo(12_000);
    }

    @Test
    void the_tables_themselves_refuse_more_than_was_paid() {
        var paid = paid();

        assertThatThrownBy(() ->
                        jdbc.sql(
                                        "update payment set refund_reserved_minor = 1, refunded_minor = amount_minor where id = ?")
                                .param(paid.id())
                                .update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("payment_refunds_within_amount");
        assertThatThrownBy(() ->
                        jdbc.sql(
                                        "update attempt set refund_channel_minor = channel_amount_minor + 1 where order_number = ?")
                                .param(paid.orderNumber())
                                .update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("attempt_refunds_within_charge");
    }

    @Test
    void a_repeated_request_gets_the_same_answer() {
        var paid = paid();
        var key = anyKey();
        var first = refund(paid, key, "{}");

        var second = refund(paid, key, "{}");

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(second.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(refundsOf(paid)).isEqualTo(1);
    }

    @Test
    void thirty_at_once_under_one_key_are_one_refund() throws Exception {
        var paid = paid();
        var key = anyKey();

        var answers = inParallel(30, () -> refund(paid, key, "{\"amount\":\"1.00\"}"));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
        assertThat(answers).extracting(HttpResponse::body).containsOnly(answers.getFirst().body());
        assertThat(refundsOf(paid)).isEqualTo(1);
        Awaitility.await()
                .untilAsserted(() -> assertThat(balance(paid)).containsExactly(0L, 100L, 100L));
    }

    @Test
    void the_same_key_for_something_else_is_refused() {
        var paid = paid();
        var other = paid();
        var key = anyKey();
        refund(paid, key, "{\"amount\":\"1.00\"}");

        assertThat(codeOf(refund(paid, key, "{\"amount\":\"2.00\"}")))
                .isEqualTo("idempotency_mismatch");
        assertThat(codeOf(refund(other, key, "{\"amount\":\"1.00\"}")))
                .isEqualTo("idempotency_mismatch");
        assertThat(codeOf(create(key, body(anyReference())))).isEqualTo("idempotency_mismatch");
        assertThat(refundsOf(paid)).isEqualTo(1);
        assertThat(refundsOf(other)).isZero();
        assertThat(balance(other)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void while_the_payment_is_held_the_answer_is_to_come_back() throws SQLException {
        var paid = paid();
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (var hold =
                    connection.prepareStatement("select 1 from payment where id = ? for update")) {
                hold.setString(1, paid.id());
                hold.execute();

                var answer = refund(paid, "1.00");

                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
                assertThat(codeOf(answer)).isEqualTo("idempotency_in_progress");
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            } finally {
                connection.rollback();
            }
        }
        assertThat(refundsOf(paid)).isZero();
    }

    @Test
    void a_reference_is_taken_once_and_the_refusal_stands() {
        var paid = paid();
        var body = "{\"amount\":\"1.00\",\"merchant_reference\":\"RMA-1\"}";
        var first = JSON.readTree(refund(paid, anyKey(), body).body());
        var key = anyKey();

        var second = refund(paid(), key, body);
        var third = refund(paid, anyKey(), body);

        for (var refused : List.of(second, third)) {
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(codeOf(refused)).isEqualTo("reference_exists");
            assertThat(JSON.readTree(refused.body()).path("refund_id").asString())
                    .isEqualTo(id(first));
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(balance(paid)).containsExactly(0L, 100L, 100L));
    }

    @Test
    void what_is_not_paid_is_not_refunded() {
        var payment = created();

        var answer = refund(new Paid(payment, offered(payment)), anyKey(), "{}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(codeOf(answer)).isEqualTo("not_refundable_state");
        assertThat(JSON.readTree(answer.body()).path("payment_status").asString())
                .isEqualTo("pending");
    }

    @Test
    void an_old_payment_is_not_refunded() {
        var paid = paid();
        channel.allowsRefunds(rules(Duration.ofMinutes(1), 50));

        var answer = refund(paid, "1.00");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(codeOf(answer)).isEqualTo("refund_window_closed");
        assertThat(JSON.readTree(answer.body()).path("closed_at").asString())
                .isEqualTo("2026-11-23T06:12:40Z");
    }

    @Test
    void a_payment_has_as_many_refunds_as_its_channel_allows() throws Exception {
        var paid = paid();
        channel.allowsRefunds(rules(Duration.ofDays(36_500), 3));

        var answers = inParallel(8, () -> refund(paid, "1.00"));

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(3);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 201)
                .allMatch(answer ->
                        answer.statusCode() == 422 && codeOf(answer).equals("too_many_refunds"));
    }

    @Test
    void another_merchant_or_mode_has_no_such_payment_or_refund() {
        var paid = paid();
        var refund = refunding(paid, "1.00");
        var live = TestTokens.merchant(merchant, "live", List.of("refunds:read", "refunds:write"));
        var path = "/v2/payments/" + paid.id() + "/refunds";

        assertThat(
                        send(request(path, live).header("Idempotency-Key", anyKey()), "POST", "{}")
                                .statusCode())
                .isEqualTo(404);
        assertThat(send(request(path, live), "GET", "").statusCode()).isEqualTo(404);
        assertThat(send(request("/v2/refunds/" + id(refund), live), "GET", "").statusCode())
                .isEqualTo(404);
        merchant = newMerchant("accept");
        assertThat(codeOf(refund(paid, "1.00"))).isEqualTo("not_found");
        assertThat(get("/v2/refunds/" + id(refund)).statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(get("/v2/refunds").body()).path("data")).isEmpty();
    }

    @Test
    void reading_and_writing_are_rights_of_their_own() {
        var paid = paid();
        var path = "/v2/payments/" + paid.id() + "/refunds";
        var payments =
                TestTokens.merchant(merchant, "test", List.of("payments:read", "payments:write"));
        var reader = TestTokens.merchant(merchant, "test", List.of("refunds:read"));

        assertThat(send(request(path, null), "GET", "").statusCode()).isEqualTo(401);
        for (var token : List.of(payments, reader)) {
            var answer =
                    send(request(path, token).header("Idempotency-Key", anyKey()), "POST", "{}");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(codeOf(answer)).isEqualTo("forbidden_scope");
        }
        for (var readable : List.of(path, "/v2/refunds", "/v2/refunds/re_1")) {
            assertThat(send(request(readable, payments), "GET", "").statusCode()).isEqualTo(403);
            assertThat(send(request(readable, reader), "GET", "").statusCode()).isIn(200, 404);
        }
        assertThat(refundsOf(paid)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                                     | invalid_request
                    {                                      | malformed_json
                    null                                   | invalid_request
                    []                                     | invalid_request
                    {"amount":"1.00","amount":"2.00"}      | malformed_json
                    {"amount":1.00}                        | invalid_request
                    {"amount":"-1.00"}                     | invalid_request
                    {"amount":"0.00"}                      | invalid_request
                    {"amount":"0"}                         | invalid_request
                    {"amount":"1.0"}                       | invalid_request
                    {"amount":"1.001"}                     | invalid_request
                    {"amount":"1e2"}                       | invalid_request
                    {"amount":""}                          | invalid_request
                    {"amount":"9999999999999999999"}       | invalid_request
                    {"amount":"999999999999999"}           | invalid_request
                    {"amount":"NaN"}                       | invalid_request
                    {"reason":""}                          | invalid_request
                    {"reason":" "}                         | invalid_request
                    {"reason":"退货"}                       | invalid_request
                    {"reason":"a\\u0000b"}                 | invalid_request
                    {"note":"a\\u0000b"}                   | invalid_request
                    {"merchant_reference":""}              | invalid_request
                    {"merchant_reference":"a b"}           | invalid_request
                    {"currency":"NZD"}                     | unknown_field
                    {"amount":"1.00","x":1}                | unknown_field
                    """)
    void a_bad_body_is_refused(String body, String code) {
        var paid = paid();

        var answer = refund(paid, anyKey(), body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(codeOf(answer)).isEqualTo(code);
        assertThat(refundsOf(paid)).isZero();
        assertThat(balance(paid)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void an_idempotency_key_is_needed() {
        var paid = paid();

        var answer = post("/v2/payments/" + paid.id() + "/refunds", "{}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(codeOf(answer)).isEqualTo("idempotency_key_missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pay_", "x", "pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB", "'%20or%201=1--"})
    void no_such_payment_is_not_found(String payment) {
        var path = "/v2/payments/" + payment + "/refunds";

        assertThat(codeOf(get(path))).isEqualTo("not_found");
        assertThat(
                        codeOf(
                                send(
                                        request(path, token()).header("Idempotency-Key", anyKey()),
                                        "POST",
                                        "{}")))
                .isEqualTo("not_found");
        assertThat(codeOf(get("/v2/refunds/" + payment))).isEqualTo("not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=0",
                "?limit=101",
                "?limit=x",
                "?cursor=",
                "?cursor=x",
                "?cursor=MTpwYXlfMDFKREMzVlo2UThTN00ySzRUOVI1WE4xQUI",
                "?status=paid",
                "?status="
            })
    void a_bad_list_query_is_refused(String query) {
        for (var path :
                List.of(
                        "/v2/refunds",
                        "/v2/payments/" + created().path("id").asString() + "/refunds")) {
            var answer = get(path + query);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(codeOf(answer)).isEqualTo("invalid_request");
        }
    }

    @Test
    void pages_follow_each_other_and_can_be_narrowed() {
        var paid = paid();
        var other = paid();
        var ids = IntStream.range(0, 5).mapToObj(_ -> id(refunding(paid, "1.00"))).toList();
        var elsewhere = refunding(other, "1.00");
        for (var refund : ids) {
            awaitStatus(JSON.readTree("{\"id\":\"" + refund + "\"}"), "succeeded");
        }

        var first = JSON.readTree(get("/v2/payments/" + paid.id() + "/refunds?limit=3").body());
        var second =
                JSON.readTree(
                        get("/v2/payments/"
                                        + paid.id()
                                        + "/refunds?limit=3&cursor="
                                        + first.path("next_cursor").asString())
                                .body());

        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(second.path("has_more").asBoolean(true)).isFalse();
        var seen = new java.util.ArrayList<String>();
        first.path("data").forEach(refund -> seen.add(id(refund)));
        second.path("data").forEach(refund -> seen.add(id(refund)));
        assertThat(seen).isEqualTo(ids.reversed());
        awaitStatus(elsewhere, "succeeded");
        var all = JSON.readTree(get("/v2/refunds?status=succeeded").body());
        assertThat(all.path("data")).hasSize(6);
        assertThat(id(all.path("data").get(0))).isEqualTo(id(elsewhere));
        assertThat(JSON.readTree(get("/v2/refunds?status=failed").body()).path("data")).isEmpty();
    }

    private static RefundRules rules(Duration window, int most) {
        return new RefundRules(window, most, Duration.ZERO, Duration.ZERO, true, null);
    }

    private int refundsOf(Paid paid) {
        return jdbc.sql("select count(*) from refund where payment_id = ?")
                .param(paid.id())
                .query(Integer.class)
                .single();
    }

    private static List<HttpResponse<String>> inParallel(
            int times, Callable<HttpResponse<String>> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = IntStream.range(0, times).mapToObj(_ -> threads.submit(work)).toList();
            var answers = new java.util.ArrayList<HttpResponse<String>>();
            for (var one : running) {
                answers.add(one.get());
            }
            return answers;
        }
    }
}
