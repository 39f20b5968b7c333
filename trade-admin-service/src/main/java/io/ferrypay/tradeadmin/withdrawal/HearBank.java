package io.ferrypay.tradeadmin.withdrawal;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.ApprovalKind;
import io.ferrypay.tradeadmin.approval.Approvals;
import io.ferrypay.tradeadmin.approval.Change;
import io.ferrypay.tradeadmin.audit.Audit;
import io.ferrypay.tradeadmin.audit.Who;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.withdrawal.Batches.Batch;
import io.ferrypay.tradeadmin.withdrawal.TakeBankAnswer.Applied;
import io.ferrypay.tradeadmin.withdrawal.TakeBankAnswer.BankFile;
import io.ferrypay.tradeadmin.withdrawal.TakeBankAnswer.BankLine;
import io.ferrypay.tradeadmin.withdrawal.TakeBankAnswer.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes in what somebody says is a bank's answer. Nothing proves that a file came from the bank. So
 * one that gives merchants real money back waits until another person has seen it; whoever could
 * write such a file alone could have a merchant paid twice.
 */
@Service
public class HearBank {

    private final TakeBankAnswer answers;
    private final OfAnswers ofAnswers;
    private final Approvals approvals;
    private final Audit audit;

    HearBank(TakeBankAnswer answers, OfAnswers ofAnswers, Approvals approvals, Audit audit) {
        this.answers = answers;
        this.ofAnswers = ofAnswers;
        this.approvals = approvals;
        this.audit = audit;
    }

    /**
     * @param approval the request that waits for another person; null where the file counted
     * @param applied what it did; null while it waits
     */
    public record Heard(@Nullable String approval, @Nullable Applied applied) {}

    /**
     * All of the file counts, or nothing.
     *
     * @throws io.ferrypay.problem.ApiException {@code bank_response_refused} where the file does
     *     not fit its batch, {@code approval_pending} while the same file waits
     */
    @Transactional
    public Heard hear(StaffCaller caller, Batch batch, BankFile file) {
        if (batch.book() == Book.LIVE && file.givesBack() && !answers.isTaken(file)) {
            answers.check(batch, file);
            var approval =
                    approvals.ask(
                            caller,
                            ofAnswers,
                            ToTake.of(batch, file),
                            "What the bank says of " + batch.id());
            return new Heard(approval.id(), null);
        }
        var applied = answers.apply(batch, file, caller.personId());
        audit.record(
                Who.staff(caller),
                new Audit.Act("withdrawal_batch.answered", batch.id(), null, applied, null));
        return new Heard(null, applied);
    }

    /** What a file says of a withdrawal, as JSON holds it. */
    record Line(
            String withdrawal,
            @Nullable Long amountMinor,
            @Nullable String currency,
            Said said,
            @Nullable String reason) {}

    record ToTake(
            String batch,
            String sha256,
            @Nullable Integer count,
            @Nullable Long totalMinor,
            @Nullable Said others,
            List<Line> lines) {

        ToTake {
            lines = List.copyOf(lines);
        }

        static ToTake of(Batch batch, BankFile file) {
            var total = file.total();
            return new ToTake(
                    batch.id(),
                    file.sha256(),
                    file.count(),
                    total == null ? null : total.minorUnits(),
                    file.others(),
                    file.lines().stream()
                            .map(line -> {
                                var amount = line.amount();
                                return new Line(
                                        line.withdrawalId(),
                                        amount == null ? null : amount.minorUnits(),
                                        amount == null ? null : amount.currency().code(),
                                        line.said(),
                                        line.reason());
                            })
                            .toList());
        }

        BankFile file(Batch about) {
            return new BankFile(
                    sha256,
                    count,
                    totalMinor == null ? null : new Money(totalMinor, about.total().currency()),
                    lines.stream()
                            .map(line ->
                                    new BankLine(
                                            line.withdrawal(),
                                            line.amountMinor() == null || line.currency() == null
                                                    ? null
                                                    : new Money(
                                                            line.amountMinor(),
                                                            Currency.of(line.currency())),
                                            line.said(),
                                            line.reason()))
                            .toList(),
                    others);
        }
    }

    /** The second look at an answer that gives money back. */
    @Component
    static class OfAnswers implements ApprovalKind<ToTake> {

        private final TakeBankAnswer answers;
        private final Batches batches;

        OfAnswers(TakeBankAnswer answers, Batches batches) {
            this.answers = answers;
            this.batches = batches;
        }

        @Override
        public String name() {
            return "bank_answer";
        }

        @Override
        public Class<ToTake> payload() {
            return ToTake.class;
        }

        @Override
        public String askPermission() {
            return "withdrawals:export";
        }

        @Override
        public String decidePermission() {
            return "withdrawals:approve";
        }

        @Override
        public String subject(ToTake wanted) {
            return wanted.sha256();
        }

        /** Whoever brings a file has the book before they write to the audit; so do we. */
        @Override
        public void lock(ToTake wanted) {
            batches.lockBook(batches.get(wanted.batch()).book());
        }

        /** How many and how much of each, as the file says it: compare it with the bank's own. */
        @Override
        public List<Change> diff(ToTake wanted) {
            var batch = batches.get(wanted.batch());
            var changes = new ArrayList<Change>();
            changes.add(new Change("batch", null, batch.id()));
            changes.add(new Change("file", null, wanted.sha256()));
            for (var said : Said.values()) {
                var lines = wanted.lines().stream().filter(line -> line.said() == said).toList();
                if (!lines.isEmpty()) {
                    var withdrawals =
                            lines.stream().map(Line::withdrawal).limit(20).toList().toString();
                    changes.add(
                            new Change(
                                    said.name().toLowerCase(Locale.ROOT),
                                    null,
                                    lines.size() + ": " + withdrawals));
                }
            }
            if (wanted.others() != null) {
                changes.add(
                        new Change(
                                "all_others",
                                null,
                                wanted.others().name().toLowerCase(Locale.ROOT)));
            }
            return changes;
        }

        @Override
        public void apply(ToTake wanted, Approval approval) {
            var batch = batches.get(wanted.batch());
            answers.apply(batch, wanted.file(batch), approval.maker().name());
        }
    }
}
