package io.ferrypay.tradeadmin.pricing;

import io.ferrypay.money.Currency;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which price lists there are, and which merchants have a tier. */
@Component
public class PriceIndex {

    private final JdbcClient jdbc;
    private final Clock clock;

    PriceIndex(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A list, whatever its versions say.
     *
     * @param newest version
     * @param effectiveFrom when the newest one begins
     * @param inForce the version that counts now; null before the first one has begun
     */
    public record Head(
            String scope,
            Currency currency,
            int newest,
            Instant effectiveFrom,
            @Nullable Integer inForce) {}

    /**
     * By scope and currency, from after one on.
     *
     * @param afterScope with {@code afterCurrency} the last one that was seen; both empty for all
     */
    public List<Head> lists(PriceKind kind, String afterScope, String afterCurrency, int limit) {
        return jdbc.sql(
                        """
                        select scope, currency, max(version),
                               (array_agg(effective_from order by version desc))[1],
                               max(version) filter (where effective_from <= ?)
                          from price_list
                         where kind = ? and (scope, currency) > (?, ?)
                         group by scope, currency order by scope, currency limit ?
                        """)
                .params(
                        Timestamp.from(clock.instant()),
                        kind.wireName(),
                        afterScope,
                        afterCurrency,
                        limit)
                .query((row, _) ->
                        new Head(
                                row.getString(1),
                                Currency.of(row.getString(2)),
                                row.getInt(3),
                                row.getTimestamp(4).toInstant(),
                                row.getObject(5, Integer.class)))
                .list();
    }

    /**
     * What a merchant's newest decision says.
     *
     * @param tier empty for that of everybody
     */
    public record AssignedTier(
            String merchantId,
            String tier,
            int version,
            Instant effectiveFrom,
            String reason,
            String decidedBy) {}

    /** The newest decision of each merchant that ever got a tier, from after a merchant on. */
    public List<AssignedTier> tiers(String afterMerchant, int limit) {
        return jdbc.sql(
                        """
                        select distinct on (merchant_id) merchant_id, tier, version, effective_from,
                               reason, decided_by
                          from merchant_tier where merchant_id > ?
                         order by merchant_id, version desc limit ?
                        """)
                .params(afterMerchant, limit)
                .query((row, _) ->
                        new AssignedTier(
                                row.getString(1),
                                row.getString(2),
                                row.getInt(3),
                                row.getTimestamp(4).toInstant(),
                                row.getString(5),
                                row.getString(6)))
                .list();
    }
}
