package io.ferrypay.tradeadmin.withdrawal;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.money.Currency;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.ApprovalKind;
import io.ferrypay.tradeadmin.approval.ApprovalStatus;
import io.ferrypay.tradeadmin.approval.Approvals;
import io.ferrypay.tradeadmin.approval.Change;
import io.ferrypay.tradeadmin.approval.Maker;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.withdrawal.WithdrawMoney.OfWithdrawals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where merchants' money may go. A live account is looked at by one of our people, and nobody is
 * paid there before the time of cooling off is over; in test mode it may be used at once.
 */
@Service
public class BankAccounts {

    private final JdbcClient jdbc;
    private final NumberVault vault;
    private final Approvals approvals;
    private final OfAccounts ofAccounts;
    private final Withdrawals withdrawals;
    private final OfWithdrawals ofWithdrawals;
    private final WithdrawalSettings settings;
    private final Clock clock;

    BankAccounts(
            JdbcClient jdbc,
            NumberVault vault,
            Approvals approvals,
            OfAccounts ofAccounts,
            Withdrawals withdrawals,
            OfWithdrawals ofWithdrawals,
            WithdrawalSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.approvals = approvals;
        this.ofAccounts = ofAccounts;
        this.withdrawals = withdrawals;
        this.ofWithdrawals = ofWithdrawals;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param masked what may be shown of its number
     * @param status {@code pending_approval}, {@code active}, {@code rejected} or {@code removed}
     * @param usableFrom when money may go there at the earliest
     */
    public record BankAccount(
            String id,
            Book book,
            String merchantId,
            String currency,
            String holder,
            String masked,
            @Nullable String bic,
            String status,
            Instant addedAt,
            Instant usableFrom) {

        boolean isUsable(Instant now) {
            return status.equals("active") && !usableFrom.isAfter(now);
        }
    }

    /**
     * @throws ApiException {@code invalid_request} for a number no bank has
     */
    @Transactional
    public BankAccount add(
            Book book,
            String merchantId,
            Currency currency,
            String holder,
            String number,
            @Nullable String bic) {
        var parsed =
                AccountNumber.parse(number)
                        .orElseThrow(() ->
                                ApiException.invalid(
                                        "/number",
                                        "wrong_format",
                                        "must be a New Zealand account number or an IBAN"));
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var live = book == Book.LIVE;
        var id = "ba_" + UlidCreator.getUlid(now.toEpochMilli());
        jdbc.sql(
                        """
                        insert into bank_account (id, book, merchant_id, currency, holder, scheme,
                            number_sealed, masked, bic, status, added_at, usable_from)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(id)
                .param(book.wireName())
                .param(merchantId)
                .param(currency.code())
                .param(holder)
                .param(parsed.scheme())
                .param(vault.seal(id, parsed.number()))
                .param(parsed.masked())
                .param(bic)
                .param(live ? "pending_approval" : "active")
                .param(Timestamp.from(now))
                .param(Timestamp.from(live ? now.plus(settings.coolingOff()) : now))
                .update();
        if (live) {
            approvals.ask(
                    Maker.outside(merchantId),
                    ofAccounts,
                    new ToApprove(id),
                    "A merchant wants its money there");
        }
        return find(book, merchantId, id).orElseThrow();
    }

    /**
     * Nothing goes there any more; what is in a batch does. What was to go there is canceled, and
     * available again.
     */
    @Transactional
    public BankAccount remove(Book book, String merchantId, String id) {
        // In the order of everybody: the account, approvals, the balance, and then the audit.
        approvals.hold(ofAccounts, List.of(id));
        var currency = lock(book, merchantId, id);
        // Nobody asks for another one there: whoever does waits for the row, and sees it removed.
        var undecided =
                withdrawals
                        .waitingFor(book, merchantId, id, WithdrawalStatus.PENDING_APPROVAL)
                        .stream()
                        .map(Withdrawal::id)
                        .toList();
        approvals.hold(ofWithdrawals, undecided);
        currency.ifPresent(its -> withdrawals.lockWithdrawable(book, merchantId, its));
        approvals.withdraw(Maker.outside(merchantId), ofAccounts, id);
        var removed =
                jdbc.sql(
                                "update bank_account set status = 'removed', removed_at = ?"
                                        + " where id = ? and book = ? and merchant_id = ?"
                                        + " and status <> 'removed'")
                        .params(Timestamp.from(clock.instant()), id, book.wireName(), merchantId)
                        .update();
        var account =
                find(book, merchantId, id)
                        .filter(found -> removed == 1 || found.status().equals("removed"))
                        .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
        for (var waiting : undecided) {
            approvals.withdraw(Maker.outside(merchantId), ofWithdrawals, waiting);
        }
        // What was approved meanwhile is among these.
        for (var approved :
                withdrawals.waitingFor(book, merchantId, id, WithdrawalStatus.APPROVED)) {
            withdrawals.cancelApproved(approved, "bank_account_removed", clock.instant());
        }
        return account;
    }

    private Optional<Currency> lock(Book book, String merchantId, String id) {
        return jdbc.sql(
                        "select currency from bank_account"
                                + " where id = ? and book = ? and merchant_id = ? for no key update")
                .params(id, book.wireName(), merchantId)
                .query(String.class)
                .optional()
                .map(Currency::of);
    }

    /** Those that were not removed, the newest first. */
    public List<BankAccount> list(Book book, String merchantId) {
        return jdbc.sql(
                        "select * from bank_account where book = ? and merchant_id = ?"
                                + " and status <> 'removed' order by id desc")
                .params(book.wireName(), merchantId)
                .query((row, _) -> account(row))
                .list();
    }

    public Optional<BankAccount> find(Book book, String merchantId, String id) {
        return jdbc.sql("select * from bank_account where book = ? and merchant_id = ? and id = ?")
                .params(book.wireName(), merchantId, id)
                .query((row, _) -> account(row))
                .optional();
    }

    /** As {@link #find}; it is not removed before the caller's transaction ends. */
    Optional<BankAccount> findForUse(Book book, String merchantId, String id) {
        return jdbc.sql(
                        "select * from bank_account where book = ? and merchant_id = ? and id = ?"
                                + " for share")
                .params(book.wireName(), merchantId, id)
                .query((row, _) -> account(row))
                .optional();
    }

    static BankAccount account(ResultSet row) throws SQLException {
        return new BankAccount(
                row.getString("id"),
                Book.ofWireName(row.getString("book")).orElseThrow(),
                row.getString("merchant_id"),
                row.getString("currency"),
                row.getString("holder"),
                row.getString("masked"),
                row.getString("bic"),
                row.getString("status"),
                row.getTimestamp("added_at").toInstant(),
                row.getTimestamp("usable_from").toInstant());
    }

    /** A bank account that somebody of ours has to look at. */
    public record ToApprove(String bankAccountId) {}

    @Service
    static class OfAccounts implements ApprovalKind<ToApprove> {

        private final JdbcClient jdbc;

        OfAccounts(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public String name() {
            return "bank_account";
        }

        @Override
        public Class<ToApprove> payload() {
            return ToApprove.class;
        }

        @Override
        public String askPermission() {
            return "withdrawals:approve_account";
        }

        @Override
        public String decidePermission() {
            return "withdrawals:approve_account";
        }

        @Override
        public String subject(ToApprove wanted) {
            return wanted.bankAccountId();
        }

        @Override
        public List<Change> diff(ToApprove wanted) {
            var account =
                    jdbc.sql("select * from bank_account where id = ?")
                            .param(wanted.bankAccountId())
                            .query((row, _) -> account(row))
                            .single();
            return List.of(
                    new Change("merchant", null, account.merchantId()),
                    new Change("holder", null, account.holder()),
                    new Change("number", null, account.masked()),
                    new Change("currency", null, account.currency()));
        }

        boolean isUsable(String bankAccountId, Instant now) {
            return jdbc.sql("select * from bank_account where id = ?")
                    .param(bankAccountId)
                    .query((row, _) -> account(row))
                    .single()
                    .isUsable(now);
        }

        @Override
        public void apply(ToApprove wanted, Approval approval) {
            move(wanted, "active");
        }

        @Override
        public void closed(ToApprove wanted, Approval approval) {
            if (approval.status() != ApprovalStatus.WITHDRAWN) {
                move(wanted, "rejected");
            }
        }

        @Override
        public void closedUnread(Approval approval) {
            closed(new ToApprove(approval.subject()), approval);
        }

        private void move(ToApprove wanted, String status) {
            jdbc.sql(
                            "update bank_account set status = ? where id = ?"
                                    + " and status = 'pending_approval'")
                    .params(status, wanted.bankAccountId())
                    .update();
        }
    }
}
