package io.ferrypay.paymentchannel.payment;

import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class FindPaymentsTest extends RunningServiceTest {

    @Autowired private PaymentChanges changes;

    @Test
    void pages_follow_each_other_without_a_gap() {
        var ids = IntStream.range(0, 7).mapToObj(_ -> id(created())).toList();

        var seen = new ArrayList<String>();
        var next = "";
        do {
            var page = list("?limit=3" + (next.isEmpty() ? "" : "&cursor=" + next));
            page.path("data").forEach(payment -> seen.add(id(payment)));
            next = page.path("next_cursor").asString("");
            assertThat(page.path("has_more").asBoolean()).isEqualTo(!next.isEmpty());
        } while (!next.isEmpty());

        assertThat(seen).isEqualTo(ids.reversed());
    }

    @Test
    void a_list_can_be_narrowed() {
        var first = created();
        var second = created();
        var order = offered(second);
        notified(order, success(order, "42000001"));
        var middle = second.path("created_at").asString();

        assertThat(ids("?status=paid")).containsExactly(id(second));
        assertThat(ids("?status=created")).containsExactly(id(first));
        assertThat(ids("?merchant_reference=" + first.path("merchant_reference").asString()))
                .containsExactly(id(first));
        assertThat(ids("?created_gte=" + middle)).contains(id(second));
        assertThat(ids("?created_lt=" + middle)).doesNotContain(id(second));
        assertThat(ids("?created_gte=" + Instant.now().plusSeconds(60))).isEmpty();
        assertThat(ids("?created_lt=2026-01-01T00:00:00%2B13:00")).isEmpty();
    }

    @Test
    void a_list_can_be_narrowed_by_amount() {
        var five = id(of("5.00"));
        var seven = of("7.50");
        var ten = id(of("10.00"));

        assertThat(ids("?amount_gte=7.50")).containsExactly(ten, id(seven));
        assertThat(ids("?amount_lte=7.50")).containsExactly(id(seven), five);
        assertThat(ids("?amount_gte=7&amount_lte=9")).containsExactly(id(seven));
        assertThat(ids("?amount_gte=9&amount_lte=8")).isEmpty();
        var reference = "&merchant_reference=" + seven.path("merchant_reference").asString();
        assertThat(ids("?amount_gte=7.50&amount_lte=7.50" + reference)).hasSize(1);
        assertThat(ids("?amount_gte=7.51" + reference)).isEmpty();
        for (var wrong : List.of("7.5", "-1", "1e3", "a", "", "9999999999999999")) {
            var answer = get("/v2/payments?amount_gte=" + wrong);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
            assertThat(answer.body()).contains("amount_gte");
        }
    }

    @Test
    void a_rare_amount_is_found_in_the_index_alone() {
        jdbc.sql(
                        """
                        insert into payment (id, version, merchant_id, livemode, merchant_reference,
                            status, amount_minor, currency, product_name, return_url, allowed_methods,
                            metadata, nonce_generation, nonce_hash, created_at, expires_at)
                        select 'pay_' || lpad(i::text, 26, '0'), 1, :merchant, false, 'A' || i,
                               'expired', 1000 + i % 900, 'NZD', 'x', 'x', 'wechat', '{}', 1,
                               sha256((:merchant || i)::bytea), now(), now()
                          from generate_series(1, 3000) i
                        """)
                .param("merchant", merchant)
                .update();
        jdbc.sql("analyze payment").update();

        try {
            var plan =
                    String.join(
                            "\n",
                            jdbc.sql(
                                            """
                                            explain (analyze, buffers off, timing off, summary off)
                                            select * from payment
                                             where merchant_id = ? and livemode = ? and id < 'pay_~'
                                               and id >= 'pay_0' and amount_minor between ? and ?
                                             order by id desc limit 21
                                            """)
                                    .params(merchant, false, 1007L, 1007L)
                                    .query(String.class)
                                    .list());

            assertThat(plan)
                    .contains("Index Scan using payment_newest_first")
                    .containsPattern("Index Cond: .*amount_minor")
                    .doesNotContain("Sort", "Removed by Filter");
        } finally {
            jdbc.sql("delete from payment where merchant_id = ?").param(merchant).update();
        }
    }

    private JsonNode of(String amount) {
        var answer = create(anyKey(), body(anyReference()).replace("120.00", amount));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    @Test
    void another_merchant_or_mode_sees_nothing() {
        var payment = created();
        var path = "/v2/payments/" + id(payment);
        var live =
                TestTokens.merchant(merchant, "live", List.of("payments:read", "payments:write"));
        assertThat(send(request(path, live), "GET", "").statusCode()).isEqualTo(404);
        assertThat(send(request(path + ":cancel", live), "POST", "").statusCode()).isEqualTo(404);

        merchant = newMerchant("accept");

        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(post(path + ":reissue_nonce", "").statusCode()).isEqualTo(404);
        assertThat(list("").path("data")).isEmpty();
        assertThat(
                        get("/v2/payments/by-reference/"
                                        + payment.path("merchant_reference").asString())
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_payment_is_found_by_its_reference() {
        var payment = created();

        var found =
                get("/v2/payments/by-reference/" + payment.path("merchant_reference").asString());

        assertThat(id(JSON.readTree(found.body()))).isEqualTo(id(payment));
    }

    @Test
    void a_waiting_fetch_is_woken_by_the_change() throws Exception {
        var payment = created();
        var order = offered(payment);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> get("/v2/payments/" + id(payment) + "?wait=25"));
            Awaitility.await().until(() -> changes.waiting() > 0);

            notified(order, success(order, "42000001"));

            var answer = waiting.get(5, java.util.concurrent.TimeUnit.SECONDS);
            assertThat(JSON.readTree(answer.body()).path("status").asString()).isEqualTo("paid");
        }
    }

    @Test
    void a_change_by_another_instance_wakes_it_too() throws Exception {
        var payment = created();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> get("/v2/payments/" + id(payment) + "?wait=25"));
            Awaitility.await().until(() -> changes.waiting() > 0);

            jdbc.sql("update payment set status = 'expired', version = 2 where id = ?")
                    .param(id(payment))
                    .update();

            var answer = waiting.get(5, java.util.concurrent.TimeUnit.SECONDS);
            assertThat(JSON.readTree(answer.body()).path("status").asString()).isEqualTo("expired");
        }
    }

    @Test
    void nothing_happening_is_answered_in_time() {
        var payment = created();
        var before = System.nanoTime();

        var answer = get("/v2/payments/" + id(payment) + "?wait=1");

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
        assertThat(JSON.readTree(answer.body()).path("status").asString()).isEqualTo("created");
    }

    private JsonNode list(String query) {
        var answer = get("/v2/payments" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private List<String> ids(String query) {
        return list(query).path("data").valueStream().map(FindPaymentsTest::id).toList();
    }

    private static String id(JsonNode payment) {
        return payment.path("id").asString();
    }
}
