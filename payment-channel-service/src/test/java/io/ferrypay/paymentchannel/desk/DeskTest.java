package io.ferrypay.paymentchannel.desk;

import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What our staff find, of whichever merchant. */
class DeskTest extends RunningServiceTest {

    private static final List<String> READ = List.of("payments:read");

    @Test
    void a_payment_is_found_by_each_of_its_numbers() {
        var payment = created();
        var order = offered(payment);
        var channelReference = "42" + UUID.randomUUID().toString().substring(0, 12);
        notified(order, success(order, channelReference));
        created();

        for (var number :
                List.of(
                        id(payment),
                        payment.path("merchant_reference").asString(),
                        order.key().orderNumber(),
                        channelReference)) {
            var found = found("/payments?number=" + number);
            assertThat(found).as(number).hasSize(1);
            assertThat(found.getFirst().path("id").asString()).isEqualTo(id(payment));
            assertThat(found.getFirst().path("merchant_id").asString()).isEqualTo(merchant);
        }
        assertThat(found("/payments?number=nothing-like-it")).isEmpty();
    }

    @Test
    void a_refund_is_found_by_its_numbers_and_by_its_payments() {
        var payment = created();
        var order = offered(payment);
        notified(order, success(order, "42" + UUID.randomUUID().toString().substring(0, 12)));
        var refund =
                JSON.readTree(
                        send(
                                        request("/v2/payments/" + id(payment) + "/refunds", token())
                                                .header("Idempotency-Key", anyKey()),
                                        "POST",
                                        "{\"amount\":\"1.00\",\"merchant_reference\":\"RMA-"
                                                + id(payment)
                                                + "\"}")
                                .body());

        for (var number : List.of(id(refund), id(payment), "RMA-" + id(payment))) {
            assertThat(found("/refunds?number=" + number))
                    .as(number)
                    .extracting(DeskTest::id)
                    .containsExactly(id(refund));
        }
        assertThat(found("/refunds?mode=test&merchant=" + merchant))
                .extracting(DeskTest::id)
                .containsExactly(id(refund));
        assertThat(one(id(payment)).path("refunds").path(0).path("id").asString())
                .isEqualTo(id(refund));
    }

    @Test
    void filters_hold_together_and_pages_join() {
        for (var i = 0; i < 5; i++) {
            created();
        }
        var canceled = created();
        post("/v2/payments/" + id(canceled) + ":cancel", "");
        var mine = "/payments?mode=test&merchant=" + merchant;

        assertThat(found(mine + "&status=canceled"))
                .extracting(DeskTest::id)
                .containsExactly(id(canceled));
        assertThat(found(mine + "&currency=NZD&least=120.01")).isEmpty();
        assertThat(found(mine + "&currency=NZD&least=120.00&most=120.00")).hasSize(6);
        assertThat(found(mine + "&until=2026-01-01T00:00:00Z")).isEmpty();
        assertThat(found("/payments?mode=live&merchant=" + merchant)).isEmpty();

        var joined = new ArrayList<String>();
        var cursor = "";
        do {
            var page = JSON.readTree(ask(mine + "&limit=2" + cursor, READ).body());
            page.path("data").forEach(line -> joined.add(id(line)));
            cursor =
                    page.path("has_more").asBoolean()
                            ? "&cursor=" + page.path("next_cursor").asString()
                            : "";
        } while (!cursor.isEmpty());
        assertThat(joined).hasSize(6).doesNotHaveDuplicates();
        assertThat(joined).isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void one_payment_shows_its_attempts_and_that_it_was_read_is_told_to_the_audit() {
        var payment = created();
        var order = offered(payment);
        notified(order, success(order, "42" + UUID.randomUUID().toString().substring(0, 12)));

        var whole = one(id(payment));

        assertThat(whole.path("payment").path("status").asString()).isEqualTo("paid");
        assertThat(whole.path("attempts")).hasSize(1);
        assertThat(whole.path("attempts").path(0).path("order_number").asString())
                .isEqualTo(order.key().orderNumber());
        var told =
                JSON.readTree(
                        jdbc.sql(
                                        "select data from outbox where subject = ? and type = 'staff.acted'")
                                .param(id(payment))
                                .query(String.class)
                                .single());
        assertThat(told.path("action").asString()).isEqualTo("payment.read");
        assertThat(told.path("person").asString()).isEqualTo("per_desk");
        assertThat(told.path("after").path("merchant").asString()).isEqualTo(merchant);
    }

    @Test
    void nobody_looks_without_the_permission_and_what_is_not_understood_is_refused() {
        assertThat(codeOf(ask("/payments", List.of("ledger:read")))).isEqualTo("forbidden_scope");
        assertThat(codeOf(ask("/refunds", List.of("ledger:read")))).isEqualTo("forbidden_scope");
        assertThat(codeOf(ask("/payments/pay_none", List.of("ledger:read"))))
                .isEqualTo("forbidden_scope");
        assertThat(send(request("/console/api/payments", token()), "GET", "").statusCode())
                .isEqualTo(403);
        assertThat(ask("/payments/pay_none", READ).statusCode()).isEqualTo(404);
        for (var wrong :
                List.of(
                        "from=yesterday",
                        "from=2020-01-01T00:00:00Z",
                        "least=1.00",
                        "currency=XXQ",
                        "currency=NZD&least=1.001",
                        "cursor=x",
                        "mode=both",
                        "limit=0",
                        "limit=many",
                        "number=" + "x".repeat(101))) {
            var answer = ask("/payments?" + wrong, READ);
            assertThat(codeOf(answer)).as(wrong + " " + answer.body()).isEqualTo("invalid_request");
        }
    }

    /** However rare what is looked for is, an answer looks at a bounded number of rows. */
    @Test
    void a_search_for_what_is_rare_goes_on_where_it_stopped() {
        jdbc.sql(
                        """
                        insert into payment (id, version, merchant_id, livemode, merchant_reference, status,
                            amount_minor, currency, product_name, return_url, allowed_methods, metadata,
                            nonce_generation, nonce_hash, created_at, expires_at)
                        select 'pay_01JDC' || lpad(i::text, 21, '0'), 1, :merchant, true, 'R' || i,
                               case i when 1 then 'expired' else 'created' end, 100, 'NZD', 'Tea',
                               'https://shop.example/', 'wechat', '{}', 1, sha256((:merchant || i)::bytea),
                               '2024-11-23T00:00:00Z', '2024-11-23T00:15:00Z'
                          from generate_series(1, 21000) i
                        """)
                .param("merchant", merchant)
                .update();
        var query = "/payments?status=expired&from=2024-11-01T00:00:00Z&until=2024-12-01T00:00:00Z";

        var first = JSON.readTree(ask(query, READ).body());
        assertThat(first.path("data")).isEmpty();
        assertThat(first.path("has_more").asBoolean()).isTrue();
        var second =
                JSON.readTree(
                        ask(query + "&cursor=" + first.path("next_cursor").asString(), READ)
                                .body());
        assertThat(second.path("data")).hasSize(1);
        assertThat(second.path("has_more").asBoolean()).isFalse();
        jdbc.sql("delete from payment where merchant_id = ?").param(merchant).update();
    }

    private HttpResponse<String> ask(String path, List<String> permissions) {
        return send(
                request("/console/api" + path, TestTokens.staff("per_desk", permissions)),
                "GET",
                "");
    }

    private List<JsonNode> found(String path) {
        var answer = ask(path, READ);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var found = new ArrayList<JsonNode>();
        JSON.readTree(answer.body()).path("data").forEach(found::add);
        return found;
    }

    private JsonNode one(String payment) {
        return JSON.readTree(ask("/payments/" + payment, READ).body());
    }

    private static String id(JsonNode one) {
        return one.path("id").asString();
    }
}
