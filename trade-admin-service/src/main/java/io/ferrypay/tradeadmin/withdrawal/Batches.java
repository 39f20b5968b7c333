package io.ferrypay.tradeadmin.withdrawal;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.ledger.Account;
import io.ferrypay.tradeadmin.ledger.AccountType;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.ledger.Journal;
import io.ferrypay.tradeadmin.ledger.JournalKind;
import io.ferrypay.tradeadmin.ledger.LedgerEntry;
import io.ferrypay.tradeadmin.ledger.PostJournals;
import io.ferrypay.tradeadmin.settlement.BankingDays;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what is approved to the bank: one batch a working day, book and currency. From then on the
 * money is in transit, until the bank says what became of it.
 */
@Service
public class Batches {

    private static final Logger log = LoggerFactory.getLogger(Batches.class);

    /** Most withdrawals of a batch; the rest goes on the next working day. */
    static final int LARGEST = 5_000;

    private final JdbcClient jdbc;
    private final Withdrawals withdrawals;
    private final PostJournals journals;
    private final BankingDays days;
    private final TransactionTemplate transactions;
    private final WithdrawalSettings settings;
    private final Clock clock;

    Batches(
            JdbcClient jdbc,
            Withdrawals withdrawals,
            PostJournals journals,
            BankingDays days,
            TransactionTemplate transactions,
            WithdrawalSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.withdrawals = withdrawals;
        this.journals = journals;
        this.days = days;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param cutFor the working day on which it goes
     */
    public record Batch(
            String id, Book book, LocalDate cutFor, int withdrawals, Money total, Instant cutAt) {}

    /**
     * What a run did.
     *
     * @param examined books and currencies in which something was approved
     * @param changed of these, with a new batch
     */
    public record Cut(int examined, int changed, int unknown) {}

    private record Open(Book book, Currency currency) {}

    /** After the cut-off of a working day, once; before it, nothing. */
    public Cut cut() {
        var now = clock.instant();
        var local = now.atZone(settings.zone());
        if (local.toLocalTime().isBefore(settings.cutOff())
                || !days.isWorked(local.toLocalDate())) {
            return new Cut(0, 0, 0);
        }
        return cut(
                local.toLocalDate(),
                local.toLocalDate().atTime(settings.cutOff()).atZone(settings.zone()).toInstant());
    }

    /**
     * @param before what was asked for earlier than that goes
     */
    public Cut cut(LocalDate day, Instant before) {
        var open =
                jdbc.sql(
                                "select distinct book, currency from withdrawal"
                                        + " where status = 'approved' and created_at < ?"
                                        + " order by book, currency")
                        .param(Timestamp.from(before))
                        .query((row, _) ->
                                new Open(
                                        Book.ofWireName(row.getString(1)).orElseThrow(),
                                        Currency.of(row.getString(2))))
                        .list();
        var changed = 0;
        for (var one : open) {
            changed +=
                    Boolean.TRUE.equals(transactions.execute(_ -> cut(one, day, before))) ? 1 : 0;
        }
        return new Cut(open.size(), changed, 0);
    }

    private boolean cut(Open open, LocalDate day, Instant before) {
        lockBook(open.book());
        var known =
                jdbc.sql(
                                "select count(*) from withdrawal_batch"
                                        + " where book = ? and currency = ? and cut_for = ?")
                        .params(open.book().wireName(), open.currency().code(), day)
                        .query(Long.class)
                        .single();
        if (known > 0) {
            return false;
        }
        List<Withdrawal> leaving =
                jdbc.sql(
                                """
                                select w.* from withdrawal w join bank_account b on b.id = w.bank_account_id
                                 where w.book = ? and w.currency = ? and w.status = 'approved' and w.created_at < ?
                                   and b.status = 'active' and b.usable_from <= ?
                                 order by w.created_at, w.id limit ? for no key update of w
                                """)
                        .params(
                                open.book().wireName(),
                                open.currency().code(),
                                Timestamp.from(before),
                                Timestamp.from(clock.instant()),
                                LARGEST)
                        .query((row, _) -> Withdrawals.withdrawal(row))
                        .list();
        var below = belowZero(open, leaving);
        below.forEach(one -> withdrawals.tell(one, "balance_below_zero"));
        leaving = leaving.stream().filter(one -> !below.contains(one)).toList();
        if (leaving.isEmpty()) {
            return false; // They were canceled meanwhile, or have to wait.
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var id = "wdb_" + UlidCreator.getUlid(now.toEpochMilli());
        var total =
                leaving.stream()
                        .map(Withdrawal::amount)
                        .reduce(Money.zero(open.currency()), Money::plus);
        jdbc.sql("insert into withdrawal_batch values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        id,
                        open.book().wireName(),
                        open.currency().code(),
                        day,
                        leaving.size(),
                        total.minorUnits(),
                        Timestamp.from(now))
                .update();
        journals.post(leaving.stream().map(one -> left(one, now)).toList());
        jdbc.sql(
                        "update withdrawal set status = 'in_batch', failure = null, batch_id = ?, changed_at = ?"
                                + " where id = any(?)")
                .params(
                        id,
                        Timestamp.from(now),
                        leaving.stream().map(Withdrawal::id).toArray(String[]::new))
                .update();
        log.info("Batch {} of {}: {} withdrawals, {}", id, day, leaving.size(), total);
        return true;
    }

    /**
     * Of merchants who owe us something: their money stays until they do not. Their balances stay
     * locked, so that what is not here can't come to owe before it has left.
     */
    private List<Withdrawal> belowZero(Open open, List<Withdrawal> some) {
        var owing =
                jdbc.sql(
                                """
                                select merchant_id, available_minor from merchant_balance
                                 where book = ? and currency = ? and merchant_id = any(?)
                                 order by merchant_id for no key update
                                """)
                        .params(
                                open.book().wireName(),
                                open.currency().code(),
                                some.stream()
                                        .map(Withdrawal::merchantId)
                                        .distinct()
                                        .toArray(String[]::new))
                        .query((row, _) -> row.getLong(2) < 0 ? row.getString(1) : "")
                        .list();
        return some.stream().filter(one -> owing.contains(one.merchantId())).toList();
    }

    /** Whoever changes balances of several merchants has the book. */
    private void lockBook(Book book) {
        jdbc.sql("select 1 from book where id = ? for no key update")
                .param(book.wireName())
                .query(Integer.class)
                .single();
    }

    private static Journal left(Withdrawal one, Instant at) {
        return journal(
                one,
                JournalKind.WITHDRAWAL,
                "-left",
                at,
                LedgerEntry.debit(payable(one), one.amount()),
                LedgerEntry.credit(Account.of(AccountType.WITHDRAWAL_IN_TRANSIT), one.amount()));
    }

    private static Account payable(Withdrawal one) {
        return Account.of(AccountType.MERCHANT_PAYABLE, one.merchantId());
    }

    private static Journal journal(
            Withdrawal one, JournalKind kind, String suffix, Instant at, LedgerEntry... entries) {
        return new Journal(
                one.book(), one.id() + suffix, kind, one.id(), null, at, List.of(entries));
    }

    /** What the bank said of one withdrawal. */
    public enum Said {
        PAID,
        FAILED,
        /** It was sent and came back. */
        RETURNED,
        /** It is on its way; nothing changes. */
        PENDING,
        /** Nothing we know. */
        UNKNOWN
    }

    /**
     * @param amount what the bank names; must be that of the withdrawal
     * @param reason of the bank, where it did not pay
     */
    public record BankLine(
            String withdrawalId, @Nullable Money amount, Said said, @Nullable String reason) {}

    /**
     * @param sha256 of the file, in hexadecimal: the same file changes nothing twice
     * @param count how many withdrawals the file says the batch had, if it says so
     * @param total what it says they added up to, if it says so
     */
    public record BankFile(
            String sha256, @Nullable Integer count, @Nullable Money total, List<BankLine> lines) {

        public BankFile {
            lines = List.copyOf(lines);
        }
    }

    /**
     * What a file did.
     *
     * @param ignored lines that told what was known, or cannot be any more
     * @param repeated whether the very file had been read before; then nothing happened
     */
    public record Applied(
            int paid, int failed, int returned, int unknown, int ignored, boolean repeated) {}

    /**
     * Does what the bank's file says, all of it or nothing.
     *
     * @throws ApiException {@code bank_response_refused} where it names other withdrawals, amounts
     *     or totals than the batch has, or one twice
     */
    public Applied apply(Batch batch, BankFile file, String receivedBy) {
        return transactions.execute(_ -> {
            lockBook(batch.book());
            var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            var fresh =
                    jdbc.sql(
                                    "insert into bank_response values (?, ?, ?, ?, ?)"
                                            + " on conflict (sha256) do nothing")
                            .params(
                                    file.sha256(),
                                    batch.id(),
                                    file.lines().size(),
                                    receivedBy,
                                    Timestamp.from(now))
                            .update();
            if (fresh == 0) {
                return new Applied(0, 0, 0, 0, file.lines().size(), true);
            }
            check(batch, file);
            return apply(batch, file, now);
        });
    }

    private static void check(Batch batch, BankFile file) {
        if (file.count() != null && file.count() != batch.withdrawals()) {
            throw refused(
                    "It speaks of " + file.count() + " withdrawals, not " + batch.withdrawals());
        }
        if (file.total() != null && !file.total().equals(batch.total())) {
            throw refused("It speaks of " + file.total() + ", not " + batch.total());
        }
        if (file.lines().stream().map(BankLine::withdrawalId).distinct().count()
                != file.lines().size()) {
            throw refused("It names a withdrawal twice");
        }
    }

    private static ApiException refused(String why) {
        return ApiException.of(WithdrawalProblems.RESPONSE, why + ".");
    }

    private record Step(Withdrawal withdrawal, WithdrawalStatus next, @Nullable String reason) {}

    private Applied apply(Batch batch, BankFile file, Instant now) {
        var steps = new ArrayList<Step>();
        var ignored = 0;
        for (var i = 0; i < file.lines().size(); i++) {
            var line = file.lines().get(i);
            var withdrawal =
                    jdbc.sql("select * from withdrawal where batch_id = ? and id = ? for update")
                            .params(batch.id(), line.withdrawalId())
                            .query((row, _) -> Withdrawals.withdrawal(row))
                            .optional()
                            .orElseThrow(
                                    () -> refused(line.withdrawalId() + " is not in the batch"));
            var amount = line.amount();
            if (amount != null && !amount.equals(withdrawal.amount())) {
                throw refused(
                        line.withdrawalId() + " is " + withdrawal.amount() + ", not " + amount);
            }
            jdbc.sql("insert into bank_response_line values (?, ?, ?, ?, ?)")
                    .param(file.sha256())
                    .param(i + 1)
                    .param(withdrawal.id())
                    .param(line.said().name().toLowerCase(java.util.Locale.ROOT))
                    .param(line.reason())
                    .update();
            var next = next(withdrawal.status(), line.said());
            if (next == null) {
                ignored++;
            } else {
                steps.add(new Step(withdrawal, next, line.reason()));
            }
        }
        take(steps, now);
        return new Applied(
                count(steps, WithdrawalStatus.PAID),
                count(steps, WithdrawalStatus.FAILED),
                count(steps, WithdrawalStatus.RETURNED),
                count(steps, WithdrawalStatus.UNKNOWN),
                ignored,
                false);
    }

    private static int count(List<Step> steps, WithdrawalStatus status) {
        return Math.toIntExact(steps.stream().filter(step -> step.next() == status).count());
    }

    /** Null where nothing changes: it is known already, or cannot be after what is known. */
    private static @Nullable WithdrawalStatus next(WithdrawalStatus is, Said said) {
        return switch (is) {
            case IN_BATCH, UNKNOWN ->
                    switch (said) {
                        case PAID -> WithdrawalStatus.PAID;
                        // Never seen as paid, and back already.
                        case FAILED, RETURNED -> WithdrawalStatus.FAILED;
                        case UNKNOWN ->
                                is == WithdrawalStatus.UNKNOWN ? null : WithdrawalStatus.UNKNOWN;
                        case PENDING -> null;
                    };
            case PAID -> said == Said.RETURNED ? WithdrawalStatus.RETURNED : null;
            case FAILED, RETURNED, PENDING_APPROVAL, APPROVED, REJECTED, CANCELED -> null;
        };
    }

    private void take(List<Step> steps, Instant now) {
        var posted = new ArrayList<Journal>();
        for (var step : steps) {
            var one = step.withdrawal();
            var inTransit = Account.of(AccountType.WITHDRAWAL_IN_TRANSIT);
            var bank = Account.of(AccountType.BANK);
            switch (step.next()) {
                case PAID ->
                        posted.add(
                                journal(
                                        one,
                                        JournalKind.WITHDRAWAL_PAID,
                                        "-paid",
                                        now,
                                        LedgerEntry.debit(inTransit, one.amount()),
                                        LedgerEntry.credit(bank, one.amount())));
                case FAILED ->
                        posted.add(
                                journal(
                                        one,
                                        JournalKind.WITHDRAWAL_RETURN,
                                        "-back",
                                        now,
                                        LedgerEntry.debit(inTransit, one.amount()),
                                        LedgerEntry.credit(payable(one), one.amount())));
                case RETURNED ->
                        posted.add(
                                journal(
                                        one,
                                        JournalKind.WITHDRAWAL_RETURN,
                                        "-back",
                                        now,
                                        LedgerEntry.debit(bank, one.amount()),
                                        LedgerEntry.credit(payable(one), one.amount())));
                case PENDING_APPROVAL, APPROVED, IN_BATCH, UNKNOWN, REJECTED, CANCELED -> {
                    // Nothing moves.
                }
            }
        }
        if (!posted.isEmpty()) {
            journals.post(posted);
        }
        for (var step : steps) {
            withdrawals.move(step.withdrawal(), step.next(), step.reason(), now);
        }
    }

    public Batch get(String id) {
        return find(id).orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    private Optional<Batch> find(String id) {
        return batches(" where id = ?", id).stream().findFirst();
    }

    /**
     * The newest first.
     *
     * @param book null for every book
     */
    public List<Batch> list(@Nullable Book book, int limit) {
        return book == null
                ? batches(" order by id desc limit ?", limit)
                : batches(" where book = ? order by id desc limit ?", book.wireName(), limit);
    }

    private List<Batch> batches(String which, Object... params) {
        return jdbc.sql("select * from withdrawal_batch" + which)
                .params(params)
                .query((row, _) ->
                        new Batch(
                                row.getString("id"),
                                Book.ofWireName(row.getString("book")).orElseThrow(),
                                row.getObject("cut_for", LocalDate.class),
                                row.getInt("withdrawals"),
                                new Money(
                                        row.getLong("total_minor"),
                                        Currency.of(row.getString("currency"))),
                                row.getTimestamp("cut_at").toInstant()))
                .list();
    }

    public List<Withdrawal> withdrawals(String batchId) {
        return jdbc.sql("select * from withdrawal where batch_id = ? order by id")
                .param(batchId)
                .query((row, _) -> Withdrawals.withdrawal(row))
                .list();
    }
}
