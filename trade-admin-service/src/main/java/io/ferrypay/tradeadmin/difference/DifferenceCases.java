package io.ferrypay.tradeadmin.difference;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import io.ferrypay.events.Outbox;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.Approvals;
import io.ferrypay.tradeadmin.audit.Audit;
import io.ferrypay.tradeadmin.audit.Who;
import io.ferrypay.tradeadmin.ledger.Account;
import io.ferrypay.tradeadmin.ledger.AccountType;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.ledger.Journal;
import io.ferrypay.tradeadmin.ledger.JournalKind;
import io.ferrypay.tradeadmin.ledger.LedgerEntry;
import io.ferrypay.tradeadmin.ledger.PostJournals;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Differences: told by reconcile-service, decided by two people, told back by {@code
 * difference.decided}. What is at stake is booked as soon as it is known, so that what a channel
 * owes us is what the channel says, and {@code suspense} what nobody can explain. A decision moves
 * it from there; when a difference turns out to be none, all of it is booked back.
 *
 * <p>A case is locked before the book is. Each of its journals belongs to one event or approval, so
 * nothing is booked twice.
 */
@Service
public class DifferenceCases implements EventHandler {

    static final Set<String> TYPES = Set.of("difference.opened", "difference.ended");
    public static final String READ = "reconciliation:read";
    static final String WRITE = "reconciliation:write";
    static final String APPROVE = "reconciliation:approve";

    private static final String SYSTEM = "system";
    private static final int LONGEST_TEXT = 1000;
    private static final int LONGEST_WAIT_DAYS = 30;

    private final JdbcClient jdbc;
    private final PostJournals journals;
    private final Outbox outbox;
    private final Audit audit;
    private final ObjectProvider<Approvals> approvals;
    private final ObjectProvider<DecideDifference> kind;
    private final JsonMapper json;
    private final Clock clock;

    DifferenceCases(
            JdbcClient jdbc,
            PostJournals journals,
            Outbox outbox,
            Audit audit,
            ObjectProvider<Approvals> approvals,
            ObjectProvider<DecideDifference> kind,
            JsonMapper json,
            Clock clock,
            MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.journals = journals;
        this.outbox = outbox;
        this.audit = audit;
        this.approvals = approvals;
        this.kind = kind;
        this.json = json;
        this.clock = clock;
        Gauge.builder("differences.overdue", this, cases -> cases.countOverdue())
                .description("Differences that should have been decided by now")
                .register(metrics);
    }

    /** What happened to a difference. */
    public record Entry(Instant at, String what, String who, JsonNode detail) {}

    private record Assigned(@Nullable String to) {}

    private record Waiting(Instant until) {}

    private record Decided(String difference, String action) {}

    @Override
    public void apply(List<Event> batch) {
        for (var event : batch) {
            switch (event.type()) {
                case "difference.opened" -> opened(event);
                case "difference.ended" -> ended(event);
                default -> {
                    // Nothing of ours.
                }
            }
        }
    }

    private void opened(Event event) {
        var data = event.data();
        var number = data.required("difference").asLong();
        var type = data.required("type").asString();
        var known =
                jdbc.sql(
                                """
                                insert into difference_case as known (number, version, told_version, status, book,
                                    channel, account, day, type, kind, subject, order_number, refund_number,
                                    channel_reference, line_number, theirs, ours, currency, theirs_minor, ours_minor,
                                    merchant_id, owner_id, opened_at, due_at)
                                values (?, 1, ?, 'open', ?, ?, ?, cast(? as date), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                                    ?, ?, ?, ?)
                                on conflict (number) do update set
                                    version = known.version + 1, told_version = excluded.told_version,
                                    status = 'open', ended_at = null, action = null, decided_at = null,
                                    due_at = excluded.due_at
                                 where known.told_version < excluded.told_version
                                returning number
                                """)
                        .params(
                                Arrays.asList(
                                        number,
                                        event.version(),
                                        Book.of(data.required("livemode").asBoolean()).wireName(),
                                        data.required("channel").asString(),
                                        data.required("account").asString(),
                                        data.required("day").asString(),
                                        type,
                                        data.required("kind").asString(),
                                        data.required("subject").asString(),
                                        text(data, "order_number"),
                                        text(data, "refund_number"),
                                        text(data, "channel_reference"),
                                        whole(data, "line_number"),
                                        text(data, "theirs"),
                                        text(data, "ours"),
                                        text(data, "currency"),
                                        whole(data, "theirs_minor"),
                                        whole(data, "ours_minor"),
                                        text(data, "merchant_id"),
                                        text(data, "owner_id"),
                                        Timestamp.from(event.time()),
                                        Timestamp.from(
                                                event.time()
                                                        .plus(DifferenceAction.patience(type)))))
                        .query(Long.class)
                        .optional();
        if (known.isEmpty()) {
            return; // Told before, or older than what is known.
        }
        for (var stake : data.required("stakes")) {
            jdbc.sql(
                            """
                            insert into difference_stake (number, currency, minor) values (?, ?, ?)
                            on conflict do nothing
                            """)
                    .params(
                            number,
                            stake.required("currency").asString(),
                            stake.required("minor").asLong())
                    .update();
        }
        add(number, "opened", SYSTEM, json.createObjectNode());
        var one = lock(number);
        if (!one.stakes().isEmpty() && DifferenceAction.isBookedWhenFound(type)) {
            move(one, AccountType.SUSPENSE, JournalKind.DIFFERENCE, event.id(), event.time());
        }
    }

    private void ended(Event event) {
        var number = event.data().required("difference").asLong();
        var one =
                jdbc.sql("select number from difference_case where number = ? and told_version < ?")
                        .params(number, event.version())
                        .query(Long.class)
                        .optional()
                        .map(this::lock)
                        .orElse(null);
        if (one == null) {
            return;
        }
        move(one, null, JournalKind.DIFFERENCE_ENDED, event.id(), event.time());
        jdbc.sql(
                        """
                        update difference_case set version = version + 1, told_version = ?, status = 'ended',
                               ended_at = ? where number = ?
                        """)
                .params(event.version(), Timestamp.from(event.time()), number)
                .update();
        add(number, "ended", SYSTEM, json.createObjectNode());
    }

    /** Books the stakes from where they stand to there; null is nowhere. */
    private void move(
            DifferenceCase one,
            @Nullable AccountType to,
            JournalKind kind,
            String cause,
            Instant at) {
        var from =
                one.counterpart() == null
                        ? null
                        : AccountType.ofWireName(one.counterpart()).orElseThrow();
        if (from == to || one.stakes().isEmpty()) {
            return;
        }
        var entries = new ArrayList<LedgerEntry>();
        for (var stake : one.stakes()) {
            entries.add(new LedgerEntry(holder(from, one.channel()), stake));
            entries.add(
                    new LedgerEntry(
                            holder(to, one.channel()),
                            new Money(Math.negateExact(stake.minorUnits()), stake.currency())));
        }
        journals.post(
                List.of(
                        new Journal(
                                one.book(),
                                cause,
                                kind,
                                one.id() + ":" + cause,
                                null,
                                at,
                                entries)));
        jdbc.sql("update difference_case set counterpart = ? where number = ?")
                .params(Arrays.asList(to == null ? null : to.wireName(), one.number()))
                .update();
    }

    /** What stands nowhere is part of what the channel owes us. */
    private static Account holder(@Nullable AccountType type, String channel) {
        return switch (type) {
            case null -> Account.of(AccountType.CHANNEL_RECEIVABLE, channel);
            case SURPLUS_PAYABLE, CHANNEL_CLAIM -> Account.of(type, channel);
            default -> Account.of(type);
        };
    }

    /**
     * Asks for it; another person decides. Refuses with 409 {@code difference_closed}, {@code
     * difference_changed} and {@code action_not_fitting}.
     *
     * @param version as it was seen
     */
    @Transactional
    public Approval ask(
            StaffCaller caller, long number, long version, DifferenceAction action, String reason) {
        caller.require(WRITE);
        var one = lockOpen(number, version);
        requireFitting(one, action);
        var asked =
                approvals
                        .getObject()
                        .ask(
                                caller,
                                kind.getObject(),
                                new DecideDifference.Wanted(number, action),
                                reason);
        add(
                number,
                "action_asked",
                caller.personId(),
                json.createObjectNode()
                        .put("action", action.text())
                        .put("approval", asked.id())
                        .put("reason", reason.strip()));
        return asked;
    }

    /** In the transaction of the approval. */
    void decided(long number, DifferenceAction action, Approval approval) {
        var one = lockOpen(number, null);
        requireFitting(one, action);
        var now = now();
        if (action == DifferenceAction.ASK_CHANNEL) {
            jdbc.sql(
                            """
                            update difference_case set version = version + 1, asked = asked + 1, due_at = greatest(due_at, ?)
                             where number = ?
                            """)
                    .params(Timestamp.from(now.plus(1, ChronoUnit.DAYS)), number)
                    .update();
        } else {
            if (action.counterpart() != null) {
                move(one, action.counterpart(), JournalKind.DIFFERENCE_DECIDED, approval.id(), now);
            }
            jdbc.sql(
                            """
                            update difference_case set version = version + 1, status = 'decided', action = ?,
                                   decided_at = ? where number = ?
                            """)
                    .params(action.text(), Timestamp.from(now), number)
                    .update();
        }
        add(
                number,
                "decided",
                approval.maker().name(),
                json.createObjectNode()
                        .put("action", action.text())
                        .put("approval", approval.id()));
        audit.record(
                new Who(approval.maker().name(), approval.maker().accountId(), null, null),
                new Audit.Act(
                        "difference.decided",
                        one.id(),
                        null,
                        new Decided(one.id(), action.text()),
                        approval.reason()));
        outbox.append(
                Event.of(
                        "difference.decided",
                        one.id(),
                        one.version() + 1,
                        now,
                        json.createObjectNode()
                                .put("difference", number)
                                .put("action", action.text())
                                .put("livemode", one.book() == Book.LIVE)
                                .put("account", one.account())
                                .put("kind", one.kind())
                                .put("order_number", one.orderNumber())));
    }

    private static void requireFitting(DifferenceCase one, DifferenceAction action) {
        if (!one.actions().contains(action)) {
            throw ApiException.of(DifferenceProblems.NOT_FITTING);
        }
    }

    /**
     * @param person {@code per_…}; null for nobody
     */
    @Transactional
    public DifferenceCase assign(
            StaffCaller caller, long number, long version, @Nullable String person) {
        caller.require(WRITE);
        var before = lockOpen(number, version);
        jdbc.sql(
                        "update difference_case set version = version + 1, assigned_to = ? where number = ?")
                .params(Arrays.asList(person, number))
                .update();
        add(number, "assigned", caller.personId(), json.createObjectNode().put("to", person));
        audit.record(
                Who.staff(caller),
                new Audit.Act(
                        "difference.assigned",
                        before.id(),
                        new Assigned(before.assignedTo()),
                        new Assigned(person),
                        null));
        return find(number);
    }

    /** Gives it more time; nothing moves. At most 30 days from now. */
    @Transactional
    public DifferenceCase wait(
            StaffCaller caller, long number, long version, int days, String reason) {
        caller.require(WRITE);
        if (days < 1 || days > LONGEST_WAIT_DAYS) {
            throw ApiException.invalid("/days", "out_of_range", "must be from 1 to 30");
        }
        var why = reason.strip();
        if (why.isEmpty() || why.length() > LONGEST_TEXT) {
            throw ApiException.invalid("/reason", "required", "must have 1 to 1000 characters");
        }
        var before = lockOpen(number, version);
        var until = now().plus(days, ChronoUnit.DAYS);
        jdbc.sql("update difference_case set version = version + 1, due_at = ? where number = ?")
                .params(Timestamp.from(until), number)
                .update();
        add(
                number,
                "waits",
                caller.personId(),
                json.createObjectNode().put("until", until.toString()).put("reason", why));
        audit.record(
                Who.staff(caller),
                new Audit.Act(
                        "difference.waits",
                        before.id(),
                        new Waiting(before.dueAt()),
                        new Waiting(until),
                        why));
        return find(number);
    }

    /**
     * Which differences are wanted; null and false leave out nothing.
     *
     * @param status {@code open}, {@code decided} or {@code ended}
     * @param overdue only those that should have been decided by now
     */
    public record Filter(
            @Nullable String status,
            @Nullable String account,
            @Nullable LocalDate day,
            @Nullable String type,
            boolean overdue) {}

    /**
     * Newest first.
     *
     * @param before the last number of the page before
     */
    public List<DifferenceCase> page(Filter filter, @Nullable Long before, int limit) {
        var found =
                jdbc.sql(
                                """
                                select * from difference_case
                                 where (cast(:status as text) is null or status = :status)
                                   and (cast(:account as text) is null or account = :account)
                                   and (cast(:day as date) is null or day = :day)
                                   and (cast(:type as text) is null or type = :type)
                                   and (not :overdue or status = 'open' and due_at < :now)
                                   and (cast(:before as bigint) is null or number < :before)
                                 order by number desc limit :limit
                                """)
                        .param("status", filter.status())
                        .param("account", filter.account())
                        .param("day", filter.day(), java.sql.Types.DATE)
                        .param("type", filter.type())
                        .param("overdue", filter.overdue())
                        .param("now", Timestamp.from(now()))
                        .param("before", before, java.sql.Types.BIGINT)
                        .param("limit", limit)
                        .query((row, _) -> read(row))
                        .list();
        var stakes = stakes(found.stream().map(DifferenceCase::number).toArray(Long[]::new));
        return found.stream()
                .map(one -> with(one, stakes.getOrDefault(one.number(), List.of())))
                .toList();
    }

    /** Refuses with 404 what is no difference. */
    public DifferenceCase find(long number) {
        return find(number, "");
    }

    /** As {@link #find}, and nobody else changes it before the transaction ends. */
    DifferenceCase lock(long number) {
        return find(number, " for update");
    }

    private DifferenceCase find(long number, String locking) {
        var one =
                jdbc.sql("select * from difference_case where number = ?" + locking)
                        .param(number)
                        .query((row, _) -> read(row))
                        .optional()
                        .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
        return with(one, stakes(new Long[] {number}).getOrDefault(number, List.of()));
    }

    private DifferenceCase lockOpen(long number, @Nullable Long version) {
        var one = lock(number);
        if (!one.isOpen()) {
            throw ApiException.of(DifferenceProblems.CLOSED);
        }
        if (version != null && version != one.version()) {
            throw ApiException.of(
                    DifferenceProblems.CHANGED,
                    problem -> problem.with("current_version", one.version()));
        }
        return one;
    }

    public List<Entry> timeline(long number) {
        return jdbc.sql("select * from difference_entry where number = ? order by sequence")
                .param(number)
                .query((row, _) ->
                        new Entry(
                                row.getTimestamp("at").toInstant(),
                                row.getString("what"),
                                row.getString("who"),
                                json.readTree(row.getString("detail"))))
                .list();
    }

    /**
     * How it stands as a whole.
     *
     * @param age of those that are open, in days: under one, under three, under seven, and more
     * @param booked what is unexplained or claimed, by type of account and currency
     */
    public record Standing(
            long open,
            long overdue,
            Map<String, Long> byType,
            List<Long> age,
            List<Booked> booked) {}

    /** What stands in accounts of that type because of differences. */
    public record Booked(Book book, String account, Money amount) {}

    public Standing standing() {
        var byType = new HashMap<String, Long>();
        jdbc.sql("select type, count(*) from difference_case where status = 'open' group by type")
                .query(row -> {
                    byType.put(row.getString(1), row.getLong(2));
                });
        var now = now();
        var age =
                jdbc.sql(
                                """
                                select count(*) filter (where opened_at > cast(:now as timestamptz) - interval '1 day'),
                                       count(*) filter (where opened_at <= cast(:now as timestamptz) - interval '1 day'
                                                          and opened_at > cast(:now as timestamptz) - interval '3 days'),
                                       count(*) filter (where opened_at <= cast(:now as timestamptz) - interval '3 days'
                                                          and opened_at > cast(:now as timestamptz) - interval '7 days'),
                                       count(*) filter (where opened_at <= cast(:now as timestamptz) - interval '7 days')
                                  from difference_case where status = 'open'
                                """)
                        .param("now", Timestamp.from(now))
                        .query((row, _) ->
                                List.of(
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getLong(4)))
                        .single();
        var booked =
                jdbc.sql(
                                """
                                select c.book, c.counterpart, s.currency, sum(s.minor)::bigint
                                  from difference_case c join difference_stake s on s.number = c.number
                                 where c.counterpart in ('suspense', 'channel-claim')
                                 group by c.book, c.counterpart, s.currency order by 1, 2, 3
                                """)
                        .query((row, _) ->
                                new Booked(
                                        Book.ofWireName(row.getString(1)).orElseThrow(),
                                        row.getString(2),
                                        Money.ofMinor(
                                                row.getLong(4), Currency.of(row.getString(3)))))
                        .list();
        return new Standing(
                byType.values().stream().mapToLong(Long::longValue).sum(),
                countOverdue(),
                byType,
                age,
                booked);
    }

    private long countOverdue() {
        return jdbc.sql("select count(*) from difference_case where status = 'open' and due_at < ?")
                .param(Timestamp.from(now()))
                .query(Long.class)
                .single();
    }

    private void add(long number, String what, String who, JsonNode detail) {
        jdbc.sql(
                        """
                        insert into difference_entry (number, at, what, who, detail) values (?, ?, ?, ?, ?)
                        """)
                .params(number, Timestamp.from(now()), what, who, json.writeValueAsString(detail))
                .update();
    }

    private Map<Long, List<Money>> stakes(Long[] numbers) {
        var stakes = new HashMap<Long, List<Money>>();
        jdbc.sql(
                        """
                        select number, currency, minor from difference_stake
                         where number = any (?) order by number, currency
                        """)
                .param(numbers)
                .query(row -> {
                    stakes.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                            .add(Money.ofMinor(row.getLong(3), Currency.of(row.getString(2))));
                });
        return stakes;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static @Nullable String text(JsonNode data, String name) {
        return data.path(name).isString() ? data.path(name).asString() : null;
    }

    private static @Nullable Long whole(JsonNode data, String name) {
        return data.path(name).isIntegralNumber() ? data.path(name).asLong() : null;
    }

    private static @Nullable Money money(ResultSet row, String name) throws SQLException {
        var minor = row.getObject(name, Long.class);
        var currency = row.getString("currency");
        return minor == null || currency == null
                ? null
                : Money.ofMinor(minor, Currency.of(currency));
    }

    private static @Nullable Instant at(ResultSet row, String name) throws SQLException {
        var at = row.getTimestamp(name);
        return at == null ? null : at.toInstant();
    }

    private static DifferenceCase read(ResultSet row) throws SQLException {
        var action = row.getString("action");
        return new DifferenceCase(
                row.getLong("number"),
                row.getLong("version"),
                row.getString("status"),
                Book.ofWireName(row.getString("book")).orElseThrow(),
                row.getString("channel"),
                row.getString("account"),
                row.getObject("day", LocalDate.class),
                row.getString("type"),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("order_number"),
                row.getString("refund_number"),
                row.getString("channel_reference"),
                row.getObject("line_number", Long.class),
                row.getString("theirs"),
                row.getString("ours"),
                money(row, "theirs_minor"),
                money(row, "ours_minor"),
                row.getString("merchant_id"),
                row.getString("owner_id"),
                List.of(),
                row.getString("counterpart"),
                row.getString("assigned_to"),
                row.getInt("asked"),
                action == null ? null : DifferenceAction.ofText(action),
                Objects.requireNonNull(at(row, "opened_at")),
                Objects.requireNonNull(at(row, "due_at")),
                at(row, "decided_at"),
                at(row, "ended_at"));
    }

    private static DifferenceCase with(DifferenceCase one, List<Money> stakes) {
        return new DifferenceCase(
                one.number(),
                one.version(),
                one.status(),
                one.book(),
                one.channel(),
                one.account(),
                one.day(),
                one.type(),
                one.kind(),
                one.subject(),
                one.orderNumber(),
                one.refundNumber(),
                one.channelReference(),
                one.lineNumber(),
                one.theirs(),
                one.ours(),
                one.theirAmount(),
                one.ourAmount(),
                one.merchantId(),
                one.ownerId(),
                stakes,
                one.counterpart(),
                one.assignedTo(),
                one.asked(),
                one.action(),
                one.openedAt(),
                one.dueAt(),
                one.decidedAt(),
                one.endedAt());
    }
}
