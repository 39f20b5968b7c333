package io.ferrypay.tradeadmin.withdrawal;

import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.ledger.Account;
import io.ferrypay.tradeadmin.ledger.AccountType;
import io.ferrypay.tradeadmin.ledger.Journal;
import io.ferrypay.tradeadmin.ledger.JournalKind;
import io.ferrypay.tradeadmin.ledger.LedgerEntry;
import io.ferrypay.tradeadmin.ledger.PostJournals;
import io.ferrypay.tradeadmin.withdrawal.Batches.Batch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what a bank says became of a batch. Whether it may count is asked before: {@link HearBank}.
 */
@Service
public class TakeBankAnswer {

    private static final Logger log = LoggerFactory.getLogger(TakeBankAnswer.class);

    private final JdbcClient jdbc;
    private final Batches batches;
    private final Withdrawals withdrawals;
    private final PostJournals journals;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Counter contradictions;

    TakeBankAnswer(
            JdbcClient jdbc,
            Batches batches,
            Withdrawals withdrawals,
            PostJournals journals,
            TransactionTemplate transactions,
            Clock clock,
            MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.withdrawals = withdrawals;
        this.journals = journals;
        this.transactions = transactions;
        this.clock = clock;
        this.contradictions =
                Counter.builder("withdrawals.contradictions")
                        .description("Withdrawals of which a bank said what cannot be true")
                        .register(metrics);
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
     * @param others what it says of all that it does not name, if it says so
     */
    public record BankFile(
            String sha256,
            @Nullable Integer count,
            @Nullable Money total,
            List<BankLine> lines,
            @Nullable Said others) {

        public BankFile {
            lines = List.copyOf(lines);
        }

        /** Whether merchants would have money again. */
        boolean givesBack() {
            return Stream.concat(lines.stream().map(BankLine::said), Stream.ofNullable(others))
                    .anyMatch(said -> said == Said.FAILED || said == Said.RETURNED);
        }
    }

    /**
     * What a file did.
     *
     * @param ignored lines that told what was known
     * @param contradicting lines that cannot be true beside what is known, such as paid after it
     *     failed: nothing was done, and a person has to ask the bank
     * @param repeated whether the very file had been read before; then nothing happened
     */
    public record Applied(
            int paid,
            int failed,
            int returned,
            int unknown,
            int ignored,
            int contradicting,
            boolean repeated) {}

    /**
     * Does what the bank's file says, all of it or nothing.
     *
     * @throws ApiException {@code bank_response_refused} where it names other withdrawals, amounts
     *     or totals than the batch has, or one twice
     */
    public Applied apply(Batch batch, BankFile file, String receivedBy) {
        return transactions.execute(_ -> {
            batches.lockBook(batch.book());
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
                return new Applied(0, 0, 0, 0, file.lines().size(), 0, true);
            }
            check(batch, file);
            return apply(batch, file, now);
        });
    }

    /** Whether this very file has counted already. */
    boolean isTaken(BankFile file) {
        return jdbc.sql("select count(*) from bank_response where sha256 = ?")
                        .param(file.sha256())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Refuses what {@link #apply} would, as far as it can be known before. */
    void check(Batch batch, BankFile file) {
        if (file.count() != null && file.count() != batch.withdrawals()) {
            throw refused(
                    "It speaks of " + file.count() + " withdrawals, not " + batch.withdrawals());
        }
        if (file.total() != null && !file.total().equals(batch.total())) {
            throw refused("It speaks of " + file.total() + ", not " + batch.total());
        }
        var named = file.lines().stream().map(BankLine::withdrawalId).collect(Collectors.toSet());
        if (named.size() != file.lines().size()) {
            throw refused("It names a withdrawal twice");
        }
        var there =
                jdbc.sql("select id from withdrawal where batch_id = ?")
                        .param(batch.id())
                        .query(String.class)
                        .set();
        if (!there.containsAll(named)) {
            named.removeAll(there);
            throw refused(named.iterator().next() + " is not in the batch");
        }
    }

    private static ApiException refused(String why) {
        return ApiException.of(WithdrawalProblems.RESPONSE, why + ".");
    }

    private record Step(Withdrawal withdrawal, WithdrawalStatus next, @Nullable String reason) {}

    private Applied apply(Batch batch, BankFile file, Instant now) {
        var steps = new ArrayList<Step>();
        var ignored = 0;
        var contradicting = 0;
        var lines = all(batch, file);
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
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
            if (contradicts(withdrawal.status(), line.said())) {
                contradicting++;
                contradictions.increment();
                log.error(
                        "The bank says {} of {}, which is {}: ask the bank",
                        line.said(),
                        withdrawal.id(),
                        withdrawal.status());
            } else if (next == null) {
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
                contradicting,
                false);
    }

    /** With a line for each withdrawal that the file does not name but says something of. */
    private List<BankLine> all(Batch batch, BankFile file) {
        var others = file.others();
        if (others == null || others == Said.PENDING) {
            return file.lines();
        }
        var named = file.lines().stream().map(BankLine::withdrawalId).collect(Collectors.toSet());
        var lines = new ArrayList<>(file.lines());
        jdbc
                .sql("select id from withdrawal where batch_id = ? order by id")
                .param(batch.id())
                .query(String.class)
                .list()
                .stream()
                .filter(id -> !named.contains(id))
                .forEach(id -> lines.add(new BankLine(id, null, others, null)));
        return lines;
    }

    /** Merchants have this money again, and the bank says that it was paid out. */
    private static boolean contradicts(WithdrawalStatus is, Said said) {
        return said == Said.PAID
                && (is == WithdrawalStatus.FAILED || is == WithdrawalStatus.RETURNED);
    }

    private static int count(List<Step> steps, WithdrawalStatus status) {
        return Math.toIntExact(steps.stream().filter(step -> step.next() == status).count());
    }

    /** Null where nothing changes. */
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
            // What the bank refuses after it was paid has come back to us.
            case PAID ->
                    said == Said.RETURNED || said == Said.FAILED ? WithdrawalStatus.RETURNED : null;
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
                                Batches.journal(
                                        one,
                                        JournalKind.WITHDRAWAL_PAID,
                                        "-paid",
                                        now,
                                        LedgerEntry.debit(inTransit, one.amount()),
                                        LedgerEntry.credit(bank, one.amount())));
                case FAILED ->
                        posted.add(
                                Batches.journal(
                                        one,
                                        JournalKind.WITHDRAWAL_RETURN,
                                        "-back",
                                        now,
                                        LedgerEntry.debit(inTransit, one.amount()),
                                        LedgerEntry.credit(Batches.payable(one), one.amount())));
                case RETURNED ->
                        posted.add(
                                Batches.journal(
                                        one,
                                        JournalKind.WITHDRAWAL_RETURN,
                                        "-back",
                                        now,
                                        LedgerEntry.debit(bank, one.amount()),
                                        LedgerEntry.credit(Batches.payable(one), one.amount())));
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
}
