package io.ferrypay.tradeadmin.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.events.Event;
import io.ferrypay.money.Currency;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.pricing.ChangePrices;
import io.ferrypay.tradeadmin.pricing.ChangePrices.Change;
import io.ferrypay.tradeadmin.pricing.PriceKind;
import io.ferrypay.tradeadmin.pricing.PriceList;
import io.ferrypay.tradeadmin.pricing.PriceList.RefundFee;
import io.ferrypay.tradeadmin.pricing.PriceRule;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What payments cost, in the books and for those who set it. */
class PricingTest extends LedgerTest {

    private static final String LISTS = "/console/api/pricing/lists";

    @Autowired private ChangePrices prices;

    @Test
    void a_paid_payment_costs_what_its_list_says() {
        var list = fees(0, RefundFee.KEEP, "0.008", 30);
        var paid = madeAt(paid("wechat", "120.00 NZD", "120.00 NZD"), list.effectiveFrom());

        happen(paid, paid);
        happen(paid);

        assertThat(balance("test", "merchant-payable", merchant, "NZD")).isEqualTo(-11874);
        assertThat(
                        jdbc.sql("select kind from journal where payment_id = ? order by sequence")
                                .param(paid.subject())
                                .query(String.class)
                                .list())
                .containsExactly("payment", "fee");
        assertThat(position(paid)).containsEntry("fee_minor", 126L);
        assertThat(pending()).isEqualTo(11874);
    }

    @Test
    void the_list_of_the_time_when_the_payment_was_made_counts() {
        var first = fees(0, RefundFee.KEEP, "0.01", 0);
        var second = fees(1, RefundFee.KEEP, "0.02", 0, first.effectiveFrom().plusSeconds(60));
        var tooEarly =
                madeAt(
                        paid("wechat", "10.00 NZD", "10.00 NZD"),
                        first.effectiveFrom().minusMillis(1));
        var atFirst = madeAt(paid("wechat", "10.00 NZD", "10.00 NZD"), first.effectiveFrom());
        var atSecond = madeAt(paid("wechat", "10.00 NZD", "10.00 NZD"), second.effectiveFrom());

        happen(atSecond, tooEarly, atFirst);

        assertThat(position(atFirst)).containsEntry("fee_minor", 10L);
        assertThat(position(atSecond)).containsEntry("fee_minor", 20L);
        assertThat(position(tooEarly)).containsEntry("fee_list", null);
    }

    @Test
    void a_fee_that_returns_goes_back_in_the_same_part_in_whatever_order_it_is_told() {
        var list = fees(0, RefundFee.RETURN, "0.01", 1);
        for (var refundFirst : List.of(false, true)) {
            var paid = madeAt(paid("wechat", "10.00 NZD", "10.00 NZD"), list.effectiveFrom());
            var events = new ArrayList<Event>();
            events.add(paid);
            for (var part : List.of("3.33 NZD", "3.33 NZD", "3.34 NZD")) {
                events.add(refunded(paid.subject(), merchant, "requested", "wechat", part, part));
            }

            (refundFirst ? events.reversed() : events).forEach(this::happen);

            assertThat(position(paid))
                    .containsEntry("fee_minor", 11L)
                    .containsEntry("fee_returned_minor", 11L);
        }
        assertThat(balance("test", "merchant-payable", merchant, "NZD")).isZero();
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void a_fee_that_is_kept_stays_with_us() {
        var list = fees(0, RefundFee.KEEP, "0.01", 0);
        var paid = madeAt(paid("wechat", "10.00 NZD", "10.00 NZD"), list.effectiveFrom());

        happen(paid);
        happen(refunded(paid.subject(), merchant, "requested", "wechat", "10.00 NZD", "10.00 NZD"));

        assertThat(balance("test", "merchant-payable", merchant, "NZD")).isEqualTo(10);
        assertThat(pending()).isEqualTo(-10);
    }

    @Test
    void a_payment_that_does_not_say_how_it_was_paid_is_not_booked() {
        var paid = paid("wechat", "10.00 NZD", "10.00 NZD");
        ((ObjectNode) paid.data().path("object")).remove("payment_method");

        assertThatThrownBy(() -> happen(paid)).hasMessageContaining("type is missing");
    }

    @Test
    void the_verifier_sees_a_fee_that_is_not_that_of_its_list() {
        var list = fees(0, RefundFee.KEEP, "0.01", 0);
        var paid = madeAt(paid("wechat", "10.00 NZD", "10.00 NZD"), list.effectiveFrom());
        happen(paid);
        var change =
                "update payment_position set fee_minor = fee_minor %s 5 where payment_id = '"
                        + paid.subject()
                        + "'";

        tamper("payment_position", change.formatted("+"));

        assertThat(
                        verifyBooks.verify().checks().stream()
                                .filter(check -> check.violations() > 0)
                                .map(BooksReport.Check::rule))
                .containsExactlyInAnyOrder(
                        "every_merchant_is_owed_what_was_told",
                        "every_fee_has_its_journals",
                        "every_balance_of_a_merchant_is_what_it_is_owed",
                        "every_fee_is_that_of_its_list");
        tamper("payment_position", change.formatted("-"));
    }

    @Test
    void prices_do_not_reach_back_whoever_writes_them() {
        assertThatThrownBy(() ->
                        jdbc.sql(
                                        "insert into price_list values ('fee', 'mer_x', 'NZD', 1, now(),"
                                                + " 'keep', 'r', 'x', now())")
                                .update())
                .hasMessageContaining("prices_do_not_reach_back");
        assertThatThrownBy(() -> fees(0, RefundFee.KEEP, "0.01", 0, Instant.now()))
                .hasMessageContaining("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into price_list values ('fee', '%s', 'NZD', 1, now() - interval '1 day',"
                        + " 'keep', 'r', 'x', now() - interval '2 days')",
                "insert into price_list values ('margin', '%s', 'NZD', 1, now() - interval '1 day',"
                        + " null, 'r', 'x', now() - interval '1 day')",
                "insert into price_list values ('margin', '%s', 'NZD', 1, now() + interval '1 day',"
                        + " null, 'r', 'x', now() + interval '1 day')",
                "insert into merchant_tier values ('%s', 1, 'gold', now() - interval '1 day',"
                        + " 'r', 'x', now() - interval '1 day')"
            })
    void nobody_says_that_prices_were_decided_at_another_time(String statement) {
        assertThatThrownBy(() -> jdbc.sql(statement.formatted(merchant)).update())
                .hasMessageContaining("decided when it is written");
    }

    @Test
    void a_list_gets_no_more_rules_and_only_with_them_is_it_one() {
        var list = fees(0, RefundFee.KEEP, "0.01", 0);

        assertThatThrownBy(() ->
                        jdbc.sql(
                                        "insert into price_rule values ('fee', ?, 'NZD', ?, '', 100, 0.9, 0)")
                                .params(merchant, list.version())
                                .update())
                .hasMessageContaining("complete when it is written");
        assertThatThrownBy(() ->
                        jdbc.sql(
                                        "insert into price_list values ('margin', ?, 'NZD', 1, now() + interval '1 minute',"
                                                + " null, 'r', 'x', now(), '3')")
                                .param(merchant)
                                .update())
                .hasMessageContaining("written_in");
    }

    @Test
    void of_many_who_change_the_same_list_one_wins() throws Exception {
        var callers = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < 8; i++) {
            callers.add(() -> {
                try {
                    fees(0, RefundFee.KEEP, "0.01", 0);
                    return true;
                } catch (ApiException refused) {
                    assertThat(refused.code().code()).isEqualTo("price_list_changed");
                    return false;
                }
            });
        }

        try (var pool = Executors.newFixedThreadPool(callers.size())) {
            var won = 0;
            for (var answer : pool.invokeAll(callers)) {
                won += answer.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
    }

    @Test
    void one_asks_for_prices_another_approves_and_both_see_what_changes() {
        var first = fees(0, RefundFee.KEEP, "0.01", 20);
        var asks = colleague("pricing:read", "pricing:write");
        var decides = colleague("pricing:read", "pricing:approve");

        var asked = call(asks, "POST", LISTS, list(1, "0.008", "0.20").toString());
        assertThat(asked.status()).as(asked.body().toString()).isEqualTo(202);
        var again = call(asks, "POST", LISTS, list(1, "0.007", "0.20").toString());
        assertThat(again.code()).isEqualTo("approval_pending");
        var approval = "/console/api/approvals/" + asked.body().path("approval").asString();
        var seen = call(decides, "GET", approval, null).body();
        assertThat(seen.path("diff").toString())
                .contains("rule any from 0.00", "0.01 + 0.20", "0.008 + 0.20");
        var approved =
                call(
                        decides,
                        "POST",
                        approval + ":approve",
                        "{\"version\":" + seen.path("version").asInt() + "}");
        assertThat(approved.status()).as(approved.body().toString()).isEqualTo(200);

        var history =
                call(asks, "GET", LISTS + "?kind=fee&currency=NZD&scope=" + merchant, null).body();
        assertThat(history.path("data")).hasSize(2);
        var second = history.path("data").path(0);
        assertThat(second.path("changes").path(0).path("before").path("rate").asString())
                .isEqualTo("0.01");
        assertThat(second.path("decided_by").asString())
                .isEqualTo(asked.body().path("approval").asString());
        assertThat(Instant.parse(second.path("effective_from").asString()))
                .isAfter(first.effectiveFrom());
        var preview =
                get(
                        "preview?method=wechat&amount=100.00&currency=NZD&merchant="
                                + merchant
                                + "&at="
                                + second.path("effective_from").asString());
        assertThat(preview.path("fee").asString()).isEqualTo("1.00");
        assertThat(preview.path("net").asString()).isEqualTo("99.00");
        assertThat(preview.path("fee_list").asString()).isEqualTo(merchant + "/2");
        var late = call(asks, "POST", LISTS, list(1, "0.007", "0.20").toString());
        assertThat(late.code()).isEqualTo("price_list_changed");
    }

    @Test
    void who_may_not_ask_is_refused() {
        var nosy = colleague("pricing:read");

        assertThat(call(nosy, "POST", LISTS, list(0, "0.01", "0").toString()).code())
                .isEqualTo("forbidden_scope");
        assertThat(call(colleague(), "GET", LISTS + "?kind=fee&currency=NZD", null).code())
                .isEqualTo("forbidden_scope");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rate | 1.5 | /rules/0/rate",
                "rate | -0.1 | /rules/0/rate",
                "rate | 0.123456789 | /rules/0/rate",
                "fixed | 0.001 | /rules/0/fixed",
                "method | bitcoin | /rules/0",
                "from | 5.00 | /rules"
            })
    void a_price_that_cannot_be_is_refused(String field, String value, String pointer) {
        var body = list(0, "0.01", "0.20");
        ((ObjectNode) body.path("rules").path(0)).put(field, value);

        var answer = call(colleague("pricing:write"), "POST", LISTS, body.toString());

        assertThat(answer.status()).isEqualTo(400);
        var problem = answer.body();
        assertThat(problem.path("errors").path(0).path("pointer").asString()).isEqualTo(pointer);
        assertThat(get("lists?kind=fee&currency=NZD&scope=" + merchant).path("data")).isEmpty();
    }

    @Test
    void margins_and_tiers_are_told_to_who_exchanges() {
        var tier = "t" + merchant.substring(20).toLowerCase(java.util.Locale.ROOT);
        prices.change(
                new Change(
                        PriceKind.MARGIN,
                        tier,
                        Currency.NZD,
                        0,
                        null,
                        null,
                        List.of(new PriceRule("", 0, new BigDecimal("0.015"), 0, null, null)),
                        "Costs have risen"),
                "test");
        prices.assignTier(merchant, tier, "Many payments", "test");
        prices.assignTier(merchant, tier, "Once more", "test");

        var told =
                jdbc.sql(
                                "select type || ' ' || version || ' ' || data from outbox"
                                        + " where subject in (?, ?) order by position")
                        .params("margin/" + tier + "/NZD", merchant)
                        .query(String.class)
                        .list();
        assertThat(told).hasSize(3);
        assertThat(told.get(0))
                .startsWith("pricing.margin_changed 1 ")
                .contains("\"margin\":\"0.015\"", "\"effective_from\"");
        assertThat(told.get(2)).startsWith("pricing.tier_assigned 2 ").contains(tier);
        assertThat(
                        get("preview?method=jdpay&amount=100.00&currency=NZD&merchant=" + merchant)
                                .path("margin")
                                .asString())
                .isEqualTo("0.015");
    }

    @Test
    void what_exchanges_brought_is_known_by_day() {
        // 100.00 NZD at 4.6450 is 464.50 CNY; with the margin 470.07 were taken.
        var channel = "c" + merchant.substring(20).toLowerCase(java.util.Locale.ROOT);
        var paid = paid(channel, "100.00 NZD", "470.07 CNY");
        ((ObjectNode) paid.data().path("charge")).put("rate", "4.6450").put("margin", "0.012");
        happen(
                paid,
                refunded(
                        paid.subject(), merchant, "requested", channel, "50.00 NZD", "235.03 CNY"));

        var results = get("fx-results?book=test&from=2026-11-24&to=2026-11-24").path("data");

        var ours = new ArrayList<JsonNode>();
        results.forEach(line -> {
            if (line.path("channel").asString().equals(channel)) {
                ours.add(line);
            }
        });
        assertThat(ours).hasSize(1);
        assertThat(ours.getFirst().path("bought").asString()).isEqualTo("50.00");
        assertThat(ours.getFirst().path("taken").asString()).isEqualTo("235.04");
        assertThat(ours.getFirst().path("cost").asString()).isEqualTo("232.25");
        assertThat(ours.getFirst().path("result").asString()).isEqualTo("2.79");
    }

    private PriceList fees(int basedOn, RefundFee refundFee, String rate, long fixed) {
        return fees(basedOn, refundFee, rate, fixed, null);
    }

    private PriceList fees(
            int basedOn, RefundFee refundFee, String rate, long fixed, @Nullable Instant from) {
        return prices.change(
                new Change(
                        PriceKind.FEE,
                        merchant,
                        Currency.NZD,
                        basedOn,
                        from,
                        refundFee,
                        List.of(new PriceRule("", 0, new BigDecimal(rate), fixed, null, null)),
                        "Agreed"),
                "test");
    }

    private Map<String, Object> position(Event paid) {
        return jdbc.sql("select * from payment_position where payment_id = ?")
                .param(paid.subject())
                .query()
                .singleRow();
    }

    private long pending() {
        return jdbc.sql("select pending_minor from merchant_balance where merchant_id = ?")
                .param(merchant)
                .query(Long.class)
                .single();
    }

    private ObjectNode list(int basedOn, String rate, String fixed) {
        var body = json.createObjectNode();
        body.put("kind", "fee").put("scope", merchant).put("currency", "NZD");
        body.put("based_on", basedOn).put("reason", "Agreed");
        body.putArray("rules").addObject().put("rate", rate).put("fixed", fixed);
        return body;
    }

    private JsonNode get(String path) {
        return send(HttpRequest.newBuilder(uri(path)), 200);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + "/internal/pricing/" + path);
    }

    private JsonNode send(HttpRequest.Builder request, int status) {
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(
                            request.header("Authorization", "Bearer " + serviceToken()).build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            return json.readTree(answer.body());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
