package io.ferrypay.paymentchannel.fx;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What we put on top of a rate, as a fraction: by the merchant's tier, the way to pay and the
 * amount. Our copy of what trade-admin-service tells; where it tells nothing, {@code
 * ferry.fx.margin} counts.
 */
@Repository
class Margins {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final RateSettings settings;
    private final Clock clock;

    Margins(JdbcClient jdbc, RateSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** A single look-up in tables of our own: what was told last counts for the next charge. */
    BigDecimal of(String merchantId, PaymentMethod method, Money amount) {
        return jdbc.sql(
                        """
                        select rules from margin_list_copy
                         where tier in ('', coalesce((select tier from merchant_tier_copy
                                                       where merchant_id = ?), ''))
                           and currency = ? and effective_from <= ?
                         order by tier = '', version desc limit 1
                        """)
                .param(merchantId)
                .param(amount.currency().code())
                .param(Timestamp.from(clock.instant()))
                .query(String.class)
                .optional()
                .flatMap(rules -> margin(JSON.readTree(rules), method, amount))
                .orElseGet(settings::margin);
    }

    private static Optional<BigDecimal> margin(JsonNode rules, PaymentMethod method, Money amount) {
        return band(rules, method.wireName(), amount).or(() -> band(rules, "", amount));
    }

    private static Optional<BigDecimal> band(JsonNode rules, String method, Money amount) {
        @Nullable JsonNode found = null;
        for (var rule : rules) {
            var from = rule.path("from_minor").asLong();
            if (rule.path("method").asString().equals(method)
                    && from <= amount.minorUnits()
                    && (found == null || from > found.path("from_minor").asLong())) {
                found = rule;
            }
        }
        return Optional.ofNullable(found)
                .map(rule -> new BigDecimal(rule.path("margin").asString()));
    }

    /** Keeps a version of a list; what is known already changes nothing. */
    void keepList(
            String tier, String currency, long version, Instant effectiveFrom, JsonNode rules) {
        for (var rule : rules) {
            if (!rule.required("method").isString()
                    || !rule.required("from_minor").isIntegralNumber()
                    || !isFraction(new BigDecimal(rule.required("margin").asString()))) {
                throw new IllegalArgumentException("Not a margin of " + tier + "/" + currency);
            }
        }
        jdbc.sql(
                        """
                        insert into margin_list_copy (tier, currency, version, effective_from, rules)
                        values (?, ?, ?, ?, ?)
                        on conflict (tier, currency, version) do nothing
                        """)
                .param(tier)
                .param(currency)
                .param(version)
                .param(Timestamp.from(effectiveFrom))
                .param(rules.toString())
                .update();
    }

    private static boolean isFraction(BigDecimal margin) {
        return margin.signum() >= 0 && margin.compareTo(BigDecimal.ONE) < 0;
    }

    /** Keeps a merchant's tier, unless we know something newer. */
    void keepTier(String merchantId, long version, String tier) {
        jdbc.sql(
                        """
                        insert into merchant_tier_copy as known (merchant_id, version, tier)
                        values (?, ?, ?)
                        on conflict (merchant_id) do update
                            set version = excluded.version, tier = excluded.tier
                            where known.version < excluded.version
                        """)
                .param(merchantId)
                .param(version)
                .param(tier)
                .update();
    }
}
