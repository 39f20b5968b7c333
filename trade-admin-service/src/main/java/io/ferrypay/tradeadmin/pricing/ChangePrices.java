package io.ferrypay.tradeadmin.pricing;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import io.ferrypay.money.Currency;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.pricing.PriceList.RefundFee;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts new prices in force, and tells the other services of margins: {@code pricing.margin_changed}
 * and {@code pricing.tier_assigned}, each with all there is to know of it.
 */
@Component
public class ChangePrices {

    /** So long before it begins a list of fees must be known; see the table. */
    static final Duration LEAST_NOTICE = Duration.ofMinutes(1);

    private static final Duration ROOM = Duration.ofSeconds(10);
    private static final Pattern TIER = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final Pattern MERCHANT = Pattern.compile("mer_[0-9A-Z]{26}");

    private final JdbcClient jdbc;
    private final PriceLists lists;
    private final Outbox outbox;
    private final JsonMapper json;
    private final Clock clock;

    ChangePrices(JdbcClient jdbc, PriceLists lists, Outbox outbox, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.lists = lists;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What is wanted instead of a version.
     *
     * @param scope as in {@link PriceList}
     * @param basedOn the newest version that whoever asks has seen; zero if there was none
     * @param effectiveFrom null for as soon as may be
     */
    public record Change(
            PriceKind kind,
            String scope,
            Currency currency,
            int basedOn,
            @Nullable Instant effectiveFrom,
            @Nullable RefundFee refundFee,
            List<PriceRule> rules,
            String reason) {

        public Change {
            rules = List.copyOf(rules);
        }
    }

    /**
     * @param decidedBy who answers for it
     * @throws ApiException {@code price_list_changed} if there is a newer version than it is based
     *     on, {@code invalid_request} for prices that can't be, or that begin too soon
     */
    @Transactional
    public PriceList change(Change wanted, String decidedBy) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var list = list(wanted, decidedBy, now);
        var newest = newest(wanted);
        if (newest != wanted.basedOn()) {
            throw changed(newest);
        }
        try {
            lists.add(list);
        } catch (DuplicateKeyException _) {
            throw changed(list.version());
        }
        if (list.kind() == PriceKind.MARGIN) {
            tell(list);
        }
        return list;
    }

    /** Refuses what {@link #change} would refuse now. */
    void check(Change wanted) {
        list(wanted, "nobody", clock.instant().truncatedTo(ChronoUnit.MICROS));
        var newest = newest(wanted);
        if (newest != wanted.basedOn()) {
            throw changed(newest);
        }
    }

    private int newest(Change wanted) {
        return lists.history(wanted.kind(), wanted.scope(), wanted.currency()).stream()
                .map(PriceList::version)
                .findFirst()
                .orElse(0);
    }

    static List<PriceList.Difference> rulesChanged(@Nullable PriceList before, Change wanted) {
        return list(wanted, "nobody", Instant.EPOCH).since(before);
    }

    private static ApiException changed(int newest) {
        return ApiException.of(
                PricingProblems.CHANGED, "The newest version is now " + newest + ".");
    }

    private static PriceList list(Change wanted, String decidedBy, Instant now) {
        var scope = wanted.kind() == PriceKind.FEE ? MERCHANT : TIER;
        if (!wanted.scope().isEmpty() && !scope.matcher(wanted.scope()).matches()) {
            throw ApiException.invalid("/scope", "wrong_format", "must be a merchant or a tier");
        }
        var earliest = wanted.kind() == PriceKind.FEE ? now.plus(LEAST_NOTICE) : now;
        var from = wanted.effectiveFrom();
        if (from != null && from.isBefore(earliest)) {
            throw ApiException.invalid(
                    "/effective_from", "too_early", "must be " + earliest + " or later");
        }
        // The last moment to commit it, with room to spare.
        var soonest = wanted.kind() == PriceKind.FEE ? earliest.plus(ROOM) : earliest;
        try {
            return new PriceList(
                    wanted.kind(),
                    wanted.scope(),
                    wanted.currency(),
                    wanted.basedOn() + 1,
                    from == null ? soonest : from.truncatedTo(ChronoUnit.MICROS),
                    wanted.refundFee(),
                    wanted.rules(),
                    wanted.reason(),
                    decidedBy,
                    now);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("/rules", "not_allowed", String.valueOf(e.getMessage()));
        }
    }

    private void tell(PriceList list) {
        var data = json.createObjectNode();
        data.put("tier", list.scope());
        data.put("currency", list.currency().code());
        data.put("version", list.version());
        data.put("effective_from", list.effectiveFrom().toString());
        var rules = data.putArray("rules");
        for (var rule : list.rules()) {
            rules.addObject()
                    .put("method", rule.method())
                    .put("from_minor", rule.fromMinor())
                    .put("margin", rule.rate().toPlainString());
        }
        outbox.append(
                Event.of(
                        "pricing.margin_changed",
                        "margin/" + list.scope() + "/" + list.currency().code(),
                        list.version(),
                        list.decidedAt(),
                        data));
    }

    /**
     * Gives a merchant the margins of a tier from now on.
     *
     * @param tier empty for that of everybody
     */
    @Transactional
    public void assignTier(String merchantId, String tier, String reason, String decidedBy) {
        checkTier(merchantId, tier);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int version;
        try {
            version =
                    jdbc.sql(
                                    """
                                    insert into merchant_tier
                                    select ?, coalesce(max(version), 0) + 1, ?, ?, ?, ?, ?
                                      from merchant_tier where merchant_id = ?
                                    returning version
                                    """)
                            .params(
                                    merchantId,
                                    tier,
                                    Timestamp.from(now),
                                    reason,
                                    decidedBy,
                                    Timestamp.from(now),
                                    merchantId)
                            .query(Integer.class)
                            .single();
        } catch (DuplicateKeyException _) {
            throw ApiException.of(PricingProblems.CHANGED);
        }
        outbox.append(
                Event.of(
                        "pricing.tier_assigned",
                        merchantId,
                        version,
                        now,
                        json.createObjectNode().put("merchant_id", merchantId).put("tier", tier)));
    }

    static void checkTier(String merchantId, String tier) {
        if (!MERCHANT.matcher(merchantId).matches()) {
            throw ApiException.invalid("/merchant", "wrong_format", "must be a merchant");
        }
        if (!tier.isEmpty() && !TIER.matcher(tier).matches()) {
            throw ApiException.invalid("/tier", "wrong_format", "must be a tier");
        }
    }

    /** The tier of a merchant; empty for that of everybody. */
    public String tier(String merchantId, Instant at) {
        return jdbc.sql(
                        "select tier from merchant_tier where merchant_id = ?"
                                + " and effective_from <= ? order by version desc limit 1")
                .params(merchantId, Timestamp.from(at))
                .query(String.class)
                .optional()
                .orElse("");
    }
}
