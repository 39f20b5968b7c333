package io.ferrypay.tradeadmin.withdrawal;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.ledger.Book;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Withdrawals of all merchants, for staff. */
@Component
public class SeeWithdrawals {

    private final JdbcClient jdbc;

    SeeWithdrawals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which are wanted; what is null does not matter.
     *
     * @param before only those that were asked for before that one
     */
    public record Wanted(
            @Nullable Book book,
            @Nullable WithdrawalStatus status,
            @Nullable String merchantId,
            @Nullable String batchId,
            @Nullable String before,
            int limit) {}

    /**
     * @param holder of the bank account it goes to
     * @param masked what may be shown of that account's number
     */
    public record Seen(Withdrawal withdrawal, String holder, String masked) {}

    /** The newest first. */
    public List<Seen> list(Wanted wanted) {
        var where = new StringBuilder(" where true");
        var params = new ArrayList<Object>();
        narrow(where, params, "w.book", wanted.book() == null ? null : wanted.book().wireName());
        narrow(
                where,
                params,
                "w.status",
                wanted.status() == null ? null : wanted.status().wireName());
        narrow(where, params, "w.merchant_id", wanted.merchantId());
        narrow(where, params, "w.batch_id", wanted.batchId());
        if (wanted.before() != null) {
            where.append(" and w.id < ?");
            params.add(wanted.before());
        }
        params.add(wanted.limit());
        return jdbc.sql(
                        "select w.*, b.holder, b.masked from withdrawal w"
                                + " join bank_account b on b.id = w.bank_account_id"
                                + where
                                + " order by w.id desc limit ?")
                .params(params)
                .query((row, _) ->
                        new Seen(
                                Withdrawals.withdrawal(row),
                                row.getString("holder"),
                                row.getString("masked")))
                .list();
    }

    private static void narrow(
            StringBuilder where, List<Object> params, String column, @Nullable String value) {
        if (value != null) {
            where.append(" and ").append(column).append(" = ?");
            params.add(value);
        }
    }

    /** Withdrawals of a book and status, and since when the oldest is in it. */
    public record Waiting(Book book, WithdrawalStatus status, int count, Instant oldest) {}

    /** All that are not over. */
    public List<Waiting> waiting() {
        return jdbc.sql(
                        """
                        select book, status, count(*), min(changed_at) from withdrawal
                         where status in ('pending_approval', 'approved', 'in_batch', 'unknown')
                         group by book, status order by book, status
                        """)
                .query((row, _) ->
                        new Waiting(
                                Book.ofWireName(row.getString(1)).orElseThrow(),
                                WithdrawalStatus.of(row.getString(2)),
                                row.getInt(3),
                                row.getTimestamp(4).toInstant()))
                .list();
    }

    /** What became of a batch's withdrawals so far. */
    public record Part(WithdrawalStatus status, int count, Money total) {}

    public List<Part> parts(String batchId) {
        return jdbc.sql(
                        """
                        select status, currency, count(*), sum(amount_minor)::bigint from withdrawal
                         where batch_id = ? group by status, currency order by status
                        """)
                .param(batchId)
                .query((row, _) ->
                        new Part(
                                WithdrawalStatus.of(row.getString(1)),
                                row.getInt(3),
                                new Money(row.getLong(4), Currency.of(row.getString(2)))))
                .list();
    }

    /**
     * A file of the bank that counted.
     *
     * @param sha256 of the file
     * @param receivedBy who brought it
     */
    public record BankAnswer(String sha256, int lines, String receivedBy, Instant receivedAt) {}

    /** The newest first; at most a hundred. */
    public List<BankAnswer> answers(String batchId) {
        return jdbc.sql(
                        """
                        select sha256, lines, received_by, received_at from bank_response
                         where batch_id = ? order by received_at desc limit 100
                        """)
                .param(batchId)
                .query((row, _) ->
                        new BankAnswer(
                                row.getString(1),
                                row.getInt(2),
                                row.getString(3),
                                row.getTimestamp(4).toInstant()))
                .list();
    }
}
