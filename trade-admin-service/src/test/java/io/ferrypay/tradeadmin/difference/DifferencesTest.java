package io.ferrypay.tradeadmin.difference;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.events.Event;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.tradeadmin.TradeAdminTest;
import io.ferrypay.tradeadmin.ledger.VerifyBooks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DifferencesTest extends TradeAdminTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final AtomicLong NUMBERS = new AtomicLong(1_000);

    @Autowired private DifferenceCases cases;
    @Autowired private VerifyBooks books;

    private StaffCaller clerk;
    private StaffCaller checker;

    /** Of a channel of this test's own, so that its balances are its own, too. */
    private String channel = "";

    @BeforeEach
    void people() {
        clerk = colleague("reconciliation:read", "reconciliation:write");
        checker = colleague("reconciliation:read", "reconciliation:approve");
        channel = "chan" + NUMBERS.incrementAndGet();
    }

    @Test
    void what_is_at_stake_is_unexplained_until_two_people_say_where_it_belongs() {
        var number = opened("amount", "payment", Map.of("NZD", -250L));

        assertThat(balances()).containsEntry("channel-receivable NZD", -250L);
        assertThat(shown(number).path("booked_in").asString()).isEqualTo("suspense");
        assertThat(shown(number).path("proposed").asString()).isEqualTo("claim");

        var asked = ask(number, "claim");
        assertThat(balances()).doesNotContainKey("channel-claim NZD");
        assertThat(approve(clerk, asked).code()).isEqualTo("forbidden_scope");
        assertThat(approve(checker, asked).status()).isEqualTo(200);

        assertThat(balances())
                .containsEntry("channel-receivable NZD", -250L)
                .containsEntry("channel-claim NZD", 250L);
        assertThat(shown(number).path("status").asString()).isEqualTo("decided");
        assertThat(told(number)).containsExactly("claim");
        requireBalanced();
    }

    @Test
    void of_a_difference_that_was_none_all_is_booked_back_whatever_was_decided() {
        var open = opened("channel_only", "payment", Map.of("NZD", 1_000L));
        var decided = opened("platform_only", "payment", Map.of("NZD", -700L));
        approve(checker, ask(decided, "write_off"));

        happen(event("difference.ended", open, 2, "channel_only", "payment", Map.of()));
        happen(event("difference.ended", decided, 2, "platform_only", "payment", Map.of()));

        assertThat(balances().values()).containsOnly(0L);
        assertThat(shown(open).path("status").asString()).isEqualTo("ended");
        assertThat(shown(decided).path("status").asString()).isEqualTo("ended");
        requireBalanced();

        happen(
                event(
                        "difference.opened",
                        open,
                        3,
                        "channel_only",
                        "payment",
                        Map.of("NZD", 1_000L)));
        assertThat(balances()).containsEntry("channel-receivable NZD", 1_000L);
        assertThat(shown(open).path("status").asString()).isEqualTo("open");
        requireBalanced();
    }

    @Test
    void what_is_told_twice_or_too_late_counts_once() {
        var number = NUMBERS.incrementAndGet();
        var first = event("difference.opened", number, 1, "amount", "payment", Map.of("NZD", 5L));
        var end = event("difference.ended", number, 2, "amount", "payment", Map.of());

        happen(first, first);
        happen(first);
        happen(end, first, end);

        assertThat(shown(number).path("status").asString()).isEqualTo("ended");
        assertThat(balances().values()).containsOnly(0L);
        requireBalanced();
    }

    @Test
    void two_currencies_are_both_unexplained() {
        opened("currency", "payment", Map.of("NZD", 12_000L, "CNY", -54_041L));

        assertThat(balances())
                .containsEntry("channel-receivable NZD", 12_000L)
                .containsEntry("channel-receivable CNY", -54_041L);
        requireBalanced();
    }

    @Test
    void a_fee_is_booked_when_it_is_claimed_and_not_before() {
        var number = opened("fee", "payment", Map.of("NZD", -30L));
        assertThat(balances()).isEmpty();

        approve(checker, ask(number, "claim"));

        assertThat(balances())
                .containsEntry("channel-receivable NZD", -30L)
                .containsEntry("channel-claim NZD", 30L);
        requireBalanced();
    }

    @Test
    void a_channel_is_asked_and_the_difference_goes_on() {
        var number = opened("status", "payment", Map.of("NZD", 12_000L));
        assertThat(shown(number).path("proposed").asString()).isEqualTo("ask_channel");

        approve(checker, ask(number, "ask_channel"));

        assertThat(told(number)).containsExactly("ask_channel");
        assertThat(shown(number).path("status").asString()).isEqualTo("open");
        assertThat(shown(number).path("asked").asInt()).isEqualTo(1);
        // What it said was no help: the next thing to do is another.
        assertThat(shown(number).path("proposed").asString()).isEqualTo("claim");
    }

    @Test
    void a_difference_that_ended_meanwhile_is_not_decided_any_more() {
        var number = opened("amount", "payment", Map.of("NZD", 900L));
        var asked = ask(number, "write_off");

        happen(event("difference.ended", number, 2, "amount", "payment", Map.of()));

        assertThat(approve(checker, asked).code()).isEqualTo("approval_outdated");
        assertThat(balances().values()).containsOnly(0L);
        assertThat(told(number)).isEmpty();
    }

    @Test
    void what_does_not_fit_or_is_not_seen_is_refused() {
        var number = opened("header_total", "total", Map.of());
        var path = "/console/api/differences/dif_" + number + ":ask";

        assertThat(call(clerk, "POST", path, asking(1, "claim")).code())
                .isEqualTo("action_not_fitting");
        assertThat(call(clerk, "POST", path, asking(7, "accept")).code())
                .isEqualTo("difference_changed");
        assertThat(call(checker, "POST", path, asking(1, "accept")).code())
                .isEqualTo("forbidden_scope");
        assertThat(call(clerk, "POST", path, asking(1, "burn")).status()).isEqualTo(400);
        assertThat(call(colleague("ledger:read"), "GET", "/console/api/differences", null).code())
                .isEqualTo("forbidden_scope");
        assertThat(call(clerk, "GET", "/console/api/differences/dif_0", null).status())
                .isEqualTo(404);

        approve(checker, ask(number, "accept"));
        assertThat(balances()).isEmpty();
        assertThat(call(clerk, "POST", path, asking(2, "accept")).code())
                .isEqualTo("difference_closed");
    }

    @Test
    void of_many_checkers_at_once_one_decides() throws Exception {
        var number = opened("amount", "payment", Map.of("NZD", -60L));
        var asked = ask(number, "write_off");
        var checkers =
                IntStream.range(0, 6)
                        .mapToObj(_ -> colleague("reconciliation:read", "reconciliation:approve"))
                        .toList();
        var done = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    checkers.stream()
                            .map(one -> threads.submit(() -> approve(one, asked).status()))
                            .toList();
            for (var answer : running) {
                done += answer.get() == 200 ? 1 : 0;
            }
        }
        assertThat(done).isEqualTo(1);
        assertThat(told(number)).containsExactly("write_off");
        requireBalanced();
    }

    @Test
    void somebody_takes_it_and_gives_it_more_time() {
        var number = opened("amount", "payment", Map.of("NZD", 40L));
        var path = "/console/api/differences/dif_" + number;

        var mine =
                call(
                        clerk,
                        "POST",
                        path + ":assign",
                        "{\"version\":1,\"to\":\"" + clerk.personId() + "\"}");
        assertThat(mine.body().path("assigned_to").asString()).isEqualTo(clerk.personId());
        var before = Instant.parse(mine.body().path("due_at").asString());
        var waits =
                call(
                        clerk,
                        "POST",
                        path + ":wait",
                        "{\"version\":2,\"days\":7,\"reason\":\"T+3\"}");
        assertThat(Instant.parse(waits.body().path("due_at").asString())).isAfter(before);
        assertThat(
                        call(
                                        clerk,
                                        "POST",
                                        path + ":wait",
                                        "{\"version\":3,\"days\":31,\"reason\":\"x\"}")
                                .status())
                .isEqualTo(400);
        assertThat(
                        call(clerk, "GET", path, null)
                                .body()
                                .path("timeline")
                                .valueStream()
                                .map(one -> one.path("what").asString()))
                .containsExactly("opened", "assigned", "waits");
    }

    @Test
    void the_list_and_the_standing_tell_what_is_open_and_late() {
        var standing = call(clerk, "GET", "/console/api/differences/standing", null).body();
        var late = opened("amount", "payment", Map.of("NZD", 1L));

        var now = call(clerk, "GET", "/console/api/differences/standing", null).body();
        assertThat(now.path("open").asLong()).isEqualTo(standing.path("open").asLong() + 1);
        assertThat(now.path("overdue").asLong()).isEqualTo(standing.path("overdue").asLong() + 1);
        var list =
                call(
                        clerk,
                        "GET",
                        "/console/api/differences?status=open&overdue=true&type=amount&account="
                                + channel
                                + "-1&day=2026-11-24",
                        null);
        assertThat(list.body().path("data")).hasSize(1);
        assertThat(list.body().path("data").path(0).path("id").asString()).isEqualTo("dif_" + late);
    }

    private long opened(String type, String kind, Map<String, Long> stakes) {
        var number = NUMBERS.incrementAndGet();
        happen(event("difference.opened", number, 1, type, kind, stakes));
        return number;
    }

    private void happen(Event... events) {
        transaction.executeWithoutResult(_ -> cases.apply(List.of(events)));
    }

    /** As reconcile-service tells it. */
    private Event event(
            String what,
            long number,
            long version,
            String type,
            String kind,
            Map<String, Long> stakes) {
        var data = JSON.createObjectNode();
        data.put("difference", number)
                .put("channel", channel)
                .put("account", channel + "-1")
                .put("livemode", false)
                .put("day", "2026-11-24")
                .put("type", type)
                .put("kind", kind)
                .put("subject", "FP" + number)
                .put("order_number", kind.equals("payment") ? "FP" + number : null)
                .put("theirs", "done")
                .put("ours", "expired")
                .put("owner_id", kind.equals("payment") ? "pay_1" : null);
        var all = data.putArray("stakes");
        stakes.forEach(
                (currency, minor) -> all.addObject().put("currency", currency).put("minor", minor));
        return Event.of(
                what, "difference:" + number, version, Instant.parse("2026-11-25T03:00:00Z"), data);
    }

    private JsonNode shown(long number) {
        return call(clerk, "GET", "/console/api/differences/dif_" + number, null)
                .body()
                .path("difference");
    }

    private String ask(long number, String action) {
        var asked =
                call(
                        clerk,
                        "POST",
                        "/console/api/differences/dif_" + number + ":ask",
                        asking(shown(number).path("version").asLong(), action));
        assertThat(asked.status()).as("%s", asked).isEqualTo(202);
        return asked.body().path("approval").asString();
    }

    private static String asking(long version, String action) {
        return "{\"version\":%d,\"action\":\"%s\",\"reason\":\"as told\"}"
                .formatted(version, action);
    }

    private Answer approve(StaffCaller who, String approval) {
        return call(
                who, "POST", "/console/api/approvals/" + approval + ":approve", "{\"version\":1}");
    }

    private List<String> told(long number) {
        return jdbc.sql(
                        "select data::json ->> 'action' from outbox where type = 'difference.decided' and subject = ? order by position")
                .param("dif_" + number)
                .query(String.class)
                .list();
    }

    /** Of accounts of this test's channel. */
    private Map<String, Long> balances() {
        return balances(jdbc, channel);
    }

    private static Map<String, Long> balances(JdbcClient jdbc, String channel) {
        var balances = new java.util.TreeMap<String, Long>();
        jdbc.sql(
                        """
                        select a.type || ' ' || a.currency, b.balance_minor
                          from account a join account_balance b on b.account_id = a.id where a.owner = ?
                        """)
                .param(channel)
                .query(row -> {
                    balances.put(row.getString(1), row.getLong(2));
                });
        return balances;
    }

    private void requireBalanced() {
        assertThat(books.verify().checks())
                .filteredOn(
                        check -> check.rule().contains("differs") || check.rule().contains("sums"))
                .hasSize(2)
                .allSatisfy(check -> assertThat(check.examples()).as(check.rule()).isEmpty());
    }
}
