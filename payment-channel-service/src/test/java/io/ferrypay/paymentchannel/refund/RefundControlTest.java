package io.ferrypay.paymentchannel.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.events.Event;
import io.ferrypay.paymentchannel.TestTokens;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Refunds that wait for somebody before their channel hears of them. */
class RefundControlTest extends RefundingTest {

    private static final List<String> SCOPES =
            List.of("refunds:read", "refunds:write", "refunds:approve", "refund_limits:write");

    @Autowired private RefundFeed feed;
    @Autowired private TransactionTemplate transaction;

    @Test
    void above_the_merchants_limit_another_person_agrees_and_it_goes_on() throws Exception {
        limit("50.00");
        var paid = paid();
        var below = by("usr_ana", refundPath(paid), "{\"amount\":\"30.00\"}", "test");
        assertThat(read(below, 201).path("status").asString()).isEqualTo("pending");

        // Parts add up: what goes back of the payment counts.
        var refund = read(by("usr_ana", refundPath(paid), "{\"amount\":\"20.01\"}", "test"), 201);

        assertThat(refund.path("status").asString()).isEqualTo("pending_approval");
        assertThat(refund.path("waits_for").asString()).isEqualTo("merchant");
        advance();
        assertThat(asked(refund)).isEmpty();
        assertThat(balance(paid).getFirst() + balance(paid).get(1)).isEqualTo(5_001L);
        var approve = "/v2/refunds/" + id(refund) + ":approve";
        assertThat(codeOf(by("usr_ana", approve, "", "test"))).isEqualTo("own_request");
        assertThat(codeOf(post(approve, ""))).isEqualTo("forbidden_scope");
        assertThat(codeOf(unproven(approve))).isEqualTo("step_up_required");

        var answers =
                atOnce(
                        List.of("usr_bob", "usr_cas", "usr_dan").stream()
                                .map(person ->
                                        (Callable<Integer>)
                                                () -> by(person, approve, "", "test").statusCode())
                                .toList());

        assertThat(answers).containsExactlyInAnyOrder(200, 409, 409);
        awaitStatus(refund, "succeeded");
        assertThat(asked(refund)).hasSize(1);
        assertThat(refundEvents(refund))
                .containsExactly(
                        "refund.created",
                        "refund.pending_approval",
                        "refund.approved",
                        "refund.succeeded");
        assertThatThrownBy(() ->
                        jdbc.sql("update refund set approved_by = requested_by where id = ?")
                                .param(id(refund))
                                .update())
                .hasMessageContaining("refund_is_approved_by_another");
    }

    @Test
    void what_nobody_agrees_to_gives_its_money_back() {
        limit("10.00");
        var paid = paid();
        var refused = refunding(paid, "20.00");
        var late = refunding(paid, "30.00");

        assertThat(
                        read(
                                        by(
                                                "usr_bob",
                                                "/v2/refunds/" + id(refused) + ":refuse",
                                                "",
                                                "test"),
                                        200)
                                .path("failure")
                                .path("code")
                                .asString())
                .isEqualTo("not_approved");
        jdbc.sql("update refund set created_at = now() - interval '8 days' where id = ?")
                .param(id(late))
                .update();
        advance(late);

        assertThat(now(late).path("failure").path("code").asString()).isEqualTo("approval_expired");
        assertThat(balance(paid)).containsExactly(0L, 0L, 0L);
        assertThat(codeOf(by("usr_bob", "/v2/refunds/" + id(late) + ":approve", "", "test")))
                .isEqualTo("refund_not_waiting");
        assertThat(asked(late)).isEmpty();
        assertThat(refundEvents(late)).endsWith("refund.failed");
    }

    @Test
    void a_limit_is_set_by_who_may_and_taken_back() {
        limit("10.00");
        assertThat(
                        read(get("/v2/refunds/limits"), 200)
                                .path("data")
                                .path(0)
                                .path("above")
                                .asString())
                .isEqualTo("10.00");

        read(
                by(
                        "usr_ana",
                        "/v2/refunds/limits",
                        "{\"currency\":\"NZD\",\"above\":null}",
                        "test"),
                200);

        assertThat(read(get("/v2/refunds/limits"), 200).path("data")).isEmpty();
        assertThat(refunding(paid(), "20.00").path("status").asString()).isEqualTo("pending");
        for (var bad :
                List.of(
                        "{\"currency\":\"XXX\",\"above\":\"1.00\"}",
                        "{\"currency\":\"NZD\",\"above\":\"-1.00\"}",
                        "{\"currency\":\"NZD\",\"above\":\"x\"}")) {
            assertThat(codeOf(by("usr_ana", "/v2/refunds/limits", bad, "test")))
                    .isEqualTo("invalid_request");
        }
    }

    @Test
    void much_live_money_waits_for_our_staff_whose_word_counts_once() {
        var paid = live(paid());
        // 120.00 is below the company's limit; as much had gone back before.
        jdbc.sql("update payment set amount_minor = 1000000, refunded_minor = 490000 where id = ?")
                .param(paid.id())
                .update();
        jdbc.sql(
                        "update attempt set channel_amount_minor = 1000000, amount_minor = 1000000,"
                                + " refund_channel_minor = 490000 where order_number = ?")
                .param(paid.orderNumber())
                .update();
        var refund = read(by("usr_ana", refundPath(paid), "{\"amount\":\"120.00\"}", "live"), 201);
        assertThat(refund.path("waits_for").asString()).isEqualTo("platform");
        assertThat(codeOf(by("usr_bob", "/v2/refunds/" + id(refund) + ":approve", "", "live")))
                .isEqualTo("refund_not_waiting");
        advance(refund); // Our staff keep the time.
        assertThat(liveStatus(refund)).isEqualTo("pending_approval");

        decided(refund, true);
        decided(refund, false);

        assertThat(liveStatus(refund)).isEqualTo("pending");
        assertThat(refundEvents(refund))
                .containsExactly("refund.created", "refund.pending_approval", "refund.approved");
        var other = read(by("usr_ana", refundPath(paid), "{\"amount\":\"130.00\"}", "live"), 201);
        decided(other, false);
        assertThat(liveStatus(other)).isEqualTo("failed");
        decided(other, true);
        assertThat(liveStatus(other)).isEqualTo("failed");
    }

    @Test
    void while_a_merchant_owes_us_its_refunds_wait_until_it_no_longer_does() {
        var paid = live(paid());
        funds(true, 1);
        var refund = read(by("usr_ana", refundPath(paid), "{\"amount\":\"20.00\"}", "live"), 201);
        assertThat(refund.path("waits_for").asString()).isEqualTo("balance");
        advance(refund);
        assertThat(liveStatus(refund)).isEqualTo("pending_approval");

        funds(false, 3);
        funds(true, 2); // Told late, and older.
        advance();

        assertThat(liveStatus(refund)).isNotEqualTo("pending_approval");
        assertThat(
                        read(by("usr_ana", refundPath(paid), "{\"amount\":\"1.00\"}", "live"), 201)
                                .path("status")
                                .asString())
                .isEqualTo("pending");
    }

    private void funds(boolean isShort, long version) {
        feed(
                "merchant_funds.changed",
                merchant,
                version,
                JSON.createObjectNode()
                        .put("merchant_id", merchant)
                        .put("currency", "NZD")
                        .put("short", isShort));
    }

    private void decided(JsonNode refund, boolean approved) {
        feed(
                "refund.decided",
                id(refund),
                2,
                JSON.createObjectNode()
                        .put("refund_id", id(refund))
                        .put("approved", approved)
                        .put("why", approved ? "approved" : "not_approved"));
    }

    private void feed(String type, String subject, long version, ObjectNode data) {
        transaction.executeWithoutResult(
                _ -> feed.apply(List.of(Event.of(type, subject, version, Instant.now(), data))));
    }

    private void limit(String above) {
        read(
                by(
                        "usr_ana",
                        "/v2/refunds/limits",
                        "{\"currency\":\"NZD\",\"above\":\"" + above + "\"}",
                        "test"),
                200);
    }

    private Paid live(Paid paid) {
        jdbc.sql("update payment set livemode = true where id = ?").param(paid.id()).update();
        return paid;
    }

    private String liveStatus(JsonNode refund) {
        return text(refund, "status");
    }

    private static String refundPath(Paid paid) {
        return "/v2/payments/" + paid.id() + "/refunds";
    }

    private static JsonNode read(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> by(String person, String path, String body, String mode) {
        return send(
                request(path, TestTokens.person(merchant, mode, person, SCOPES))
                        .header("Idempotency-Key", anyKey()),
                "POST",
                body);
    }

    private HttpResponse<String> unproven(String path) {
        return send(request(path, TestTokens.merchant(merchant, "test", SCOPES)), "POST", "");
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        try (var pool = Executors.newFixedThreadPool(calls.size())) {
            var answers = pool.invokeAll(calls);
            return IntStream.range(0, calls.size())
                    .mapToObj(i -> {
                        try {
                            return answers.get(i).get();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toList();
        }
    }
}
