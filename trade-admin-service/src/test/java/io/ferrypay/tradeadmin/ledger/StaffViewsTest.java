package io.ferrypay.tradeadmin.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.events.Event;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.tradeadmin.pricing.ChangePrices;
import io.ferrypay.tradeadmin.pricing.ChangePrices.Change;
import io.ferrypay.tradeadmin.pricing.PriceKind;
import io.ferrypay.tradeadmin.pricing.PriceList.RefundFee;
import io.ferrypay.tradeadmin.pricing.PriceRule;
import io.ferrypay.tradeadmin.report.FinanceReports;
import io.ferrypay.tradeadmin.settlement.SettleChannelDays;
import io.ferrypay.tradeadmin.withdrawal.Batches;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What staff see of prices, withdrawals, settlements, journals and results, and write of merchants.
 */
class StaffViewsTest extends LedgerTest {

    /** Everything is posted now, whenever it happened. */
    private final String today = LocalDate.now(ZoneId.of("Asia/Shanghai")).toString();

    @Autowired private ChangePrices prices;
    @Autowired private SettleChannelDays settle;
    @Autowired private Batches batches;
    @Autowired private FinanceReports reports;

    private final String channel = "c" + merchant.substring(20).toLowerCase(Locale.ROOT);

    @Test
    void a_report_adds_up_what_was_booked_by_whatever_is_asked_for() {
        var list = fee("0.01");
        var first = madeAt(paid("wechat", "100.00 NZD", "100.00 NZD"), list);
        happen(
                first,
                madeAt(paid("alipay", "50.00 NZD", "50.00 NZD"), list),
                madeAt(exchanged("10.00 NZD", "47.00 CNY"), list),
                refunded(
                        first.subject(),
                        merchant,
                        "requested",
                        "wechat",
                        "40.00 NZD",
                        "40.00 NZD"));

        var byDay = report("day").path("money");
        assertThat(byDay).hasSize(1);
        assertThat(fields(byDay.path(0)))
                .containsExactly(today, "NZD", "3", "160.00", "1", "40.00", "1.20");
        assertThat(keys(report("channel").path("money")))
                .containsExactly("alipay", channel, "wechat");
        assertThat(keys(report("method").path("money")))
                .containsExactly("alipay", "onlinebank", "wechat");
        var byMerchant = report("merchant");
        assertThat(keys(byMerchant.path("money"))).containsExactly(merchant);
        assertThat(byMerchant.path("complete").asBoolean()).isTrue();
        // 10.00 NZD at 4.6450 cost 46.45 CNY, and 47.00 were taken.
        var exchanges = fxReport("merchant").path("fx");
        assertThat(keys(exchanges)).containsExactly(merchant);
        assertThat(exchanges.path(0).path("result").asString()).isEqualTo("0.55");
        assertThat(keys(fxReport("channel").path("fx"))).containsExactly(channel);
        assertThat(keys(fxReport("method").path("fx"))).containsExactly("onlinebank");
        assertThat(keys(fxReport("day").path("fx"))).containsExactly("2026-11-24");
        assertThat(text(finance(), path("day", ".csv", today, today)).lines())
                .containsExactly(
                        "line,key,currency,payments,volume,refunds,refunded,fees,exchanges,bought,taken,cost,result,result_currency",
                        "money," + today + ",NZD,3,160.00,1,40.00,1.20,,,,,,");
    }

    @Test
    void a_report_of_another_day_or_mode_has_none_of_it() {
        happen(paid("wechat", "100.00 NZD", "100.00 NZD"));
        var tomorrow = LocalDate.parse(today).plusDays(1).toString();
        var yesterday = LocalDate.parse(today).minusDays(1).toString();

        assertThat(ask(path("day", "", tomorrow, tomorrow)).path("money")).isEmpty();
        assertThat(ask(path("day", "", yesterday, yesterday)).path("money")).isEmpty();
        assertThat(
                        ask(path("day", "", today, today).replace("book=test", "book=live"))
                                .path("money"))
                .isEmpty();
        assertThat(ask(path("day", "", yesterday, tomorrow)).path("money")).hasSize(1);
    }

    @Test
    void adding_up_that_takes_too_long_is_given_up() {
        var impatient = reports.within(java.time.Duration.ofSeconds(1));
        var wanted =
                new FinanceReports.Wanted(
                        Book.TEST,
                        LocalDate.parse(today),
                        LocalDate.parse(today),
                        FinanceReports.ReportKey.DAY,
                        merchant);

        transaction.executeWithoutResult(_ -> {
            jdbc.sql("lock table payment_position in access exclusive mode").update();
            assertThatThrownBy(() -> elsewhere(() -> impatient.of(wanted)))
                    .hasMessageContaining("report_too_large");
        });
        assertThat(impatient.of(wanted).money()).isEmpty();
    }

    /** In a thread of its own, with a connection of its own. */
    private static void elsewhere(Runnable work) throws Throwable {
        var failure = new Throwable[1];
        var thread = Thread.ofVirtual().unstarted(work);
        thread.setUncaughtExceptionHandler((_, e) -> failure[0] = e);
        thread.start();
        thread.join();
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "book=test&from=2026-11-02&to=2026-11-01&by=day",
                "book=test&from=2026-01-01&to=2027-01-02&by=day",
                "book=test&from=2026-13-01&to=2026-13-02&by=day",
                "book=none&from=2026-11-01&to=2026-11-01&by=day",
                "book=test&from=2026-11-01&to=2026-11-01&by=person",
                "book=test&from=2026-11-01&by=day"
            })
    void a_report_that_cannot_be_is_refused(String query) {
        assertThat(call(finance(), "GET", "/console/api/reports/finance?" + query, null).code())
                .isEqualTo("invalid_request");
    }

    @Test
    void journals_are_found_by_merchant_time_and_number() {
        var before = Instant.now();
        var paid = paid("wechat", "100.00 NZD", "100.00 NZD");
        happen(paid);
        happen(paid("wechat", "5.00 NZD", "5.00 NZD"));

        var found = journals("&owner=" + merchant);
        assertThat(found).hasSize(2);
        assertThat(journals("&owner=" + newId("mer_"))).isEmpty();
        assertThat(journals("&owner=" + merchant + "&to=" + before.minusSeconds(60))).isEmpty();
        assertThat(journals("&owner=" + merchant + "&from=" + before.minusSeconds(60))).hasSize(2);
        assertThat(journals("&owner=" + merchant + "&from=" + Instant.now().plusSeconds(60)))
                .isEmpty();
        var one =
                ask(
                        "/console/api/ledger/journals/"
                                + found.path(1).path("sequence").asLong()
                                + "?book=test");
        assertThat(one.path("subject").asString()).isEqualTo(paid.subject());
        assertThat(one.path("entries")).hasSize(2);
        assertThat(
                        call(
                                        finance(),
                                        "GET",
                                        "/console/api/ledger/journals/999999999?book=test",
                                        null)
                                .status())
                .isEqualTo(404);
        assertThat(
                        ask("/console/api/ledger/accounts?book=test&type=merchant-payable&currency=AUD&owner="
                                        + merchant)
                                .path("data"))
                .isEmpty();
    }

    @Test
    void price_lists_and_tiers_are_listed_with_what_counts_now() {
        var tier = "t" + merchant.substring(20).toLowerCase(Locale.ROOT);
        margin(tier, 0, null);
        margin(tier, 1, Instant.now().plusSeconds(3600));
        prices.assignTier(merchant, "old", "First", "test");
        prices.assignTier(merchant, tier, "Grown", "test");

        var lists =
                ask(
                        "/console/api/pricing/list-index?kind=margin&limit=1&cursor="
                                + before(tier)
                                + "/");
        assertThat(lists.path("has_more").isBoolean()).isTrue();
        var head = lists.path("data").path(0);
        assertThat(head.path("scope").asString()).isEqualTo(tier);
        assertThat(head.path("version").asInt()).isEqualTo(2);
        assertThat(head.path("in_force").asInt()).isEqualTo(1);
        var next = ask("/console/api/pricing/list-index?kind=margin&cursor=" + tier + "/NZD");
        next.path("data")
                .forEach(one -> assertThat(one.path("scope").asString()).isNotEqualTo(tier));
        var tiers = ask("/console/api/pricing/tiers?limit=1&cursor=" + before(merchant));
        assertThat(tiers.path("data").path(0).path("merchant_id").asString()).isEqualTo(merchant);
        assertThat(tiers.path("data").path(0).path("tier").asString()).isEqualTo(tier);
        assertThat(tiers.path("data").path(0).path("version").asInt()).isEqualTo(2);
    }

    @Test
    void withdrawals_of_all_merchants_are_listed_with_what_became_of_their_batch() {
        happen(paid("wechat", "100.00 NZD", "100.00 NZD"));
        settle.run(LocalDate.parse("2026-11-26"));
        var shop = new MerchantCalls(port, merchantToken(merchant, "test", MerchantCalls.SCOPES));
        var asked = withdraw(shop, "30.00");
        var path = "/console/api/withdrawals?livemode=false&merchant=" + merchant;

        var waits = ask(path + "&status=approved").path("data").path(0);
        assertThat(waits.path("id").asString()).isEqualTo(asked);
        assertThat(waits.path("masked").asString()).isEqualTo("12-3456-****456-00");
        assertThat(waits.path("holder").asString()).isEqualTo("Kauri Books");
        assertThat(statuses(ask("/console/api/withdrawals_waiting"))).contains("false approved");
        batches.cut(LocalDate.of(2031, 1, 1), Instant.now().plusSeconds(60));
        var sent = ask(path + "&status=in_batch").path("data").path(0);
        var batch = sent.path("batch").asString();
        assertThat(ask(path + "&status=approved").path("data")).isEmpty();
        assertThat(ask("/console/api/withdrawals?batch=" + batch).path("data").toString())
                .contains(asked);
        assertThat(
                        ask("/console/api/withdrawals?cursor=" + asked + "&merchant=" + merchant)
                                .path("data"))
                .isEmpty();
        var detail = ask("/console/api/withdrawal-batches/" + batch);
        assertThat(detail.path("batch").path("id").asString()).isEqualTo(batch);
        assertThat(detail.path("parts").path(0).path("status").asString()).isEqualTo("in_batch");
        assertThat(detail.path("answers")).isEmpty();
    }

    @Test
    void play_money_is_available_and_leaves_when_staff_say_so_and_real_money_does_not() {
        happen(
                paid("wechat", "100.00 NZD", "100.00 NZD"),
                paid(newId("pay_"), merchant, true, "wechat", "70.00 NZD", "70.00 NZD"),
                paid(newId("pay_"), newId("mer_"), false, "wechat", "9.00 NZD", "9.00 NZD"));
        var shop = new MerchantCalls(port, merchantToken(merchant, "test", MerchantCalls.SCOPES));
        var now = "/console/api/balances:settle_test";
        var body = "{\"merchant\":\"" + merchant + "\"}";

        assertThat(call(colleague("settlements:read"), "POST", now, body).code())
                .isEqualTo("forbidden_scope");
        assertThat(call(finance(), "POST", now, body).body().path("currencies").asInt())
                .isEqualTo(1);
        assertThat(call(finance(), "POST", now, body).body().path("currencies").asInt()).isZero();
        assertThat(available(false)).isEqualTo("100.00");
        assertThat(available(true)).isEqualTo("0.00");

        var asked = withdraw(shop, "30.00");
        var cut = "/console/api/withdrawal-batches:cut_test";
        assertThat(call(colleague("withdrawals:read"), "POST", cut, "{}").code())
                .isEqualTo("forbidden_scope");
        var clerk = colleague("withdrawals:export");
        assertThat(call(clerk, "POST", cut, "{}").body().path("batches").asInt()).isEqualTo(1);
        assertThat(call(clerk, "POST", cut, "{}").body().path("batches").asInt()).isZero();
        var again = withdraw(shop, "20.00");
        assertThat(call(clerk, "POST", cut, "{}").body().path("batches").asInt()).isEqualTo(1);
        assertThat(shop.get("/v2/withdrawals/" + asked).path("batch").asString())
                .startsWith("wdb_")
                .isNotEqualTo(shop.get("/v2/withdrawals/" + again).path("batch").asString());
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    private String available(boolean livemode) {
        return ask("/console/api/balances?livemode=" + livemode + "&merchant=" + merchant)
                .path("balances")
                .path(0)
                .path("available")
                .asString();
    }

    private String withdraw(MerchantCalls shop, String amount) {
        var account =
                MerchantCalls.answer(
                                shop.send(
                                        "POST",
                                        "/v2/bank_accounts",
                                        null,
                                        "{\"currency\":\"NZD\",\"holder\":\"Kauri Books\",\"number\":\"12-3456-0123456-00\"}"),
                                201)
                        .path("id")
                        .asString();
        return MerchantCalls.answer(
                        shop.send(
                                "POST",
                                "/v2/withdrawals",
                                newId("key"),
                                "{\"amount\":\"%s\",\"currency\":\"NZD\",\"bank_account\":\"%s\"}"
                                        .formatted(amount, account)),
                        201)
                .path("id")
                .asString();
    }

    @Test
    void balances_holds_and_calendars_are_shown() {
        happen(paid("wechat", "100.00 NZD", "100.00 NZD"));
        settle.run(LocalDate.parse("2026-11-26"));
        var held =
                call(
                        finance(),
                        "POST",
                        "/console/api/balance-holds",
                        "{\"book\":\"test\",\"merchant\":\"%s\",\"amount\":\"30.00\",\"currency\":\"NZD\",\"reason\":\"Doubt\"}"
                                .formatted(merchant));
        assertThat(held.status()).as(held.body().toString()).isEqualTo(201);

        var holds = ask("/console/api/balance-holds?merchant=" + merchant).path("data");
        assertThat(holds).hasSize(1);
        assertThat(holds.path(0).path("amount").asString()).isEqualTo("30.00");
        assertThat(
                        ask("/console/api/balance-holds?merchant="
                                        + merchant
                                        + "&cursor="
                                        + holds.path(0).path("id").asString())
                                .path("data"))
                .isEmpty();
        var money = ask("/console/api/balances?livemode=false&merchant=" + merchant);
        assertThat(money.path("balances").path(0).path("available").asString()).isEqualTo("70.00");
        assertThat(money.path("balances").path(0).path("reserved").asString()).isEqualTo("30.00");
        assertThat(money.path("settlements")).hasSize(1);
        assertThat(ask("/console/api/balances?livemode=true&merchant=" + merchant).path("balances"))
                .isEmpty();
        var years = ask("/console/api/settlement-calendars").path("data");
        assertThat(years.path(0).path("calendar").asString()).isEqualTo("CN");
        assertThat(years.path(0).path("days").size()).isGreaterThan(20);
    }

    @Test
    void a_note_is_read_by_colleagues_stays_and_is_not_told_to_the_audit() {
        var writer = colleague("merchants:read", "merchants:note");
        var notes = "/console/api/merchant-notes";
        var body = "{\"merchant\":\"%s\",\"text\":\"%s\"}";

        var first = call(writer, "POST", notes, body.formatted(merchant, "  Called them.  "));
        call(writer, "POST", notes, body.formatted(merchant, "Called again."));

        assertThat(first.status()).as(first.body().toString()).isEqualTo(201);
        var path = notes + "?merchant=" + merchant;
        var seen = call(colleague("merchants:read"), "GET", path, null).body().path("data");
        assertThat(seen).hasSize(2);
        assertThat(seen.path(1).path("text").asString()).isEqualTo("Called them.");
        assertThat(seen.path(1).path("written_by").asString()).isEqualTo(writer.personId());
        assertThat(
                        jdbc.sql("select after::text from audit_entry where subject = ?")
                                .param(merchant)
                                .query(String.class)
                                .list())
                .hasSize(2)
                .noneMatch(told -> told.contains("Called"));
        assertThatThrownBy(() -> jdbc.sql("update merchant_note set text = 'Other'").update())
                .hasMessageContaining("never changed");
        assertThat(
                        call(
                                        colleague("merchants:read"),
                                        "POST",
                                        notes,
                                        body.formatted(merchant, "No"))
                                .code())
                .isEqualTo("forbidden_scope");
        assertThat(call(writer, "POST", notes, body.formatted("mer_1", "No")).status())
                .isEqualTo(400);
        assertThat(call(writer, "POST", notes, body.formatted(merchant, " ")).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "/console/api/pricing/list-index?kind=fee",
        "/console/api/pricing/tiers",
        "/console/api/withdrawals",
        "/console/api/withdrawals_waiting",
        "/console/api/withdrawal-batches/wdb_01JDC3VZ6Q8S7M2K4T9R5XN1AB",
        "/console/api/balance-holds",
        "/console/api/balances?merchant=mer_1&livemode=true",
        "/console/api/settlement-calendars",
        "/console/api/ledger/journals/1?book=test",
        "/console/api/reports/finance?book=test&from=2026-11-01&to=2026-11-01&by=day",
        "/console/api/reports/finance.csv?book=test&from=2026-11-01&to=2026-11-01&by=day",
        "/console/api/merchant-notes?merchant=mer_01JDC3VZ6Q8S7M2K4T9R5XN1AB"
    })
    void who_may_not_look_is_refused(String path) {
        assertThat(call(colleague("payments:read"), "GET", path, null).code())
                .isEqualTo("forbidden_scope");
    }

    private StaffCaller finance() {
        return colleague(
                "ledger:read",
                "pricing:read",
                "withdrawals:read",
                "settlements:read",
                "settlements:hold");
    }

    private JsonNode ask(String path) {
        var answer = call(finance(), "GET", path, null);
        assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    private String path(String by, String format, String from, String to) {
        return "/console/api/reports/finance%s?book=test&from=%s&to=%s&by=%s&merchant=%s"
                .formatted(format, from, to, by, merchant);
    }

    private JsonNode report(String by) {
        return ask(path(by, "", today, today));
    }

    /** Exchanges are of the channel's day, which the samples fix. */
    private JsonNode fxReport(String by) {
        return ask(path(by, "", "2026-11-24", "2026-11-24"));
    }

    private JsonNode journals(String query) {
        return ask("/console/api/ledger/journals?book=test" + query).path("data");
    }

    private static List<String> fields(JsonNode line) {
        return List.of("key", "currency", "payments", "volume", "refunds", "refunded", "fees")
                .stream()
                .map(name -> line.path(name).asString())
                .toList();
    }

    private static List<String> keys(JsonNode lines) {
        var keys = new ArrayList<String>();
        lines.forEach(line -> keys.add(line.path("key").asString()));
        return keys;
    }

    private static List<String> statuses(JsonNode waiting) {
        var found = new ArrayList<String>();
        waiting.path("data")
                .forEach(one ->
                        found.add(
                                one.path("livemode").asBoolean()
                                        + " "
                                        + one.path("status").asString()));
        return found;
    }

    /** Something that comes right before it in the order of texts. */
    private static String before(String text) {
        return text.substring(0, text.length() - 1);
    }

    private Event exchanged(String owed, String charged) {
        var paid = paid(channel, owed, charged);
        ((ObjectNode) paid.data().path("charge")).put("rate", "4.6450").put("margin", "0.012");
        ((ObjectNode) paid.data().path("object").path("payment_method")).put("type", "onlinebank");
        return paid;
    }

    private Instant fee(String rate) {
        return prices.change(
                        new Change(
                                PriceKind.FEE,
                                merchant,
                                Currency.NZD,
                                0,
                                null,
                                RefundFee.RETURN,
                                List.of(new PriceRule("", 0, new BigDecimal(rate), 0, null, null)),
                                "Agreed"),
                        "test")
                .effectiveFrom();
    }

    private void margin(
            String tier, int basedOn, java.time.@org.jspecify.annotations.Nullable Instant from) {
        prices.change(
                new Change(
                        PriceKind.MARGIN,
                        tier,
                        Currency.NZD,
                        basedOn,
                        from,
                        null,
                        List.of(new PriceRule("", 0, new BigDecimal("0.015"), 0, null, null)),
                        "Agreed"),
                "test");
    }
}
