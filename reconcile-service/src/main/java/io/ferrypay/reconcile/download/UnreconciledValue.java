package io.ferrypay.reconcile.download;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How much money does not agree: {@code reconcile.unreconciled.value} in major units, by currency
 * and by what it is, {@code difference} (one that stands) or {@code carried} (one side that waits
 * for its other). As of the last round; nothing is told of a currency in which all agrees.
 */
@Component
class UnreconciledValue {

    /** More than so many rows of one sort are not added up: the number is far too large anyway. */
    private static final int MOST_ROWS = 50_000;

    private final JdbcClient jdbc;
    private final MultiGauge gauge;

    UnreconciledValue(JdbcClient jdbc, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.gauge =
                MultiGauge.builder("reconcile.unreconciled.value")
                        .description("Money in differences that stand, and in what is carried")
                        .register(metrics);
    }

    /**
     * @param sort {@code difference} or {@code carried}
     */
    record Sum(String sort, Money amount) {}

    void measure() {
        gauge.register(
                sums().stream()
                        .<MultiGauge.Row<?>>map(sum ->
                                MultiGauge.Row.of(
                                        Tags.of(
                                                "sort",
                                                sum.sort(),
                                                "currency",
                                                sum.amount().currency().code()),
                                        sum.amount().toDecimal().doubleValue()))
                        .toList(),
                true);
    }

    /** A difference counts by how far both sides are apart, or by the side that is there. */
    List<Sum> sums() {
        return jdbc
                .sql(
                        """
                        select 'difference' as sort, currency, sum(apart)::bigint as minor
                          from (select currency, abs(coalesce(theirs_minor, 0) - coalesce(ours_minor, 0)) as apart
                                  from difference
                                 where until_version is null and cleared_day is null and currency is not null
                                 limit :most) standing
                         group by currency having sum(apart) > 0
                        union all
                        select 'carried', currency, sum(amount_minor)::bigint
                          from (select currency, amount_minor from carried
                                 where cleared_day is null and judged_day is null limit :most) waiting
                         group by currency having sum(amount_minor) > 0
                        """)
                .param("most", MOST_ROWS)
                .query((row, _) ->
                        sum(row.getString("sort"), row.getString("currency"), row.getLong("minor")))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Nothing for what a statement calls a currency and is none. */
    private static Optional<Sum> sum(String sort, String currency, long minor) {
        try {
            return Optional.of(new Sum(sort, Money.ofMinor(minor, Currency.of(currency))));
        } catch (UnknownCurrency _) {
            return Optional.empty();
        }
    }
}
