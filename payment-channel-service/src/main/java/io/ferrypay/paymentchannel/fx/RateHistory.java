package io.ferrypay.paymentchannel.fx;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every rate we were ever told, by whom and when. */
@Repository
class RateHistory {

    private final JdbcClient jdbc;

    RateHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether it was news. */
    boolean add(KnownRate rate, Instant now) {
        return jdbc.sql(
                                """
                                insert into fx_rate (source, currency, yuan_per_unit, as_of, learned_at)
                                values (?, ?, ?, ?, ?)
                                on conflict (source, currency, as_of) do update
                                    set yuan_per_unit = excluded.yuan_per_unit, learned_at = excluded.learned_at
                                    where fx_rate.yuan_per_unit <> excluded.yuan_per_unit
                                """)
                        .param(rate.source())
                        .param(rate.currency())
                        .param(rate.yuanPerUnit())
                        .param(Timestamp.from(rate.asOf()))
                        .param(Timestamp.from(now))
                        .update()
                == 1;
    }

    /** The newest of every source and currency. */
    List<KnownRate> newest() {
        return jdbc.sql(
                        """
                        select distinct on (source, currency) source, currency, yuan_per_unit, as_of
                          from fx_rate order by source, currency, as_of desc
                        """)
                .query((row, _) ->
                        new KnownRate(
                                row.getString(1),
                                row.getString(2),
                                row.getBigDecimal(3),
                                row.getTimestamp(4).toInstant()))
                .list();
    }

    /** What was gone by at a moment. */
    record At(Instant moment, KnownRate rate) {}

    /**
     * What the first of those sources that had one said at each of those moments; a moment at which
     * none had a rate younger than {@code staleAfter} is left out.
     */
    List<At> at(List<Instant> moments, List<String> sources, String currency, Duration staleAfter) {
        return jdbc.sql(
                        """
                        select distinct on (moment) moment, source, yuan_per_unit, as_of
                          from unnest(:moments::timestamptz[]) moment
                         cross join unnest(:sources::text[]) with ordinality asked (wanted, turn)
                         cross join lateral (
                               select source, yuan_per_unit, as_of from fx_rate
                                where source = wanted and currency = :currency
                                  and as_of <= moment
                                  and as_of > moment - make_interval(secs => :stale)
                                order by as_of desc limit 1) told
                         order by moment, turn
                        """)
                .param("moments", moments.stream().map(Instant::toString).toArray(String[]::new))
                .param("sources", sources.toArray(String[]::new))
                .param("currency", currency)
                .param("stale", staleAfter.toSeconds())
                .query((row, _) ->
                        new At(
                                row.getTimestamp(1).toInstant(),
                                new KnownRate(
                                        row.getString(2),
                                        currency,
                                        row.getBigDecimal(3),
                                        row.getTimestamp(4).toInstant())))
                .list();
    }

    /** The currencies merchants are owed. */
    Set<String> currenciesInUse() {
        return Set.copyOf(
                jdbc.sql("select distinct currency from merchant_copy where currency <> 'CNY'")
                        .query(String.class)
                        .list());
    }
}
