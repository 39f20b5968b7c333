package io.ferrypay.tradeadmin.settlement;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.ledger.Book;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** What a merchant has, how it came to it, and what became available together. */
@Component
public class ReadBalances {

    private final JdbcClient jdbc;
    private final Calendars calendars;
    private final Terms.Agreed terms;
    private final SettlementSettings settings;
    private final Clock clock;

    ReadBalances(
            JdbcClient jdbc,
            Calendars calendars,
            Terms.Agreed terms,
            SettlementSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.calendars = calendars;
        this.terms = terms;
        this.settings = settings;
        this.clock = clock;
    }

    /** What becomes available on a day. */
    public record Next(LocalDate on, Money amount) {}

    /**
     * @param available may be withdrawn; below zero after refunds of money that is gone
     * @param pending paid and not yet settled
     * @param reserved set aside: withdrawals under way, holds, reserves
     * @param kept the part of it that is kept of settlements for a while
     * @param least what has to stay available
     * @param next when what is pending is due; null when nobody knows the holidays until then
     */
    public record MerchantBalance(
            Money available,
            Money pending,
            Money reserved,
            Money kept,
            Money least,
            @Nullable List<Next> next) {

        /** What may be withdrawn now. */
        public Money withdrawable() {
            var left = available.minus(least);
            return left.isNegative() ? Money.zero(left.currency()) : left;
        }
    }

    /** In each currency one; none for a merchant that was never paid. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<MerchantBalance> balances(Book book, String merchantId) {
        var days = calendars.read();
        return jdbc
                .sql(
                        """
                        select b.currency, available_minor, pending_minor, reserved_minor,
                               coalesce((select sum(r.amount_minor) from reserve r
                                          where r.book = b.book and r.merchant_id = b.merchant_id
                                            and r.currency = b.currency and r.released_at is null),
                                        0)::bigint,
                               coalesce((select t.least_minor from reserve_terms t
                                          where t.merchant_id = b.merchant_id and t.currency = b.currency
                                          order by t.version desc limit 1), 0)
                          from merchant_balance b where book = ? and merchant_id = ? order by b.currency
                        """)
                .params(book.wireName(), merchantId)
                .query((row, _) -> {
                    var currency = Currency.of(row.getString(1));
                    return new MerchantBalance(
                            new Money(row.getLong(2), currency),
                            new Money(row.getLong(3), currency),
                            new Money(row.getLong(4), currency),
                            new Money(row.getLong(5), currency),
                            new Money(row.getLong(6), currency),
                            null);
                })
                .list()
                .stream()
                .map(balance ->
                        new MerchantBalance(
                                balance.available(),
                                balance.pending(),
                                balance.reserved(),
                                balance.kept(),
                                balance.least(),
                                next(days, book, merchantId, balance.pending().currency())))
                .toList();
    }

    private record DayNet(LocalDate day, long net) {}

    private @Nullable List<Next> next(
            Calendars.WorkingDays days, Book book, String merchantId, Currency currency) {
        var agreed = terms.of(merchantId, currency.code());
        var today = LocalDate.now(clock.withZone(settings.zone()));
        var sums = new TreeMap<LocalDate, Long>();
        try {
            for (var paid : unsettled(book, merchantId, currency)) {
                var due = days.after(paid.day(), agreed.workingDays(), agreed.calendars());
                // What is due and not settled waits for the next run.
                sums.merge(due.isBefore(today) ? today : due, paid.net(), Math::addExact);
            }
        } catch (YearUnknown _) {
            return null;
        }
        var next = new ArrayList<Next>();
        sums.forEach((on, net) -> next.add(new Next(on, new Money(net, currency))));
        return next;
    }

    private List<DayNet> unsettled(Book book, String merchantId, Currency currency) {
        return jdbc.sql(
                        """
                        select day, sum(amount_minor - fee_minor + fee_returned_minor - refunded_minor)::bigint
                          from payment_position
                         where book = ? and merchant_id = ? and currency = ? and settlement_id is null
                           and day is not null
                         group by day
                        """)
                .params(book.wireName(), merchantId, currency.code())
                .query((row, _) -> new DayNet(row.getObject(1, LocalDate.class), row.getLong(2)))
                .list();
    }

    /**
     * One line of what a merchant is owed.
     *
     * @param place of the journal in its book
     * @param amount more if positive, less if negative
     * @param fee of the payment, where the line is one
     */
    public record BalanceEntry(
            long place,
            int line,
            String kind,
            String subject,
            @Nullable String paymentId,
            Money amount,
            @Nullable Money fee,
            Instant happenedAt,
            Instant postedAt) {

        /** What is left of a payment after its fee. */
        public @Nullable Money net() {
            return fee == null ? null : amount.minus(fee);
        }
    }

    /**
     * The newest first.
     *
     * @param currency null for every one
     * @param before only those further down, null for the first
     */
    public List<BalanceEntry> entries(
            Book book,
            String merchantId,
            @Nullable String currency,
            @Nullable Long before,
            int limit) {
        return jdbc.sql(
                        """
                        select e.sequence, e.line, j.kind, j.subject, j.payment_id, e.currency,
                               -e.amount_minor, p.fee_minor, j.happened_at, j.posted_at
                          from account a
                          join entry e on e.account_id = a.id
                          join journal j on j.book = e.book and j.sequence = e.sequence
                          left join payment_position p
                                 on j.kind = 'payment' and p.book = j.book and p.payment_id = j.payment_id
                         where a.book = :book and a.type = 'merchant-payable' and a.owner = :merchant
                           and (:currency = '' or a.currency = :currency) and e.sequence < :before
                         order by e.sequence desc, e.line desc limit :limit
                        """)
                .param("book", book.wireName())
                .param("merchant", merchantId)
                .param("currency", currency == null ? "" : currency)
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("limit", limit)
                .query((row, _) -> entry(row))
                .list();
    }

    private static BalanceEntry entry(ResultSet row) throws SQLException {
        var currency = Currency.of(row.getString(6));
        var fee = row.getObject(8, Long.class);
        return new BalanceEntry(
                row.getLong(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                new Money(row.getLong(7), currency),
                fee == null ? null : new Money(fee, currency),
                row.getTimestamp(9).toInstant(),
                row.getTimestamp(10).toInstant());
    }

    /**
     * Payments that became available together.
     *
     * @param opening what was available or set aside before
     * @param refunds of these payments, told before
     * @param reserved what was kept of {@code net} for a while
     * @param gated whether their days had to be reconciled
     */
    public record Settlement(
            String id,
            LocalDate firstDay,
            LocalDate lastDay,
            long payments,
            Money opening,
            Money gross,
            Money fees,
            Money refunds,
            Money net,
            Money reserved,
            Money closing,
            boolean gated,
            Instant settledAt) {}

    /**
     * The newest first.
     *
     * @param before only those made before that one, null for the first
     */
    public List<Settlement> settlements(
            Book book, String merchantId, @Nullable String before, int limit) {
        return jdbc.sql(
                        SETTLEMENT
                                + " where book = ? and merchant_id = ?"
                                + (before == null ? "" : " and id < ?")
                                + " order by id desc limit ?")
                .params(
                        before == null
                                ? List.of(book.wireName(), merchantId, limit)
                                : List.of(book.wireName(), merchantId, before, limit))
                .query((row, _) -> settlement(row))
                .list();
    }

    public Optional<Settlement> settlement(Book book, String merchantId, String id) {
        return jdbc.sql(SETTLEMENT + " where book = ? and merchant_id = ? and id = ?")
                .params(book.wireName(), merchantId, id)
                .query((row, _) -> settlement(row))
                .optional();
    }

    private static final String SETTLEMENT =
            """
            select *, coalesce((select amount_minor from reserve r
                                 where r.settlement_id = settlement.id), 0) as kept_minor
              from settlement
            """;

    private static Settlement settlement(ResultSet row) throws SQLException {
        var currency = Currency.of(row.getString("currency"));
        return new Settlement(
                row.getString("id"),
                row.getObject("first_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                row.getLong("payments"),
                new Money(row.getLong("opening_minor"), currency),
                new Money(row.getLong("gross_minor"), currency),
                new Money(row.getLong("fees_minor"), currency),
                new Money(row.getLong("refunds_minor"), currency),
                new Money(row.getLong("net_minor"), currency),
                new Money(row.getLong("kept_minor"), currency),
                new Money(row.getLong("closing_minor"), currency),
                row.getBoolean("gated"),
                row.getTimestamp("settled_at").toInstant());
    }

    /**
     * A payment of a settlement, as it is now: later refunds are in it.
     *
     * @param day in Beijing
     */
    public record SettledPayment(
            String paymentId,
            LocalDate day,
            String channel,
            String method,
            Money amount,
            Money fee,
            Money refunded) {}

    /** In the order of their days; at most so many after a place. */
    public List<SettledPayment> payments(
            String settlementId, @Nullable SettledPayment after, int limit) {
        return jdbc.sql(
                        """
                        select payment_id, day, channel, method, currency, amount_minor,
                               fee_minor - fee_returned_minor, refunded_minor
                          from payment_position
                         where settlement_id = ? and (day, payment_id) > (?, ?)
                         order by day, payment_id limit ?
                        """)
                .params(
                        settlementId,
                        after == null ? LocalDate.EPOCH : after.day(),
                        after == null ? "" : after.paymentId(),
                        limit)
                .query((row, _) -> {
                    var currency = Currency.of(row.getString(5));
                    return new SettledPayment(
                            row.getString(1),
                            row.getObject(2, LocalDate.class),
                            row.getString(3),
                            row.getString(4),
                            new Money(row.getLong(6), currency),
                            new Money(row.getLong(7), currency),
                            new Money(row.getLong(8), currency));
                })
                .list();
    }

    /** Whether money waits for reconciliation before it is available. */
    public SettlementSettings.Gate gate() {
        return settings.reconciliationGate();
    }
}
