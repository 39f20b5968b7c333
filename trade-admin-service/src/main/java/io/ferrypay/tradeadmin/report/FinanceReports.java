package io.ferrypay.tradeadmin.report;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.ProblemCode;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.ledger.ReadBooks;
import io.ferrypay.tradeadmin.pricing.FxResults;
import io.ferrypay.tradeadmin.pricing.FxResults.FxKey;
import io.ferrypay.tradeadmin.pricing.FxResults.FxTotal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Volume, refunds and fees as they were booked, and what exchanges brought. A day is one in
 * Beijing, by which channels count theirs; volume and fees are of the day they were posted, so what
 * a report says of the past stays. One report reads each part of the books at most once.
 */
@Component
public class FinanceReports {

    private static final ProblemCode TOO_LARGE =
            ProblemCode.of("report_too_large", 422, "This is too much to add up at once");

    /** Longest time that a report may speak of. */
    public static final int MOST_DAYS = 366;

    /** Most lines of each part; a merchant and currency is one. */
    static final int MOST_LINES = 5_000;

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final JdbcClient jdbc;
    private final ReadBooks books;
    private final FxResults exchanges;
    private final TransactionTemplate transaction;

    @Autowired
    FinanceReports(
            JdbcClient jdbc,
            ReadBooks books,
            FxResults exchanges,
            PlatformTransactionManager transactions) {
        this(jdbc, books, exchanges, patient(transactions, LONGEST));
    }

    private FinanceReports(
            JdbcClient jdbc,
            ReadBooks books,
            FxResults exchanges,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.books = books;
        this.exchanges = exchanges;
        this.transaction = transaction;
    }

    private static TransactionTemplate patient(
            @Nullable PlatformTransactionManager transactions, Duration longest) {
        var transaction = new TransactionTemplate();
        transaction.setTransactionManager(transactions);
        transaction.setReadOnly(true);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        transaction.setTimeout(Math.toIntExact(longest.toSeconds()));
        return transaction;
    }

    /** The same with another patience, in whole seconds. */
    public FinanceReports within(Duration longest) {
        return new FinanceReports(
                jdbc, books, exchanges, patient(transaction.getTransactionManager(), longest));
    }

    /** What lines are added up by. */
    public enum ReportKey {
        DAY("(j.posted_at at time zone 'Asia/Shanghai')::date::text", FxKey.DAY),
        CHANNEL("coalesce(p.channel, '')", FxKey.CHANNEL),
        METHOD("coalesce(p.method, '')", FxKey.METHOD),
        MERCHANT("a.owner", FxKey.MERCHANT);

        private final String column;
        private final FxKey ofExchanges;

        ReportKey(String column, FxKey ofExchanges) {
            this.column = column;
            this.ofExchanges = ofExchanges;
        }

        /** The name on the wire, such as {@code day}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param from the first day, in Beijing
     * @param to the last day
     * @param merchantId null for all of them
     */
    public record Wanted(
            Book book, LocalDate from, LocalDate to, ReportKey by, @Nullable String merchantId) {

        public Wanted {
            if (to.isBefore(from) || from.plusDays(MOST_DAYS).isBefore(to.plusDays(1))) {
                throw ApiException.invalid(
                        "to", "out_of_range", "must end a time of 1 to " + MOST_DAYS + " days");
            }
        }
    }

    /**
     * Of payments with the same key and currency.
     *
     * @param volume what merchants are owed for payments
     * @param refunded what they owe for refunds
     * @param fees what they pay for it, less what was returned
     */
    public record MoneyLine(
            String key, long payments, Money volume, long refunds, Money refunded, Money fees) {}

    /**
     * @param exchanges each line rounded once, so their sums may differ by a cent from those of
     *     another key
     * @param complete false where there are more lines than are here
     */
    public record Report(List<MoneyLine> money, List<FxTotal> exchanges, boolean complete) {}

    /**
     * @throws ApiException {@code report_too_large} where adding up takes too long
     */
    public Report of(Wanted wanted) {
        try {
            return Objects.requireNonNull(transaction.execute(_ -> read(wanted)));
        } catch (QueryTimeoutException e) {
            throw ApiException.of(TOO_LARGE, "Ask for fewer days.");
        }
    }

    private Report read(Wanted wanted) {
        var money = money(wanted);
        var fx =
                exchanges.totals(
                        wanted.book(),
                        wanted.from(),
                        wanted.to(),
                        wanted.by().ofExchanges,
                        wanted.merchantId(),
                        MOST_LINES + 1);
        return new Report(
                money.subList(0, Math.min(money.size(), MOST_LINES)),
                fx.subList(0, Math.min(fx.size(), MOST_LINES)),
                money.size() <= MOST_LINES && fx.size() <= MOST_LINES);
    }

    private List<MoneyLine> money(Wanted wanted) {
        var after = books.lastBefore(wanted.book(), wanted.from().atStartOfDay(ZONE).toInstant());
        var upTo =
                books.lastBefore(
                        wanted.book(), wanted.to().plusDays(1).atStartOfDay(ZONE).toInstant());
        return jdbc.sql(
                        """
                        select %s, e.currency,
                               count(*) filter (where j.kind = 'payment'),
                               coalesce(sum(-e.amount_minor) filter (where j.kind = 'payment'), 0)::bigint,
                               count(*) filter (where j.kind = 'refund'),
                               coalesce(sum(e.amount_minor) filter (where j.kind = 'refund'), 0)::bigint,
                               coalesce(sum(e.amount_minor) filter (where j.kind in ('fee', 'fee_return')), 0)::bigint
                          from journal j
                          join entry e on e.book = j.book and e.sequence = j.sequence
                          join account a on a.id = e.account_id and a.type = 'merchant-payable'
                          left join payment_position p on p.book = j.book and p.payment_id = j.payment_id
                         where j.book = :book and j.sequence > :after and j.sequence <= :upTo
                           and e.book = :book and e.sequence > :after and e.sequence <= :upTo
                           and j.kind in ('payment', 'refund', 'fee', 'fee_return')
                           and (:merchant = '' or a.owner = :merchant)
                         group by 1, 2 order by 1, 2 limit :limit
                        """
                                .formatted(wanted.by().column))
                .param("book", wanted.book().wireName())
                .param("after", after)
                .param("upTo", upTo)
                .param("merchant", wanted.merchantId() == null ? "" : wanted.merchantId())
                .param("limit", MOST_LINES + 1)
                .query((row, _) -> {
                    var currency = Currency.of(row.getString(2));
                    return new MoneyLine(
                            row.getString(1),
                            row.getLong(3),
                            new Money(row.getLong(4), currency),
                            row.getLong(5),
                            new Money(row.getLong(6), currency),
                            new Money(row.getLong(7), currency));
                })
                .list();
    }
}
