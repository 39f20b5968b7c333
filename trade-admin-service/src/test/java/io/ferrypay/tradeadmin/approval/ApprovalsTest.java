package io.ferrypay.tradeadmin.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.TradeAdminTest;
import io.ferrypay.tradeadmin.approval.SampleKind.Limit;
import io.ferrypay.tradeadmin.audit.ReadAudit;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;

/** One asks, another decides, once. */
class ApprovalsTest extends TradeAdminTest {

    private final String thing = UlidCreator.getUlid().toString();

    @Autowired private Approvals approvals;
    @Autowired private SampleKind kind;
    @Autowired private ReadAudit audit;
    @Autowired private MeterRegistry metrics;

    private StaffCaller maker;
    private StaffCaller checker;

    @BeforeEach
    void people() {
        jdbc.sql(
                        "create table if not exists sample_limit (of text primary key, amount int, times int)")
                .update();
        maker = colleague("sample:write", "sample:approve");
        checker = colleague("sample:approve");
    }

    @Test
    void what_another_approves_is_done_in_that_moment() {
        var asked = ask(70);
        assertThat(limit()).isNull();

        var approved = approvals.approve(checker, asked.id(), 1, " as agreed ");

        assertThat(approved.status()).isEqualTo(ApprovalStatus.APPROVED);
        assertThat(approved.decisions())
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.personId()).isEqualTo(checker.personId());
                    assertThat(decision.reason()).isEqualTo("as agreed");
                });
        assertThat(limit()).isEqualTo(70);
        assertThat(kind.closed).doesNotContainKey(asked.id());
    }

    @Test
    void nobody_decides_on_their_own_request_whatever_account_they_use() {
        var asked = ask(70);
        var second = accountOf(maker.personId(), "sample:approve");

        for (var self : List.of(maker, second)) {
            assertRefused("own_request", () -> approvals.approve(self, asked.id(), 1, null));
            assertRefused("own_request", () -> approvals.reject(self, asked.id(), 1, "no"));
        }
        assertThat(limit()).isNull();
    }

    @Test
    void the_database_holds_that_too() {
        var asked = ask(70);
        var second = accountOf(maker.personId());

        assertBroken("nobody_decides_on_their_own", () -> decide(asked, second, second.personId()));
        assertBroken(
                "a_checker_is_the_accounts_person",
                () -> decide(asked, second, checker.personId()));
        assertBroken(
                "a_decision_names_the_maker",
                () ->
                        jdbc.sql(
                                        "insert into approval_decision values (?, ?, ?, ?, 'approve', null, now())")
                                .params(
                                        asked.id(),
                                        "mer_other",
                                        maker.accountId(),
                                        maker.personId())
                                .update());
        assertBroken(
                "an_approval_needs_its_approvers",
                () -> set(asked, "status = 'approved', closed_at = now(), version = 2"));
        assertBroken(
                "an_account_stays_its_persons",
                () ->
                        jdbc.sql("update staff_account set person_id = ? where id = ?")
                                .params(checker.personId(), second.accountId())
                                .update());
        assertBroken("an_approval_stays_as_it_was_asked", () -> set(asked, "maker_account = null"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payload = '{}'",
                "diff = '[]'",
                "approvers_needed = 2",
                "expires_at = expires_at + interval '1 day'",
                "kind = 'other'",
                "reason = 'other'"
            })
    void what_was_asked_for_stays_as_it_was_shown(String change) {
        var asked = ask(70);

        assertBroken(
                "an_approval_stays_as_it_was_asked", () -> set(asked, change + ", version = 2"));
        assertBroken(
                "an_approval_stays_as_it_was_asked",
                () -> jdbc.sql("delete from approval where id = ?").param(asked.id()).update());
    }

    @Test
    void what_is_decided_stays_decided() {
        var asked = ask(70);
        approvals.approve(checker, asked.id(), 1, null);

        assertRefused(
                "approval_closed",
                () -> approvals.approve(colleague("sample:approve"), asked.id(), 2, null));
        assertRefused("approval_closed", () -> approvals.withdraw(maker, asked.id(), 2));
        assertBroken(
                "an_approval_is_decided_once",
                () -> set(asked, "status = 'pending', closed_at = null, version = 3"));
        assertBroken(
                "a_decision_is_on_what_is_open",
                () -> {
                    var late = colleague();
                    decide(asked, late, late.personId());
                });
        assertBroken(
                "what_is_booked_stays", () -> jdbc.sql("delete from approval_decision").update());
        assertThat(limit()).isEqualTo(70);
    }

    @Test
    void two_people_are_two_people() {
        var asked = approvals.ask(maker, kind, new Limit(thing, 70, 2), "two eyes more");

        var half = approvals.approve(checker, asked.id(), 1, null);
        assertThat(half.status()).isEqualTo(ApprovalStatus.PENDING);
        assertThat(limit()).isNull();
        assertRefused(
                "already_approved",
                () ->
                        approvals.approve(
                                accountOf(checker.personId(), "sample:approve"),
                                asked.id(),
                                2,
                                null));
        assertRefused("already_approved", () -> approvals.reject(checker, asked.id(), 2, "no"));
        assertRefused(
                "approval_changed",
                () -> approvals.approve(colleague("sample:approve"), asked.id(), 1, null));

        var whole = approvals.approve(colleague("sample:approve"), asked.id(), 2, null);
        assertThat(whole.status()).isEqualTo(ApprovalStatus.APPROVED);
        assertThat(limit()).isEqualTo(70);
    }

    @Test
    void of_many_checkers_at_once_one_decides() throws Exception {
        var asked = ask(70);
        var calls = new ArrayList<Callable<String>>();
        for (var i = 0; i < 8; i++) {
            var each = colleague("sample:approve");
            var approves = i % 2 == 0;
            calls.add(() ->
                    approves
                            ? approvals.approve(each, asked.id(), 1, null).status().text()
                            : approvals.reject(each, asked.id(), 1, "no").status().text());
        }
        calls.add(() -> approvals.withdraw(maker, asked.id(), 1).status().text());

        var outcomes = atOnce(calls);

        assertThat(outcomes).filteredOn(outcome -> !outcome.equals("approval_closed")).hasSize(1);
        var decided = approvals.get(maker, asked.id());
        assertThat(outcomes).contains(decided.status().text());
        assertThat(decided.version()).isEqualTo(2);
        assertThat(limit()).isEqualTo(decided.status() == ApprovalStatus.APPROVED ? 70 : null);
        assertThat(
                        jdbc.sql("select coalesce(max(times), 0) from sample_limit where of = ?")
                                .param(thing)
                                .query(Integer.class)
                                .single())
                .isLessThanOrEqualTo(1);
    }

    @Test
    void the_same_is_asked_for_once_at_a_time() throws Exception {
        var calls = new ArrayList<Callable<String>>();
        for (var i = 0; i < 6; i++) {
            var amount = 70 + i;
            calls.add(() -> ask(amount).status().text());
        }

        assertThat(atOnce(calls)).filteredOn("pending"::equals).hasSize(1);
        assertRefused("approval_pending", () -> ask(90));
        var open =
                approvals
                        .list(maker, ApprovalStatus.PENDING, "sample_limit", null, 1)
                        .getFirst()
                        .approval();
        approvals.withdraw(maker, open.id(), 1);
        assertThat(ask(90).status()).isEqualTo(ApprovalStatus.PENDING);
        assertThat(kind.closed).containsEntry(open.id(), ApprovalStatus.WITHDRAWN);
    }

    @Test
    void after_its_time_nobody_decides_and_what_was_set_aside_goes_back() {
        var asked = ask(70);
        expireNow(asked);

        assertRefused("approval_expired", () -> approvals.approve(checker, asked.id(), 1, null));
        assertRefused("approval_expired", () -> approvals.reject(checker, asked.id(), 1, "no"));
        assertRefused("approval_expired", () -> approvals.withdraw(maker, asked.id(), 1));
        assertBroken(
                "a_decision_is_on_what_is_open", () -> decide(asked, checker, checker.personId()));

        approvals.expire();

        assertThat(approvals.get(maker, asked.id()).status()).isEqualTo(ApprovalStatus.EXPIRED);
        assertThat(kind.closed).containsEntry(asked.id(), ApprovalStatus.EXPIRED);
        assertThat(limit()).isNull();
        assertThat(ask(80).status()).isEqualTo(ApprovalStatus.PENDING);
    }

    @Test
    void one_that_cannot_be_read_any_more_holds_up_no_other_and_can_be_rejected() {
        var unreadable = ask(70);
        var fine = approvals.ask(maker, kind, new Limit(thing + "fine", 71, 1), "why");
        tamper(
                "approval",
                "update approval set payload = '{\"amount\":\"many\"}' where id = '"
                        + unreadable.id()
                        + "'");
        var one = "/console/api/approvals/" + unreadable.id();

        for (var path : List.of("/console/api/approvals?status=pending", one)) {
            assertThat(call(checker, "GET", path, null).status()).isEqualTo(200);
        }
        assertThat(call(checker, "GET", one, null).body().path("bulk").asBoolean()).isFalse();

        expireNow(unreadable);
        expireNow(fine);
        var before = metrics.get("approvals.unexpired").counter().count();
        approvals.expire();
        assertThat(approvals.get(maker, fine.id()).status()).isEqualTo(ApprovalStatus.EXPIRED);
        assertThat(approvals.get(maker, unreadable.id()).status())
                .isEqualTo(ApprovalStatus.PENDING);
        assertThat(metrics.get("approvals.unexpired").counter().count()).isEqualTo(before + 1);

        tamper(
                "approval",
                "update approval set expires_at = now() + interval '1 hour' where id = '"
                        + unreadable.id()
                        + "'");
        var rejected =
                call(checker, "POST", one + ":reject", "{\"version\":1,\"reason\":\"Broken\"}");
        assertThat(rejected.body().path("status").asString()).isEqualTo("rejected");
        assertThat(kind.closed).doesNotContainKey(unreadable.id());
        assertThat(kind.unread).containsEntry(unreadable.id(), ApprovalStatus.REJECTED);
    }

    @Test
    void a_kind_that_refuses_leaves_the_request_as_it_was() {
        var asked = ask(SampleKind.REFUSED);

        assertRefused("not_found", () -> approvals.approve(checker, asked.id(), 1, null));

        var still = approvals.get(maker, asked.id());
        assertThat(still.status()).isEqualTo(ApprovalStatus.PENDING);
        assertThat(still.version()).isEqualTo(1);
        assertThat(still.decisions()).isEmpty();
        assertThat(limit()).isNull();
    }

    @Test
    void what_was_shown_must_still_be_true() {
        var asked = ask(70);
        jdbc.sql("insert into sample_limit values (?, 55, 0)").param(thing).update();

        assertRefused("approval_outdated", () -> approvals.approve(checker, asked.id(), 1, null));
        assertThat(limit()).isEqualTo(55);
        assertThat(approvals.reject(checker, asked.id(), 1, "ask again").status())
                .isEqualTo(ApprovalStatus.REJECTED);
    }

    @Test
    void a_decision_wants_the_permission_and_a_fresh_second_factor() {
        var asked = ask(70);

        assertRefused(
                "step_up_required", () -> approvals.approve(tired(checker), asked.id(), 1, null));
        assertRefused(
                "step_up_required", () -> approvals.reject(tired(checker), asked.id(), 1, "no"));
        assertRefused(
                "forbidden_scope",
                () -> approvals.approve(colleague("sample:write"), asked.id(), 1, null));
        assertRefused(
                "not_found",
                () -> approvals.approve(colleague("other:approve"), asked.id(), 1, null));
        assertRefused(
                "forbidden_scope",
                () -> approvals.approve(colleague(Approvals.READ_ALL), asked.id(), 1, null));
        assertRefused(
                "forbidden_scope",
                () -> approvals.ask(checker, kind, new Limit(thing + "x", 1, 1), "why"));
        assertRefused("not_the_maker", () -> approvals.withdraw(checker, asked.id(), 1));
        assertThat(limit()).isNull();
    }

    @Test
    void somebody_outside_asks_and_takes_back_their_own() {
        var merchant = Maker.outside("mer_1");
        var asked = approvals.ask(merchant, kind, new Limit(thing, 70, 1), "by the merchant");

        assertThat(approvals.withdraw(Maker.outside("mer_2"), kind, asked.subject())).isEmpty();
        assertThat(approvals.withdraw(merchant, kind, asked.subject())).isPresent();
        assertThat(approvals.withdraw(merchant, kind, asked.subject())).isEmpty();

        var again = approvals.ask(merchant, kind, new Limit(thing, 71, 1), "by the merchant");
        approvals.approve(checker, again.id(), 1, null);
        assertThat(limit()).isEqualTo(71);
    }

    @Test
    void a_request_never_holds_a_secret() {
        var leaky =
                new SampleKind(jdbc) {
                    @Override
                    public List<Change> diff(Limit payload) {
                        return List.of(new Change("api_key", null, "sk_1"));
                    }
                };

        assertThatThrownBy(() -> approvals.ask(maker, leaky, new Limit(thing, 1, 1), "why"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(
                        List.of(
                                "password_hash",
                                "totp_secret",
                                "new_api_key",
                                "SessionToken",
                                "privateKey"))
                .allSatisfy(name ->
                        assertThatThrownBy(() -> io.ferrypay.tradeadmin.audit.NoSecrets.check(name))
                                .isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void a_request_says_why() {
        assertRefused(
                "invalid_request", () -> approvals.ask(maker, kind, new Limit(thing, 1, 1), "  "));
    }

    @Test
    void small_ones_are_approved_together_and_each_for_itself() {
        var small = ask(70);
        var large = approvals.ask(maker, kind, new Limit(thing + "large", 101, 1), "why");
        var own = approvals.ask(colleagueAsks(), kind, new Limit(thing + "own", 5, 1), "why");
        var seen =
                "{\"approvals\":[{\"id\":\"%s\",\"version\":1},{\"id\":\"%s\",\"version\":1},{\"id\":\"%s\",\"version\":2}]}"
                        .formatted(small.id(), large.id(), own.id());

        var answer = call(checker, "POST", "/console/api/approvals:approve", seen);

        assertThat(answer.status()).isEqualTo(200);
        var results = answer.body().path("results");
        assertThat(results.get(0).path("approval").path("status").asString()).isEqualTo("approved");
        assertThat(results.get(1).path("refused_by").asString()).isEqualTo("not_in_bulk");
        assertThat(results.get(2).path("refused_by").asString()).isEqualTo("approval_changed");
        assertThat(limit()).isEqualTo(70);
    }

    @Test
    void each_step_is_in_the_audit_with_who_and_why() {
        var asked = approvals.ask(maker, kind, new Limit(thing, 70, 2), "the season begins");
        approvals.approve(checker, asked.id(), 1, "fine");
        assertRefused("own_request", () -> approvals.approve(maker, asked.id(), 2, null));
        var third = colleague("sample:approve");
        approvals.reject(third, asked.id(), 2, "too much");

        var told = audit.find(new ReadAudit.Query(null, null, asked.id(), null, null, null, 10));

        assertThat(told)
                .extracting(kept ->
                        kept.entry().action()
                                + " "
                                + kept.entry().who().name()
                                + " "
                                + kept.entry().reason())
                .containsExactly(
                        "approval.rejected " + third.personId() + " too much",
                        "approval.approved " + checker.personId() + " fine",
                        "approval.asked " + maker.personId() + " the season begins");
        assertThat(told.getFirst().entry().who().address()).isEqualTo("192.0.2.7");
        assertThat(told.getLast().entry().after()).contains("\"after\":\"70\"");
    }

    private StaffCaller colleagueAsks() {
        return colleague("sample:write");
    }

    @Test
    void the_inbox_shows_what_one_may_see_and_may_do() {
        var asked = ask(70);
        var path = "/console/api/approvals/" + asked.id();

        var seen = call(checker, "GET", path, null).body();
        assertThat(seen.path("diff").get(0).path("after").asString()).isEqualTo("70");
        assertThat(seen.path("decidable").asBoolean()).isTrue();
        assertThat(seen.path("bulk").asBoolean()).isTrue();
        var own = call(maker, "GET", path, null).body();
        assertThat(own.path("mine").asBoolean()).isTrue();
        assertThat(own.path("decidable").asBoolean()).isFalse();
        assertThat(call(colleague("other:read"), "GET", path, null).code()).isEqualTo("not_found");
        assertThat(
                        call(colleague("other:read"), "GET", "/console/api/approvals", null)
                                .body()
                                .path("data"))
                .isEmpty();

        var page =
                call(checker, "GET", "/console/api/approvals?status=pending&limit=1", null).body();
        assertThat(page.path("data").get(0).path("id").asString()).isEqualTo(asked.id());
        assertThat(call(maker, "POST", path + ":approve", "{\"version\":1}").code())
                .isEqualTo("own_request");
        assertThat(call(tired(checker), "POST", path + ":approve", "{\"version\":1}").code())
                .isEqualTo("step_up_required");
        assertThat(
                        call(checker, "POST", path + ":reject", "{\"version\":1,\"reason\":\" \"}")
                                .code())
                .isEqualTo("invalid_request");
        assertThat(
                        call(
                                        checker,
                                        "POST",
                                        path + ":reject",
                                        "{\"version\":1,\"reason\":\"too much\"}")
                                .body()
                                .path("status")
                                .asString())
                .isEqualTo("rejected");
        ask(71);
        var waiting = call(checker, "GET", "/console/api/approvals_waiting", null).body();
        assertThat(waiting.path("data").get(0).path("kind").asString()).isEqualTo("sample_limit");
        assertThat(waiting.path("data").get(0).path("count").asInt()).isPositive();
        assertThat(
                        call(colleague("other:read"), "GET", "/console/api/approvals_waiting", null)
                                .body()
                                .path("data"))
                .isEmpty();
    }

    private Approval ask(int amount) {
        return approvals.ask(maker, kind, new Limit(thing, amount, 1), "the season begins");
    }

    private @Nullable Integer limit() {
        return jdbc.sql("select amount from sample_limit where of = ?")
                .param(thing)
                .query(Integer.class)
                .optional()
                .orElse(null);
    }

    private void set(Approval approval, String change) {
        jdbc.sql("update approval set " + change + " where id = ?").param(approval.id()).update();
    }

    private void decide(Approval approval, StaffCaller account, String person) {
        jdbc.sql("insert into approval_decision values (?, ?, ?, ?, 'approve', null, now())")
                .params(approval.id(), approval.maker().name(), account.accountId(), person)
                .update();
    }

    private void expireNow(Approval approval) {
        tamper(
                "approval",
                "update approval set created_at = now() - interval '2 hours', expires_at = now() - interval '1 hour' where id = '"
                        + approval.id()
                        + "'");
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(ApiException.class).hasMessage(code);
    }

    private static void assertBroken(String constraint, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .isInstanceOfSatisfying(
                        org.postgresql.util.PSQLException.class,
                        broken ->
                                assertThat(broken.getServerErrorMessage().getConstraint())
                                        .isEqualTo(constraint));
    }

    /** What each came to: a status, or the code of the refusal. */
    private static List<String> atOnce(List<Callable<String>> calls) throws Exception {
        var start = new CyclicBarrier(calls.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    calls.stream()
                            .map(call ->
                                    threads.submit(() -> {
                                        start.await();
                                        try {
                                            return call.call();
                                        } catch (ApiException refusal) {
                                            return refusal.code().code();
                                        }
                                    }))
                            .toList();
            var outcomes = new ArrayList<String>();
            for (var each : running) {
                outcomes.add(each.get());
            }
            return outcomes;
        }
    }
}
