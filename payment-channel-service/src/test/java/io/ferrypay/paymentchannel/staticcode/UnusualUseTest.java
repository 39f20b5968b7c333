package io.ferrypay.paymentchannel.staticcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import io.ferrypay.paymentchannel.UnusualUseRows;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class UnusualUseTest extends RunningServiceTest {

    @Autowired private WatchStaticCodes watch;

    private String code = "";

    @BeforeEach
    void a_code_of_our_own() {
        code = UnusualUseRows.addCode(jdbc, merchant);
    }

    @Test
    void a_large_amount_is_told_once_for_its_spell_and_again_after_a_quiet_time() throws Exception {
        usually(5, 2_000);
        paid("19.00");
        watch.watch();
        assertThat(open()).isEmpty();

        paid("200.00");
        Callable<Boolean> look =
                () -> {
                    watch.watch();
                    return true;
                };
        try (var pool = Executors.newFixedThreadPool(4)) {
            for (var done : pool.invokeAll(Collections.nCopies(4, look))) {
                done.get();
            }
        }
        paid("999.00");
        watch.watch();

        var spell = open().getFirst();
        assertThat(open()).hasSize(1);
        assertThat(spell.path("kind").asString()).isEqualTo("large_amount");
        assertThat(spell.path("static_code").asString()).isEqualTo(code);
        assertThat(spell.path("label").asString()).isEqualTo("Counter 1");
        assertThat(spell.path("amount").asString()).isEqualTo("999.00");
        assertThat(spell.path("usual_amount").asString()).isEqualTo("20.00");
        assertThat(told()).hasSize(1);
        assertThat(told().getFirst().path("merchant_id").asString()).isEqualTo(merchant);
        assertThat(told().getFirst().path("object").path("amount").asString()).isEqualTo("200.00");

        jdbc.sql(
                        "update unusual_use set last_seen_at = now() - interval '7 hours' where static_code_id = ?")
                .param(code)
                .update();
        jdbc.sql(
                        "update payment set created_at = now() - interval '7 hours' where static_code_id = ?")
                .param(code)
                .update();
        watch.watch();
        assertThat(open()).isEmpty();
        paid("500.00");
        watch.watch();
        assertThat(told()).hasSize(2);
    }

    @Test
    void many_that_nobody_pays_are_told_also_of_a_code_that_is_new() {
        for (var i = 0; i < 10; i++) {
            ended("expired");
        }
        watch.watch();

        assertThat(open()).hasSize(1);
        assertThat(open().getFirst().path("kind").asString()).isEqualTo("many_unpaid");
        assertThat(open().getFirst().path("payments").asLong()).isEqualTo(10);
        assertThat(open().getFirst().path("usual_payments").isNull()).isTrue();
    }

    @Test
    void the_hour_is_the_stores_and_what_is_dismissed_is_not_to_be_done_any_more() {
        usually(5, 2_000);
        paid("19.00");
        // Twelve hours from all that was ever used.
        jdbc.sql(
                        "update payment set paid_at = now() + interval '12 hours' where static_code_id = ?")
                .param(code)
                .update();
        watch.watch();

        var spell = open().getFirst();
        assertThat(spell.path("kind").asString()).isEqualTo("odd_hour");
        assertThat(spell.path("hour").asInt())
                .isEqualTo(
                        jdbc.sql(
                                        "select extract(hour from (now() + interval '12 hours') at time zone 'Pacific/Auckland')")
                                .query(Integer.class)
                                .single());
        var path = "/v2/unusual_uses/" + spell.path("id").asString() + ":dismiss";
        assertThat(
                        send(request(path, owner(List.of("static_codes:write"))), "POST", "")
                                .statusCode())
                .isEqualTo(200);
        assertThat(open()).isEmpty();
        watch.watch();
        assertThat(told()).hasSize(1);
        assertThat(list("?static_code=" + code)).hasSize(1);
        assertThat(list("?static_code=sc_01JDC3VZ6Q8S7M2K4T9R5XN1AB")).isEmpty();
    }

    /** Four payments an hour, from this hour on, on each of so many days before. */
    private void usually(int days, long minor) {
        jdbc.sql(
                        """
                        insert into risk_count (key, grain_minutes, bucket, slot, currency, payments, amount_minor)
                        select 'static_code/test/' || ?, 60, date_bin('1 hour', now(), 'epoch') - make_interval(days => day),
                               slot, 'NZD', 2, 2 * ?
                          from generate_series(1, ?) day cross join generate_series(0, 1) slot
                        """)
                .params(code, minor, days)
                .update();
    }

    private void paid(String amount) {
        var id = made(amount);
        jdbc.sql(
                        "update payment set status = 'paid', paid_at = now(), channel_reference = id, static_code_id = ? where id = ?")
                .params(code, id)
                .update();
    }

    private void ended(String status) {
        jdbc.sql("update payment set status = ?, static_code_id = ? where id = ?")
                .params(status, code, made("5.00"))
                .update();
    }

    private String made(String amount) {
        var answer = create(anyKey(), body(anyReference()).replace("120.00", amount));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).path("id").asString();
    }

    private List<JsonNode> open() {
        return list("?open=true");
    }

    private List<JsonNode> list(String query) {
        var answer =
                send(
                        request("/v2/unusual_uses" + query, owner(List.of("static_codes:read"))),
                        "GET",
                        "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("data").valueStream().toList();
    }

    private List<JsonNode> told() {
        return jdbc.sql(
                        "select data::text from outbox where type = 'static_code.unusual_use' and data::text like ? order by position")
                .param("%" + code + "%")
                .query((row, _) -> JSON.readTree(row.getString(1)))
                .list();
    }

    private String owner(List<String> scopes) {
        return TestTokens.merchant(merchant, "test", scopes);
    }
}
