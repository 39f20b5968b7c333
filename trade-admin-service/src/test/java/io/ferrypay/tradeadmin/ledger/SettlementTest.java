package io.ferrypay.tradeadmin.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventFollower;
import io.ferrypay.testkit.EndpointAccess;
import io.ferrypay.testkit.EndpointAccess.Owner;
import io.ferrypay.tradeadmin.OpenApiTest;
import io.ferrypay.tradeadmin.settlement.SettleChannelDays;
import io.ferrypay.tradeadmin.settlement.SettlementSettings.Gate;
import io.ferrypay.tradeadmin.settlement.TakeReconciledDays;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.node.ObjectNode;

/** When money becomes available, and what merchants see of it. */
class SettlementTest extends LedgerTest {

    private static final LocalDate TUESDAY = LocalDate.parse("2026-11-24");

    @Autowired private SettleChannelDays settle;
    @Autowired private TakeReconciledDays days;

    /** It is there although nobody answers it. */
    @Autowired private EventFollower reconciliationFollower;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    private MerchantCalls shop;

    @BeforeEach
    void a_shop() {
        shop = new MerchantCalls(port, merchantToken(merchant, "test", MerchantCalls.SCOPES));
    }

    @Test
    void money_is_available_two_working_days_later_and_not_before() {
        happen(paid("wechat", "10.00 NZD", "10.00 NZD"));

        settle.run(TUESDAY.plusDays(1));
        assertThat(balance()).containsExactly("0.00", "10.00", "0.00");
        settle.run(TUESDAY.plusDays(2));
        assertThat(balance()).containsExactly("10.00", "0.00", "0.00");
        settle.run(TUESDAY.plusDays(2));
        settle.run(TUESDAY.plusDays(9));

        assertThat(balance()).containsExactly("10.00", "0.00", "0.00");
        assertThat(shop.get("/v2/settlements").path("data")).hasSize(1);
    }

    @Test
    void a_weekend_and_a_holiday_do_not_count() {
        // The Thursday before Labour Day in New Zealand, Monday 26 October.
        happen(paidOn("2026-10-22", "10.00 NZD"));

        settle.run(LocalDate.parse("2026-10-26"));
        assertThat(balance()).containsExactly("0.00", "10.00", "0.00");
        settle.run(LocalDate.parse("2026-10-27"));

        assertThat(balance()).containsExactly("10.00", "0.00", "0.00");
    }

    @Test
    void a_year_nobody_told_settles_nothing_and_is_told_to_staff() {
        happen(paidOn("2026-12-30", "10.00 NZD"));

        var told = settle.run(LocalDate.parse("2027-01-06"));

        assertThat(told.problems())
                .contains(merchant + " NZD: The holidays of 2027 in CN are not known");
        assertThat(balance()).containsExactly("0.00", "10.00", "0.00");
        assertThat(
                        shop.get("/v2/balances")
                                .path("balances")
                                .path(0)
                                .path("next_available")
                                .isNull())
                .isTrue();
    }

    @Test
    void where_the_gate_is_enforced_only_reconciled_days_become_available() {
        var channel = "g" + merchant.substring(20).toLowerCase(java.util.Locale.ROOT);
        happen(
                withMethod(paid(channel, "10.00 NZD", "10.00 NZD")),
                withMethod(paid("wechat", "5.00 NZD", "5.00 NZD")));

        settle.run(TUESDAY.plusDays(3), Gate.ENFORCED);
        assertThat(balance()).containsExactly("0.00", "15.00", "0.00");
        jdbc.sql("insert into reconciled_day values ('test', ?, ?, ?, now())")
                .params(channel, TUESDAY, newId("evt_"))
                .update();
        settle.run(TUESDAY.plusDays(3), Gate.ENFORCED);

        assertThat(balance()).containsExactly("10.00", "5.00", "0.00");
        assertThat(
                        shop.get("/v2/settlements")
                                .path("data")
                                .path(0)
                                .path("reconciliation_gate")
                                .asString())
                .isEqualTo("enforced");
        assertThat(shop.get("/v2/balances").path("reconciliation_gate").asString())
                .isEqualTo("not_enforced");
    }

    @Test
    void a_day_passes_the_gate_once_it_is_told_of_every_account_of_its_channel() {
        var channel = "g" + merchant.substring(20).toLowerCase(java.util.Locale.ROOT);
        happen(withMethod(paid(channel, "10.00 NZD", "10.00 NZD")));
        var told = reconciled(channel, "one", TUESDAY, false);

        tell(
                told,
                told,
                reconciled(channel, "two", TUESDAY, true),
                reconciled(channel, "two", TUESDAY.minusDays(1), false),
                reconciled(channel + "x", "two", TUESDAY, false));
        settle.run(TUESDAY.plusDays(3), Gate.ENFORCED);
        assertThat(balance()).containsExactly("0.00", "10.00", "0.00");

        var last = reconciled(channel, "two", TUESDAY, false);
        tell(last, last);
        tell(told, last);
        settle.run(TUESDAY.plusDays(3), Gate.ENFORCED);
        assertThat(balance()).containsExactly("10.00", "0.00", "0.00");
        assertThat(
                        jdbc.sql("select event_id from reconciled_day where channel = ?")
                                .param(channel)
                                .query(String.class)
                                .list())
                .containsExactly(last.id());
        assertThat(reconciliationFollower).isNotNull();
    }

    private void tell(Event... events) {
        transaction.executeWithoutResult(_ -> days.apply(List.of(events)));
    }

    private Event reconciled(String channel, String account, LocalDate day, boolean livemode) {
        var data = json.createObjectNode();
        data.put("channel", channel)
                .put("livemode", livemode)
                .put("account", account)
                .put("day", day.toString())
                .put("version", 1)
                .putArray("accounts")
                .add("one")
                .add("two");
        return Event.of(
                "channel_day.reconciled",
                account + ":" + day,
                1,
                Instant.parse("2026-11-25T02:00:00Z"),
                data);
    }

    @Test
    void a_statement_adds_up_and_names_its_payments() {
        var first = paid("wechat", "100.00 NZD", "100.00 NZD");
        var second = paidOn("2026-11-23", "50.00 NZD");
        happen(first, second, refund(first, "20.00 NZD"));
        settle.run(TUESDAY.plusDays(2));
        var third = paid("alipay", "7.00 NZD", "7.00 NZD");
        happen(third);
        settle.run(TUESDAY.plusDays(2));

        var settlements = shop.get("/v2/settlements?limit=1");
        var newest = settlements.path("data").path(0);
        assertThat(newest.path("opening").asString()).isEqualTo("130.00");
        assertThat(newest.path("closing").asString()).isEqualTo("137.00");
        var older =
                shop.get("/v2/settlements?cursor=" + settlements.path("next_cursor").asString())
                        .path("data")
                        .path(0);
        assertThat(List.of("opening", "gross", "fees", "refunds", "net", "closing"))
                .extracting(name -> older.path(name).asString())
                .containsExactly("0.00", "150.00", "0.00", "20.00", "130.00", "130.00");
        var id = older.path("id").asString();
        assertThat(shop.get("/v2/settlements/" + id)).isEqualTo(older);
        var csv = shop.send("GET", "/v2/settlements/" + id + "/statement.csv", null, null);
        assertThat(csv.body().lines())
                .containsExactly(
                        "line,payment,day,channel,method,amount,fee,refunded,net,currency",
                        "opening,,2026-11-23,,,,,,0.00,NZD",
                        "payment,"
                                + second.subject()
                                + ",2026-11-23,wechat,wechat,50.00,0.00,0.00,50.00,NZD",
                        "payment,"
                                + first.subject()
                                + ",2026-11-24,wechat,wechat,100.00,0.00,20.00,80.00,NZD",
                        "settled," + id + ",2026-11-24,,,150.00,0.00,20.00,130.00,NZD",
                        "closing,,2026-11-24,,,,,,130.00,NZD");
    }

    @Test
    void a_refund_of_settled_money_makes_less_available_even_below_zero() {
        var paid = paid("wechat", "10.00 NZD", "10.00 NZD");
        happen(paid);
        settle.run(TUESDAY.plusDays(2));
        hold("hold_a_" + merchant, 700);

        happen(refund(paid, "5.00 NZD"));

        assertThat(balance()).containsExactly("-2.00", "0.00", "7.00");
        assertThatThrownBy(() -> hold("hold_b_" + merchant, 1))
                .hasMessageContaining("more is set aside than is available");
        assertThat(verifyBooks.verify().violations()).isZero();
        release("hold_a_" + merchant);
        assertThat(balance()).containsExactly("5.00", "0.00", "0.00");
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    private void hold(String id, long minorUnits) {
        jdbc.sql("insert into balance_hold values (?, 'test', ?, 'NZD', ?, 'R', 'per_1', now())")
                .params(id, merchant, minorUnits)
                .update();
    }

    private void release(String id) {
        jdbc.sql("update balance_hold set released_by = 'apr_1', released_at = now() where id = ?")
                .param(id)
                .update();
    }

    @Test
    void staff_keep_money_back_at_once_and_let_go_by_two() {
        happen(paid("wechat", "10.00 NZD", "10.00 NZD"));
        settle.run(TUESDAY.plusDays(2));
        var holds = "/console/api/balance-holds";
        var body =
                "{\"book\":\"test\",\"merchant\":\"%s\",\"amount\":\"%s\",\"currency\":\"NZD\",\"reason\":\"R\"}";
        var asks = colleague("settlements:hold");

        assertThat(call(colleague(), "POST", holds, body.formatted(merchant, "1.00")).status())
                .isEqualTo(403);
        assertThat(call(asks, "POST", holds, body.formatted(merchant, "10.01")).code())
                .isEqualTo("insufficient_balance");
        assertThat(call(asks, "POST", holds, body.formatted(merchant, "0.00")).status())
                .isEqualTo(400);
        var placed = call(asks, "POST", holds, body.formatted(merchant, "6.00"));
        assertThat(placed.status()).as(placed.body().toString()).isEqualTo(201);
        assertThat(balance()).containsExactly("4.00", "0.00", "6.00");
        assertThat(verifyBooks.verify().violations()).isZero();

        var release = holds + "/" + placed.body().path("id").asString() + ":release";
        var asked = call(asks, "POST", release, "{\"reason\":\"Cleared\"}").body();
        assertThat(balance()).containsExactly("4.00", "0.00", "6.00");
        var approval = "/console/api/approvals/" + asked.path("approval").asString() + ":approve";
        assertThat(call(asks, "POST", approval, "{\"version\":1}").status()).isEqualTo(403);
        var approved = call(colleague("settlements:approve"), "POST", approval, "{\"version\":1}");
        assertThat(approved.status()).as(approved.body().toString()).isEqualTo(200);
        assertThat(balance()).containsExactly("10.00", "0.00", "0.00");
        assertThat(call(asks, "POST", release, "{\"reason\":\"Again\"}").status()).isEqualTo(404);
    }

    @Test
    void many_runs_at_once_beside_bookings_settle_everything_once() throws Exception {
        var events = new ArrayList<Event>();
        for (var i = 0; i < 60; i++) {
            events.add(paid("wechat", "1.00 NZD", "1.00 NZD"));
        }
        happen(events);
        var work = new ArrayList<Callable<Object>>();
        for (var i = 0; i < 6; i++) {
            work.add(() -> settle.run(TUESDAY.plusDays(2)));
            var part = events.subList(i * 10, i * 10 + 10).reversed();
            work.add(() -> {
                happen(part.stream().map(paid -> refund(paid, "0.40 NZD")).toList());
                return part;
            });
        }

        try (var pool = Executors.newFixedThreadPool(work.size())) {
            for (var done : pool.invokeAll(work)) {
                done.get();
            }
        }

        assertThat(balance()).containsExactly("36.00", "0.00", "0.00");
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void entries_are_shown_page_by_page_with_what_is_left_of_payments() {
        var paid = paid("wechat", "10.00 NZD", "10.00 NZD");
        happen(paid, refund(paid, "1.00 NZD"), paid("wechat", "3.00 AUD", "3.00 AUD"));

        var page = shop.get("/v2/balance_entries?limit=2");
        assertThat(page.path("has_more").asBoolean()).isTrue();
        assertThat(page.path("data").path(0).path("currency").asString()).isEqualTo("AUD");
        assertThat(page.path("data").path(1).path("kind").asString()).isEqualTo("refund");
        assertThat(page.path("data").path(1).path("amount").asString()).isEqualTo("-1.00");
        var rest =
                shop.get(
                        "/v2/balance_entries?limit=2&cursor="
                                + page.path("next_cursor").asString());
        var entry = rest.path("data").path(0);
        assertThat(entry.path("payment").asString()).isEqualTo(paid.subject());
        assertThat(entry.path("fee").asString()).isEqualTo("0.00");
        assertThat(entry.path("net_amount").asString()).isEqualTo("10.00");
        assertThat(rest.path("has_more").asBoolean()).isFalse();
        assertThat(shop.get("/v2/balance_entries?currency=AUD").path("data")).hasSize(1);
    }

    @Test
    void a_balance_is_told_day_by_day_in_the_days_of_a_place() {
        var paid = paid("wechat", "10.00 NZD", "10.00 NZD");
        happen(paid, refund(paid, "1.00 NZD"), paid("wechat", "3.00 AUD", "3.00 AUD"));

        var history = shop.get("/v2/balance_history?currency=NZD");

        assertThat(history.path("opening").asString()).isEqualTo("0.00");
        assertThat(history.path("data")).hasSize(30);
        var today = history.path("data").path(29);
        assertThat(LocalDate.parse(today.path("date").asString()))
                .isEqualTo(LocalDate.now(java.time.ZoneId.of("Pacific/Auckland")));
        assertThat(today.path("incoming").asString()).isEqualTo("10.00");
        assertThat(today.path("outgoing").asString()).isEqualTo("-1.00");
        assertThat(today.path("closing").asString()).isEqualTo("9.00");
        assertThat(history.path("data").path(28).path("closing").asString()).isEqualTo("0.00");
        // Far to the west it is the day before, and never two days later.
        var west = LocalDate.now(java.time.ZoneId.of("Pacific/Pago_Pago"));
        var there =
                shop.get(
                        "/v2/balance_history?currency=NZD&time_zone=Pacific/Pago_Pago&from=%s&to=%s"
                                .formatted(west, west.plusDays(1)));
        assertThat(there.path("data").path(0).path("closing").asString()).isEqualTo("9.00");
        assertThat(there.path("data").path(1).path("incoming").asString()).isEqualTo("0.00");
        // Who asks of days to come is told what stands already.
        var later =
                shop.get(
                        "/v2/balance_history?currency=NZD&from=%s&to=%s"
                                .formatted(west.plusDays(3), west.plusDays(3)));
        assertThat(later.path("opening").asString()).isEqualTo("9.00");
    }

    @Test
    void what_is_pending_is_shown_with_its_day() {
        happen(paid("wechat", "10.00 NZD", "10.00 NZD"), paidOn("2026-11-25", "5.00 NZD"));

        var next = shop.get("/v2/balances").path("balances").path(0).path("next_available");

        var sum = new long[1];
        next.forEach(one -> sum[0] += money(one.path("amount").asString() + " NZD").minorUnits());
        assertThat(sum[0]).isEqualTo(1500);
        assertThat(LocalDate.parse(next.path(0).path("on").asString()))
                .isAfterOrEqualTo(LocalDate.parse("2026-11-26"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/balance_entries?limit=0",
                "/v2/balance_entries?limit=101",
                "/v2/balance_entries?cursor=x",
                "/v2/balance_entries?cursor=MTpzdGxfMQ",
                "/v2/balance_entries?currency=nzd",
                "/v2/balance_history",
                "/v2/balance_history?currency=NZD&time_zone=NZDT",
                "/v2/balance_history?currency=NZD&from=2026-02-30",
                "/v2/balance_history?currency=NZD&from=2026-11-02&to=2026-11-01",
                "/v2/balance_history?currency=NZD&from=2026-01-01&to=2026-04-03",
                "/v2/settlements?cursor=MToxMjM"
            })
    void a_bad_question_is_refused(String path) {
        var problem = MerchantCalls.answer(shop.send("GET", path, null, null), 400);

        assertThat(problem.path("code").asString()).isEqualTo("invalid_request");
    }

    @TestFactory
    Stream<DynamicTest> endpoints() {
        happen(paid("wechat", "10.00 NZD", "10.00 NZD"));
        settle.run(TUESDAY.plusDays(2));
        var settlement = shop.get("/v2/settlements").path("data").path(0).path("id").asString();
        var rules =
                Map.of(
                        "GET /v2/balances", "balances:read",
                        "GET /v2/balance_entries", "balances:read",
                        "GET /v2/balance_history", "balances:read",
                        "GET /v2/balance_statements", "balances:read",
                        "GET /v2/reserves", "balances:read",
                        "GET /v2/settlements", "balances:read",
                        "GET /v2/settlements/{id}", "balances:read",
                        "GET /v2/settlements/{id}/statement.csv", "balances:read");
        var ids = new HashMap<String, String>();
        rules.keySet().forEach(endpoint -> ids.put(endpoint, settlement));
        Predicate<String> ours =
                endpoint -> endpoint.matches(".* /v2/(balance|settlement|reserve).*");
        var endpoints = EndpointAccess.endpoints(mappings, "/v2/");
        endpoints.removeIf(ours.negate());
        var described = OpenApiTest.DESCRIPTION.operations();
        described.removeIf(ours.negate());
        return new EndpointAccess(
                        port,
                        (id, mode, scopes) -> merchantToken(id, mode, scopes),
                        new Owner(
                                merchant,
                                newId("mer_"),
                                Set.copyOf(MerchantCalls.SCOPES),
                                ids,
                                Map.of()))
                .tests(endpoints, described, rules);
    }

    private Event paidOn(String day, String amount) {
        var paid = paid("wechat", amount, amount);
        ((ObjectNode) paid.data().path("object")).put("paid_at", day + "T04:00:00Z");
        return paid;
    }

    private static Event withMethod(Event paid) {
        ((ObjectNode) paid.data().path("object").path("payment_method")).put("type", "wechat");
        return paid;
    }

    private Event refund(Event paid, String amount) {
        return refunded(paid.subject(), merchant, "requested", "wechat", amount, amount);
    }

    /** Available, pending and reserved, as the shop sees them. */
    private List<String> balance() {
        var balance = shop.get("/v2/balances").path("balances").path(0);
        return Stream.of("available", "pending", "reserved")
                .map(name -> balance.path(name).asString())
                .toList();
    }
}
