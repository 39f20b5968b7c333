package io.ferrypay.tradeadmin.withdrawal;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.ledger.Book;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every withdrawal ever asked for. The database moves the merchant's balance with each. */
@Repository
class Withdrawals {

    private final JdbcClient jdbc;
    private final WithdrawalEvents events;

    Withdrawals(JdbcClient jdbc, WithdrawalEvents events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** What was asked for under a key, and by which words. */
    record Known(Withdrawal withdrawal, String fingerprint) {}

    Optional<Known> under(Book book, String merchantId, String key) {
        return jdbc.sql(
                        "select * from withdrawal where book = ? and merchant_id = ?"
                                + " and idempotency_key = ?")
                .params(book.wireName(), merchantId, key)
                .query((row, _) -> new Known(withdrawal(row), row.getString("fingerprint")))
                .optional();
    }

    void add(Withdrawal withdrawal, String key, String fingerprint) {
        jdbc.sql(
                        """
                        insert into withdrawal (id, book, merchant_id, currency, amount_minor,
                            bank_account_id, reference, status, idempotency_key, fingerprint,
                            created_at, changed_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        withdrawal.id(),
                        withdrawal.book().wireName(),
                        withdrawal.merchantId(),
                        withdrawal.amount().currency().code(),
                        withdrawal.amount().minorUnits(),
                        withdrawal.bankAccountId(),
                        withdrawal.reference(),
                        withdrawal.status().wireName(),
                        key,
                        fingerprint,
                        Timestamp.from(withdrawal.createdAt()),
                        Timestamp.from(withdrawal.changedAt()))
                .update();
        events.created(withdrawal);
    }

    Optional<Withdrawal> find(Book book, String merchantId, String id) {
        return jdbc.sql("select * from withdrawal where book = ? and merchant_id = ? and id = ?")
                .params(book.wireName(), merchantId, id)
                .query((row, _) -> withdrawal(row))
                .optional();
    }

    Withdrawal get(String id) {
        return jdbc.sql("select * from withdrawal where id = ?")
                .param(id)
                .query((row, _) -> withdrawal(row))
                .single();
    }

    /**
     * Moves it from the status it was seen in.
     *
     * @throws ApiException {@code withdrawal_moved_on} if somebody else was first
     */
    void move(Withdrawal withdrawal, WithdrawalStatus next, @Nullable String failure, Instant now) {
        var moved =
                jdbc.sql(
                                "update withdrawal set status = ?, failure = ?, changed_at = ?"
                                        + " where id = ? and status = ? returning *")
                        .param(next.wireName())
                        .param(failure)
                        .param(Timestamp.from(now))
                        .param(withdrawal.id())
                        .param(withdrawal.status().wireName())
                        .query((row, _) -> moved(row))
                        .list();
        if (moved.size() != 1) {
            throw ApiException.of(WithdrawalProblems.STATUS);
        }
        events.moved(moved, withdrawal.status());
    }

    /** Approved ones leave for the bank. */
    void leave(String batchId, List<Withdrawal> leaving, Instant now) {
        events.moved(
                jdbc.sql(
                                "update withdrawal set status = 'in_batch', failure = null,"
                                        + " batch_id = ?, changed_at = ? where id = any(?)"
                                        + " returning *")
                        .params(
                                batchId,
                                Timestamp.from(now),
                                leaving.stream().map(Withdrawal::id).toArray(String[]::new))
                        .query((row, _) -> moved(row))
                        .list(),
                WithdrawalStatus.APPROVED);
    }

    /** Those to a bank account in a status. */
    List<Withdrawal> waitingFor(
            Book book, String merchantId, String bankAccountId, WithdrawalStatus status) {
        return jdbc.sql(
                        "select * from withdrawal where book = ? and merchant_id = ?"
                                + " and bank_account_id = ? and status = ? order by created_at, id")
                .params(book.wireName(), merchantId, bankAccountId, status.wireName())
                .query((row, _) -> withdrawal(row))
                .list();
    }

    /** Says of those whose merchants owe us something that they wait for that. */
    void tellBelowZero(Book book, Currency currency, Instant before) {
        jdbc.sql(
                        """
                        update withdrawal w set failure = 'balance_below_zero'
                         where book = ? and currency = ? and status = 'approved' and created_at < ?
                           and failure is distinct from 'balance_below_zero'
                           and exists (select 1 from merchant_balance b
                                        where b.book = w.book and b.merchant_id = w.merchant_id
                                          and b.currency = w.currency and b.available_minor < 0)
                        """)
                .params(book.wireName(), currency.code(), Timestamp.from(before))
                .update();
    }

    /** Whether the merchant owes us something. Nobody changes that before the transaction ends. */
    boolean isBelowZero(Withdrawal withdrawal) {
        return jdbc.sql(
                                "select available_minor from merchant_balance where book = ?"
                                        + " and merchant_id = ? and currency = ? for no key update")
                        .params(
                                withdrawal.book().wireName(),
                                withdrawal.merchantId(),
                                withdrawal.amount().currency().code())
                        .query(Long.class)
                        .single()
                < 0;
    }

    /** False if it is not approved any more: it has left, or was canceled. */
    boolean cancelApproved(Withdrawal withdrawal, String why, Instant now) {
        var moved =
                jdbc.sql(
                                "update withdrawal set status = 'canceled', failure = ?,"
                                        + " changed_at = ? where id = ? and status = 'approved'"
                                        + " returning *")
                        .params(why, Timestamp.from(now), withdrawal.id())
                        .query((row, _) -> moved(row))
                        .list();
        events.moved(moved, WithdrawalStatus.APPROVED);
        return moved.size() == 1;
    }

    /** The newest first. */
    List<Withdrawal> list(Book book, String merchantId, @Nullable String before, int limit) {
        return jdbc.sql(
                        "select * from withdrawal where book = ? and merchant_id = ?"
                                + (before == null ? "" : " and id < ?")
                                + " order by id desc limit ?")
                .params(
                        before == null
                                ? List.of(book.wireName(), merchantId, limit)
                                : List.of(book.wireName(), merchantId, before, limit))
                .query((row, _) -> withdrawal(row))
                .list();
    }

    /** What was asked for since a time and not given up, in minor units. */
    long askedSince(Book book, String merchantId, Currency currency, Instant since) {
        return jdbc.sql(
                        """
                        select coalesce(sum(amount_minor), 0)::bigint from withdrawal
                         where book = ? and merchant_id = ? and currency = ? and created_at >= ?
                           and status not in ('failed', 'returned', 'rejected', 'canceled')
                        """)
                .params(book.wireName(), merchantId, currency.code(), Timestamp.from(since))
                .query(Long.class)
                .single();
    }

    /**
     * What may be withdrawn: what is available without what has to stay; zero or less where nothing
     * may. Whoever else takes of the same balance waits here.
     */
    long lockWithdrawable(Book book, String merchantId, Currency currency) {
        return jdbc.sql(
                        """
                        select available_minor from merchant_balance
                         where book = ? and merchant_id = ? and currency = ? for no key update
                        """)
                .params(book.wireName(), merchantId, currency.code())
                .query(Long.class)
                .optional()
                .map(available ->
                        available
                                - jdbc.sql(
                                                """
                                                select coalesce((select least_minor from reserve_terms
                                                                  where merchant_id = ? and currency = ?
                                                                  order by version desc limit 1), 0)
                                                """)
                                        .params(merchantId, currency.code())
                                        .query(Long.class)
                                        .single())
                .orElse(0L);
    }

    private static WithdrawalEvents.Moved moved(ResultSet row) throws SQLException {
        return new WithdrawalEvents.Moved(withdrawal(row), row.getLong("version"));
    }

    static Withdrawal withdrawal(ResultSet row) throws SQLException {
        return new Withdrawal(
                row.getString("id"),
                Book.ofWireName(row.getString("book")).orElseThrow(),
                row.getString("merchant_id"),
                new Money(row.getLong("amount_minor"), Currency.of(row.getString("currency"))),
                row.getString("bank_account_id"),
                row.getString("reference"),
                WithdrawalStatus.of(row.getString("status")),
                row.getString("failure"),
                row.getString("batch_id"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("changed_at").toInstant());
    }
}
