package io.ferrypay.tradeadmin.pricing;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.ledger.Book;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What our exchanges brought: yuan taken beyond what buys the merchants' money back at the rate
 * before our margin. What it will really cost to buy it back is not known here.
 */
@Component
public class FxResults {

    private final JdbcClient jdbc;

    FxResults(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One day in Beijing, channel and currency; refunds count against what they take back, at the
     * rate of their payment.
     *
     * @param bought what merchants are owed for it
     * @param taken from payers, less what went back to them
     * @param cost of what merchants are owed, at the rate before the margin, rounded half up once
     */
    public record FxResult(
            LocalDate day, String channel, long exchanges, Money bought, Money taken, Money cost) {

        /** A loss if negative. */
        public Money result() {
            return taken.minus(cost);
        }
    }

    /** By day, channel and currency, from a day to another, both included. */
    public List<FxResult> of(Book book, LocalDate from, LocalDate to) {
        return jdbc.sql(
                        """
                        select t.day, t.channel, t.currency, t.charge_currency, count(*),
                               sum(case t.kind when 'payment' then t.amount_minor
                                               else -t.amount_minor end)::bigint,
                               sum(case t.kind when 'payment' then t.charge_minor
                                               else -t.charge_minor end)::bigint,
                               sum(p.fx_rate * case t.kind when 'payment' then t.amount_minor
                                                           else -t.amount_minor end)
                          from told_money t
                          join told_money p on p.book = t.book and p.payment_id = t.payment_id
                                           and p.kind = 'payment' and p.fx_rate is not null
                         where t.book = ? and t.day between ? and ? and t.charge_currency <> t.currency
                           and t.kind in ('payment', 'refund')
                         group by t.day, t.channel, t.currency, t.charge_currency
                         order by t.day, t.channel, t.currency
                        """)
                .params(book.wireName(), from, to)
                .query((row, _) -> {
                    var currency = Currency.of(row.getString(3));
                    var charged = Currency.of(row.getString(4));
                    return new FxResult(
                            row.getObject(1, LocalDate.class),
                            row.getString(2),
                            row.getLong(5),
                            new Money(row.getLong(6), currency),
                            new Money(row.getLong(7), charged),
                            cost(row.getBigDecimal(8), currency, charged));
                })
                .list();
    }

    /** What results are added up by. */
    public enum FxKey {
        /** In Beijing, by the channel's clock. */
        DAY("t.day::text"),
        CHANNEL("t.channel"),
        METHOD("p.method"),
        MERCHANT("t.merchant_id");

        private final String column;

        FxKey(String column) {
            this.column = column;
        }
    }

    /**
     * Exchanges with the same key and currencies; otherwise as {@link FxResult}.
     *
     * @param key such as a day or a merchant
     */
    public record FxTotal(String key, long exchanges, Money bought, Money taken, Money cost) {

        /** A loss if negative. */
        public Money result() {
            return taken.minus(cost);
        }
    }

    /**
     * By a key, from a day to another, both included; in the order of the key.
     *
     * @param merchantId null for all of them
     */
    public List<FxTotal> totals(
            Book book,
            LocalDate from,
            LocalDate to,
            FxKey by,
            @Nullable String merchantId,
            int limit) {
        return jdbc.sql(
                        """
                        select %s, t.currency, t.charge_currency, count(*),
                               sum(case t.kind when 'payment' then t.amount_minor
                                               else -t.amount_minor end)::bigint,
                               sum(case t.kind when 'payment' then t.charge_minor
                                               else -t.charge_minor end)::bigint,
                               sum(p.fx_rate * case t.kind when 'payment' then t.amount_minor
                                                           else -t.amount_minor end)
                          from told_money t
                          join told_money p on p.book = t.book and p.payment_id = t.payment_id
                                           and p.kind = 'payment' and p.fx_rate is not null
                         where t.book = ? and t.day between ? and ? and t.charge_currency <> t.currency
                           and t.kind in ('payment', 'refund') and (? = '' or t.merchant_id = ?)
                         group by 1, 2, 3 order by 1, 2, 3 limit ?
                        """
                                .formatted(by.column))
                .params(
                        book.wireName(),
                        from,
                        to,
                        merchantId == null ? "" : merchantId,
                        merchantId == null ? "" : merchantId,
                        limit)
                .query((row, _) -> {
                    var currency = Currency.of(row.getString(2));
                    var charged = Currency.of(row.getString(3));
                    return new FxTotal(
                            row.getString(1),
                            row.getLong(4),
                            new Money(row.getLong(5), currency),
                            new Money(row.getLong(6), charged),
                            cost(row.getBigDecimal(7), currency, charged));
                })
                .list();
    }

    /** The rate is for whole units, and both amounts are in minor ones. */
    private static Money cost(BigDecimal sum, Currency currency, Currency charged) {
        return new Money(
                sum.movePointRight(charged.exponent() - currency.exponent())
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact(),
                charged);
    }
}
