package io.ferrypay.tradeadmin.withdrawal;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.ApprovalKind;
import io.ferrypay.tradeadmin.approval.ApprovalStatus;
import io.ferrypay.tradeadmin.approval.Approvals;
import io.ferrypay.tradeadmin.approval.Change;
import io.ferrypay.tradeadmin.approval.Maker;
import io.ferrypay.tradeadmin.ledger.Book;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sets money aside for a merchant's bank, once a key. Of however many who want the same money at
 * once, one gets it.
 */
@Service
public class WithdrawMoney {

    private final Withdrawals withdrawals;
    private final BankAccounts accounts;
    private final Approvals approvals;
    private final OfWithdrawals ofWithdrawals;
    private final TransactionTemplate transactions;
    private final WithdrawalSettings settings;
    private final Clock clock;

    WithdrawMoney(
            Withdrawals withdrawals,
            BankAccounts accounts,
            Approvals approvals,
            OfWithdrawals ofWithdrawals,
            TransactionTemplate transactions,
            WithdrawalSettings settings,
            Clock clock) {
        this.withdrawals = withdrawals;
        this.accounts = accounts;
        this.approvals = approvals;
        this.ofWithdrawals = ofWithdrawals;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param key the caller's own, once a withdrawal
     * @param fingerprint of the request, by which a repeated one is known
     * @param reference at most 12 characters, which every bank shows
     */
    public record Wanted(
            Book book,
            String merchantId,
            Money amount,
            String bankAccountId,
            String reference,
            String key,
            String fingerprint) {}

    /**
     * @param replayed whether it had been asked for before
     */
    public record Accepted(Withdrawal withdrawal, boolean replayed) {}

    public Accepted ask(Wanted wanted) {
        var known = replay(wanted);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return transactions.execute(_ -> new Accepted(take(wanted), false));
        } catch (DuplicateKeyException e) {
            // Somebody else was quicker with the same key; what we set aside is undone.
            return replay(wanted).orElseThrow(() -> e);
        }
    }

    private Optional<Accepted> replay(Wanted wanted) {
        return withdrawals
                .under(wanted.book(), wanted.merchantId(), wanted.key())
                .map(known -> {
                    if (!known.fingerprint().equals(wanted.fingerprint())) {
                        throw ApiException.of(CommonProblems.IDEMPOTENCY_MISMATCH);
                    }
                    return new Accepted(known.withdrawal(), true);
                });
    }

    /**
     * In the caller's transaction, without looking whether it was asked for before.
     *
     * @throws ApiException as {@link #ask}
     */
    Withdrawal take(Wanted wanted) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var amount = wanted.amount();
        if (amount.toDecimal().compareTo(settings.least()) < 0) {
            throw ApiException.of(
                    WithdrawalProblems.TOO_SMALL,
                    "The least is " + settings.least().toPlainString() + ".");
        }
        checkAccount(wanted, now);
        if (withdrawals.lockWithdrawable(wanted.book(), wanted.merchantId(), amount.currency())
                < amount.minorUnits()) {
            // A repeated request may have waited for the first one, which took the money.
            if (withdrawals.under(wanted.book(), wanted.merchantId(), wanted.key()).isPresent()) {
                throw new DuplicateKeyException("Asked for already");
            }
            throw ApiException.of(WithdrawalProblems.INSUFFICIENT);
        }
        // After the balance is locked: two at once do not both stay below the limit.
        var ofTheDay = checkDay(wanted, now);
        // Of the day and not of this one alone: split into small ones it is as much.
        var needsApproval =
                wanted.book() == Book.LIVE && ofTheDay.compareTo(settings.approvalAbove()) > 0;
        var withdrawal =
                new Withdrawal(
                        "wd_" + UlidCreator.getUlid(now.toEpochMilli()),
                        wanted.book(),
                        wanted.merchantId(),
                        amount,
                        wanted.bankAccountId(),
                        wanted.reference(),
                        needsApproval
                                ? WithdrawalStatus.PENDING_APPROVAL
                                : WithdrawalStatus.APPROVED,
                        null,
                        null,
                        now,
                        now);
        withdrawals.add(withdrawal, wanted.key(), wanted.fingerprint());
        if (needsApproval) {
            approvals.ask(
                    Maker.outside(wanted.merchantId()),
                    ofWithdrawals,
                    new ToApprove(withdrawal.id()),
                    "More than " + settings.approvalAbove().toPlainString() + " a day");
        }
        return withdrawal;
    }

    private void checkAccount(Wanted wanted, Instant now) {
        var account =
                accounts.findForUse(wanted.book(), wanted.merchantId(), wanted.bankAccountId())
                        .filter(found -> !found.status().equals("removed"))
                        .orElseThrow(() -> ApiException.of(WithdrawalProblems.ACCOUNT_UNKNOWN));
        if (!account.currency().equals(wanted.amount().currency().code())) {
            throw ApiException.of(
                    WithdrawalProblems.ACCOUNT_NOT_USABLE,
                    "It is an account in " + account.currency() + ".");
        }
        if (!account.isUsable(now)) {
            throw ApiException.of(
                    WithdrawalProblems.ACCOUNT_NOT_USABLE,
                    "It is "
                            + account.status()
                            + ", and usable from "
                            + account.usableFrom()
                            + " at the earliest.");
        }
    }

    /** In minor units, since midnight. */
    long askedToday(Book book, String merchantId, Currency currency, Instant now) {
        var midnight =
                LocalDate.ofInstant(now, settings.zone()).atStartOfDay(settings.zone()).toInstant();
        return withdrawals.askedSince(book, merchantId, currency, midnight);
    }

    /** What is asked for today, this one included. */
    private BigDecimal checkDay(Wanted wanted, Instant now) {
        var currency = wanted.amount().currency();
        var asked = askedToday(wanted.book(), wanted.merchantId(), currency, now);
        var sum = new Money(asked, currency).plus(wanted.amount()).toDecimal();
        if (sum.compareTo(settings.mostADay()) > 0) {
            throw ApiException.of(
                    WithdrawalProblems.DAILY_LIMIT,
                    "At most " + settings.mostADay().toPlainString() + " a day.");
        }
        return sum;
    }

    /** Before it has left. */
    public Withdrawal cancel(Book book, String merchantId, String id) {
        return transactions.execute(_ -> {
            // Approvals are locked before what they are about.
            approvals.withdraw(Maker.outside(merchantId), ofWithdrawals, id);
            var withdrawal =
                    withdrawals
                            .find(book, merchantId, id)
                            .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
            return switch (withdrawal.status()) {
                case CANCELED -> withdrawal;
                case APPROVED -> {
                    withdrawals.move(withdrawal, WithdrawalStatus.CANCELED, null, clock.instant());
                    yield withdrawals.get(id);
                }
                case PENDING_APPROVAL, IN_BATCH, UNKNOWN, PAID, FAILED, RETURNED, REJECTED ->
                        throw ApiException.of(WithdrawalProblems.NOT_CANCELABLE);
            };
        });
    }

    public Optional<Withdrawal> find(Book book, String merchantId, String id) {
        return withdrawals.find(book, merchantId, id);
    }

    /**
     * The newest first.
     *
     * @param before only those made before that one, null for the first
     */
    public List<Withdrawal> list(Book book, String merchantId, @Nullable String before, int limit) {
        return withdrawals.list(book, merchantId, before, limit);
    }

    /** A withdrawal that another person has to look at. */
    public record ToApprove(String withdrawalId) {}

    @Service
    static class OfWithdrawals implements ApprovalKind<ToApprove> {

        private static final BigDecimal MOST_IN_BULK = new BigDecimal("50000");

        private final Withdrawals withdrawals;
        private final BankAccounts.OfAccounts accounts;
        private final Clock clock;

        OfWithdrawals(Withdrawals withdrawals, BankAccounts.OfAccounts accounts, Clock clock) {
            this.withdrawals = withdrawals;
            this.accounts = accounts;
            this.clock = clock;
        }

        @Override
        public String name() {
            return "withdrawal";
        }

        @Override
        public Class<ToApprove> payload() {
            return ToApprove.class;
        }

        @Override
        public String askPermission() {
            return "withdrawals:approve";
        }

        @Override
        public String decidePermission() {
            return "withdrawals:approve";
        }

        @Override
        public String subject(ToApprove wanted) {
            return wanted.withdrawalId();
        }

        @Override
        public boolean inBulk(ToApprove wanted) {
            return withdrawals
                            .get(wanted.withdrawalId())
                            .amount()
                            .toDecimal()
                            .compareTo(MOST_IN_BULK)
                    <= 0;
        }

        /** Whoever asks for money has the balance before they write to the audit; so do we. */
        @Override
        public void lock(ToApprove wanted) {
            withdrawals.isBelowZero(withdrawals.get(wanted.withdrawalId()));
        }

        @Override
        public List<Change> diff(ToApprove wanted) {
            var withdrawal = withdrawals.get(wanted.withdrawalId());
            var diff =
                    new java.util.ArrayList<>(
                            accounts.diff(new BankAccounts.ToApprove(withdrawal.bankAccountId())));
            diff.add(new Change("amount", null, withdrawal.amount().toDecimalString()));
            return diff;
        }

        @Override
        public void apply(ToApprove wanted, Approval approval) {
            var withdrawal = withdrawals.get(wanted.withdrawalId());
            var now = clock.instant();
            if (!accounts.isUsable(withdrawal.bankAccountId(), now)) {
                throw ApiException.of(WithdrawalProblems.ACCOUNT_NOT_USABLE);
            }
            withdrawals.move(withdrawal, WithdrawalStatus.APPROVED, null, now);
            if (withdrawals.isBelowZero(withdrawal)) {
                throw ApiException.of(WithdrawalProblems.INSUFFICIENT);
            }
        }

        @Override
        public void closed(ToApprove wanted, Approval approval) {
            giveBack(wanted.withdrawalId(), approval);
        }

        @Override
        public void closedUnread(Approval approval) {
            giveBack(approval.subject(), approval);
        }

        private void giveBack(String id, Approval approval) {
            var withdrawal = withdrawals.get(id);
            if (withdrawal.status() != WithdrawalStatus.PENDING_APPROVAL) {
                return;
            }
            var canceled = approval.status() == ApprovalStatus.WITHDRAWN;
            withdrawals.move(
                    withdrawal,
                    canceled ? WithdrawalStatus.CANCELED : WithdrawalStatus.REJECTED,
                    canceled
                            ? null
                            : approval.status() == ApprovalStatus.EXPIRED
                                    ? "approval_expired"
                                    : "not_approved",
                    clock.instant());
        }
    }
}
