package io.ferrypay.tradeadmin.approval;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.audit.Audit;
import io.ferrypay.tradeadmin.audit.NoSecrets;
import io.ferrypay.tradeadmin.audit.Who;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One person asks, another decides. What is decided is done in the transaction of the decision, so
 * of two checkers at once one decides, and a request never takes effect twice. That nobody decides
 * on their own request is held by the database, by the person and not by the account.
 */
@Service
public class Approvals {

    /** The permission to see requests of every kind. */
    public static final String READ_ALL = "approvals:read";

    /** Most that are decided together. */
    public static final int LARGEST_BULK = 50;

    private static final Logger log = LoggerFactory.getLogger(Approvals.class);
    private static final int LARGEST_SWEEP = 200;
    private static final int LONGEST_REASON = 1000;
    private final ApprovalTable table;
    private final ApprovalKinds kinds;
    private final TransactionTemplate transactions;
    private final Audit audit;
    private final JsonMapper json;
    private final Clock clock;
    private final Counter unexpired;

    Approvals(
            ApprovalTable table,
            ApprovalKinds kinds,
            TransactionTemplate transactions,
            Audit audit,
            JsonMapper json,
            Clock clock,
            MeterRegistry metrics) {
        this.table = table;
        this.kinds = kinds;
        this.transactions = transactions;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
        this.unexpired =
                Counter.builder("approvals.unexpired")
                        .description("Times that an overdue request could not be closed")
                        .register(metrics);
    }

    /** Requests of a kind that wait. */
    public record Waiting(String kind, int count, Instant oldest) {}

    /** What became of one of a bulk. */
    public record BulkResult(
            String id, @Nullable Approval approval, @Nullable ApiException refusal) {}

    /** For somebody of our staff, who needs the kind's permission to ask. */
    public <P> Approval ask(StaffCaller maker, ApprovalKind<P> kind, P payload, String reason) {
        maker.require(kind.askPermission());
        return ask(Who.staff(maker), Maker.staff(maker), kind, payload, reason);
    }

    /**
     * Stores the request, in the caller's transaction if there is one. Refuses with 409 {@code
     * approval_pending} when one of this kind about the same waits already.
     *
     * @param reason why, for those who decide; up to 1000 characters
     */
    public <P> Approval ask(Maker maker, ApprovalKind<P> kind, P payload, String reason) {
        return ask(
                new Who(maker.name(), maker.accountId(), null, null), maker, kind, payload, reason);
    }

    private <P> Approval ask(Who who, Maker maker, ApprovalKind<P> kind, P payload, String reason) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw ApiException.invalid("/reason", "required", "must have 1 to 1000 characters");
        }
        var registered = kinds.of(kind.name());
        if (!registered.payload().equals(kind.payload())) {
            throw new IllegalStateException(kind.name() + " is another kind");
        }
        return transactions.execute(_ -> {
            var now = now();
            var tree = json.valueToTree(payload);
            NoSecrets.check(tree);
            var diff = kind.diff(payload);
            for (var change : diff) {
                NoSecrets.check(change.field());
            }
            var approval =
                    new Approval(
                            "apr_" + UlidCreator.getMonotonicUlid(),
                            kind.name(),
                            kind.subject(payload),
                            diff,
                            reason.strip(),
                            maker,
                            kind.approvers(payload),
                            ApprovalStatus.PENDING,
                            1,
                            now,
                            now.plus(kind.life()),
                            null,
                            List.of());
            if (!table.add(approval, json.writeValueAsString(tree))) {
                throw ApiException.of(ApprovalProblems.ALREADY_ASKED);
            }
            audit.record(
                    who,
                    new Audit.Act(
                            "approval.asked", approval.id(), null, told(approval), reason.strip()));
            return approval;
        });
    }

    /**
     * Approves; the last approval that is needed does what was asked for. Refuses with 403 {@code
     * own_request} the maker, under whatever account, and {@code step_up_required} after an old
     * proof; with 409 what is closed, expired, not the version that was seen, or not true any more;
     * and with whatever the kind refuses by.
     *
     * @param version as the checker saw it
     */
    public Approval approve(StaffCaller checker, String id, long version, @Nullable String reason) {
        return decide(checker, id, version, true, false, reason);
    }

    /** One rejection is enough. Refuses as {@link #approve}. */
    public Approval reject(StaffCaller checker, String id, long version, String reason) {
        if (reason.isBlank()) {
            throw ApiException.invalid("/reason", "required", "is missing");
        }
        return decide(checker, id, version, false, false, reason);
    }

    /** One of those to approve together, as it was seen. */
    public record Seen(String id, long version) {}

    /**
     * Approves what belongs together, each for itself: what one is refused for leaves the others
     * alone. All have to be of one kind that allows it for each of them.
     */
    public List<BulkResult> approveAll(
            StaffCaller checker, List<Seen> seen, @Nullable String reason) {
        if (seen.isEmpty() || seen.size() > LARGEST_BULK) {
            throw ApiException.invalid(
                    "/approvals", "out_of_range", "must be 1 to " + LARGEST_BULK);
        }
        if (seen.stream().map(Seen::id).distinct().count() != seen.size()) {
            throw ApiException.invalid("/approvals", "not_unique", "names one twice");
        }
        if (seen.stream()
                        .map(one -> table.find(one.id()).map(stored -> stored.approval().kind()))
                        .flatMap(Optional::stream)
                        .distinct()
                        .count()
                > 1) {
            throw ApiException.invalid("/approvals", "not_allowed", "must all be of one kind");
        }
        var results = new ArrayList<BulkResult>();
        for (var one : seen) {
            try {
                results.add(
                        new BulkResult(
                                one.id(),
                                decide(checker, one.id(), one.version(), true, true, reason),
                                null));
            } catch (ApiException refusal) {
                results.add(new BulkResult(one.id(), null, refusal));
            }
        }
        return results;
    }

    private Approval decide(
            StaffCaller checker,
            String id,
            long version,
            boolean approves,
            boolean inBulk,
            @Nullable String reason) {
        return transactions.execute(_ -> {
            var stored =
                    table.lock(id)
                            .filter(one -> maySee(checker, one))
                            .orElseThrow(Approvals::notFound);
            return decide(
                    checker,
                    stored,
                    kinds.of(stored.approval().kind()),
                    version,
                    approves,
                    inBulk,
                    reason);
        });
    }

    private <P> Approval decide(
            StaffCaller checker,
            ApprovalTable.Stored stored,
            ApprovalKind<P> kind,
            long version,
            boolean approves,
            boolean inBulk,
            @Nullable String reason) {
        var approval = stored.approval();
        var now = now();
        var who = Who.staff(checker);
        checker.require(kind.decidePermission());
        if (checker.personId().equals(approval.maker().name())) {
            throw ApiException.of(ApprovalProblems.OWN_REQUEST);
        }
        checker.requireStepUp(now);
        refuseUnlessOpen(approval, version, now);
        if (approval.decisions().stream()
                .anyMatch(decision -> decision.personId().equals(checker.personId()))) {
            throw ApiException.of(ApprovalProblems.ALREADY_APPROVED);
        }
        if (inBulk && !isSmall(stored, kind)) {
            throw ApiException.of(ApprovalProblems.NOT_IN_BULK);
        }
        table.add(
                approval.id(),
                approval.maker(),
                new Approval.Decision(
                        checker.accountId(), checker.personId(), approves, textOf(reason), now));
        if (!approves) {
            return closeUnapproved(stored, kind, ApprovalStatus.REJECTED, now, who, textOf(reason));
        }
        var payload = read(stored, kind);
        if (approval.approvals() + 1 < approval.approversNeeded()) {
            table.move(approval, ApprovalStatus.PENDING, null);
            var half = again(approval.id());
            tell(who, "approval.approved", approval, half, textOf(reason));
            return half;
        }
        kind.lock(payload);
        if (!kind.diff(payload).equals(approval.diff())) {
            throw ApiException.of(ApprovalProblems.OUTDATED);
        }
        var approved = close(stored, ApprovalStatus.APPROVED, now, who, textOf(reason));
        kind.apply(payload, approved);
        return approved;
    }

    private <P> P read(ApprovalTable.Stored stored, ApprovalKind<P> kind) {
        return json.readValue(stored.payload(), kind.payload());
    }

    private static void refuseUnlessOpen(Approval approval, long version, Instant now) {
        if (approval.status() != ApprovalStatus.PENDING) {
            throw ApiException.of(
                    ApprovalProblems.DECIDED,
                    problem -> problem.with("status", approval.status().text()));
        }
        if (now.isAfter(approval.expiresAt())) {
            throw ApiException.of(ApprovalProblems.EXPIRED);
        }
        if (approval.version() != version) {
            throw ApiException.of(
                    ApprovalProblems.CHANGED,
                    problem -> problem.with("current_version", approval.version()));
        }
    }

    private Approval close(
            ApprovalTable.Stored stored,
            ApprovalStatus status,
            Instant now,
            Who who,
            @Nullable String reason) {
        table.move(stored.approval(), status, now);
        var closed = again(stored.approval().id());
        tell(who, "approval." + status.text(), stored.approval(), closed, reason);
        return closed;
    }

    /** What the audit says of a request: everything that people were shown. */
    private record Told(
            String kind,
            String subject,
            List<Change> diff,
            String status,
            int approvals,
            int approversNeeded) {}

    private static Told told(Approval approval) {
        return new Told(
                approval.kind(),
                approval.subject(),
                approval.diff(),
                approval.status().text(),
                approval.approvals(),
                approval.approversNeeded());
    }

    private void tell(
            Who who, String action, Approval before, Approval after, @Nullable String reason) {
        audit.record(
                who,
                new Audit.Act(
                        action,
                        after.id(),
                        Map.of("status", before.status().text()),
                        told(after),
                        reason));
    }

    private Approval again(String id) {
        return table.find(id).orElseThrow().approval();
    }

    /** By the person who asked, under whatever account; nobody else's. */
    public Approval withdraw(StaffCaller maker, String id, long version) {
        return transactions.execute(_ -> {
            var stored =
                    table.lock(id)
                            .filter(one -> maySee(maker, one))
                            .orElseThrow(Approvals::notFound);
            if (!stored.approval().maker().name().equals(maker.personId())) {
                throw ApiException.of(ApprovalProblems.NOT_THE_MAKER);
            }
            var now = now();
            refuseUnlessOpen(stored.approval(), version, now);
            return closeUnapproved(
                    stored,
                    kinds.of(stored.approval().kind()),
                    ApprovalStatus.WITHDRAWN,
                    now,
                    Who.staff(maker),
                    null);
        });
    }

    /**
     * Nobody decides what waits about these until the caller's transaction ends. For who closes
     * several at once: all are locked before anything is written to the audit, which everybody who
     * decides writes to while they hold a lock.
     */
    public void hold(ApprovalKind<?> kind, List<String> subjects) {
        subjects.stream().sorted().forEach(subject -> table.lockOpen(kind.name(), subject));
    }

    /**
     * For somebody outside, who takes back what they asked for; in the caller's transaction if
     * there is one. Empty when nothing about this waits any more: then it was decided first.
     */
    public Optional<Approval> withdraw(Maker maker, ApprovalKind<?> kind, String subject) {
        return Objects.requireNonNull(
                transactions.execute(_ ->
                        table.lockOpen(kind.name(), subject)
                                .filter(stored -> stored.approval().maker().equals(maker))
                                .map(stored ->
                                        closeUnapproved(
                                                stored,
                                                kind,
                                                ApprovalStatus.WITHDRAWN,
                                                now(),
                                                Who.outside(maker.name()),
                                                null))));
    }

    /**
     * A person may say no to what can't be read any more; its kind gives back by its subject. The
     * clock leaves such a request to a person.
     */
    private <P> Approval closeUnapproved(
            ApprovalTable.Stored stored,
            ApprovalKind<P> kind,
            ApprovalStatus status,
            Instant now,
            Who who,
            @Nullable String reason) {
        @Nullable P payload = null;
        try {
            payload = read(stored, kind);
        } catch (JacksonException e) {
            if (status == ApprovalStatus.EXPIRED) {
                throw e;
            }
            log.error("{} is {} and can't be read", stored.approval().id(), status.text());
        }
        if (payload != null) {
            kind.lock(payload);
        }
        var closed = close(stored, status, now, who, reason);
        if (payload == null) {
            kind.closedUnread(closed);
        } else {
            kind.closed(payload, closed);
        }
        return closed;
    }

    /**
     * Any instance does it; each request in a transaction of its own. One that fails holds up no
     * other, is counted by {@code approvals.unexpired}, and is tried again at the next sweep.
     */
    @Scheduled(fixedDelayString = "${ferry.approvals.expire-every:30s}")
    void expire() {
        var failed = new ArrayList<String>();
        var closed = 0;
        while (closed < LARGEST_SWEEP) {
            var taken = new AtomicReference<@Nullable String>();
            try {
                if (!Boolean.TRUE.equals(transactions.execute(_ -> expireOne(failed, taken)))) {
                    return;
                }
                closed++;
            } catch (RuntimeException e) {
                unexpired.increment();
                var id = taken.get();
                log.error("{} could not be closed when its time was over", id, e);
                if (id == null) {
                    return;
                }
                failed.add(id);
            }
        }
    }

    private boolean expireOne(List<String> failed, AtomicReference<@Nullable String> taken) {
        var now = now();
        var id = table.lockOverdue(now, kinds.names(), failed).orElse(null);
        if (id == null) {
            return false;
        }
        taken.set(id);
        var overdue = table.find(id).orElseThrow();
        closeUnapproved(
                overdue,
                kinds.of(overdue.approval().kind()),
                ApprovalStatus.EXPIRED,
                now,
                Who.system(),
                null);
        return true;
    }

    /** Refuses with 404 what the person may not see. */
    public Approval get(StaffCaller caller, String id) {
        return table.find(id)
                .filter(stored -> maySee(caller, stored))
                .orElseThrow(Approvals::notFound)
                .approval();
    }

    /**
     * One of a list.
     *
     * @param bulk as {@link #inBulk} says
     */
    public record Listed(Approval approval, boolean bulk) {}

    /**
     * Those that the person may see, newest first.
     *
     * @param before the id of the last one on the page before
     */
    public List<Listed> list(
            StaffCaller caller,
            @Nullable ApprovalStatus status,
            @Nullable String kind,
            @Nullable String before,
            int limit) {
        return table
                .list(
                        visible(caller).stream()
                                .filter(name -> kind == null || kind.equals(name))
                                .toList(),
                        status,
                        before,
                        limit)
                .stream()
                .map(stored -> new Listed(stored.approval(), inBulk(stored)))
                .toList();
    }

    /** How many of each kind that the person may see are waiting. */
    public List<Waiting> waiting(StaffCaller caller) {
        return table.waiting(visible(caller)).stream()
                .map(one -> new Waiting(one.kind(), one.count(), one.oldest()))
                .toList();
    }

    /** Whether the person could decide on it now, apart from a second factor. */
    public boolean mayDecide(StaffCaller caller, Approval approval) {
        return approval.status() == ApprovalStatus.PENDING
                && !caller.personId().equals(approval.maker().name())
                && approval.decisions().stream()
                        .noneMatch(decision -> decision.personId().equals(caller.personId()))
                && kinds.find(approval.kind())
                        .map(kind -> caller.may(kind.decidePermission()))
                        .orElse(false);
    }

    /** Whether it waits and may be approved together with others of its kind. */
    public boolean inBulk(Approval approval) {
        return approval.status() == ApprovalStatus.PENDING
                && table.find(approval.id()).map(this::inBulk).orElse(false);
    }

    private boolean inBulk(ApprovalTable.Stored stored) {
        return stored.approval().status() == ApprovalStatus.PENDING
                && kinds.find(stored.approval().kind())
                        .map(kind -> isSmall(stored, kind))
                        .orElse(false);
    }

    /** What nobody can say this of is decided by itself. */
    private <P> boolean isSmall(ApprovalTable.Stored stored, ApprovalKind<P> kind) {
        try {
            return kind.inBulk(read(stored, kind));
        } catch (RuntimeException e) {
            log.warn("Nobody can say how large {} is", stored.approval().id(), e);
            return false;
        }
    }

    private boolean maySee(StaffCaller caller, ApprovalTable.Stored stored) {
        return kinds.find(stored.approval().kind()).map(kind -> maySee(caller, kind)).orElse(false);
    }

    private static boolean maySee(StaffCaller caller, ApprovalKind<?> kind) {
        return caller.may(READ_ALL)
                || caller.may(kind.askPermission())
                || caller.may(kind.decidePermission());
    }

    private List<String> visible(StaffCaller caller) {
        return kinds.names().stream().filter(name -> maySee(caller, kinds.of(name))).toList();
    }

    private static ApiException notFound() {
        return ApiException.of(CommonProblems.NOT_FOUND);
    }

    private static @Nullable String textOf(@Nullable String reason) {
        return reason == null || reason.isBlank() ? null : reason.strip();
    }

    /** As exact as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
