package io.ferrypay.tradeadmin.pricing;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of what a merchant or a tier is asked for. Of those that have begun, the highest
 * version counts: a later decision takes the place of an earlier one, also of one that was still to
 * begin.
 *
 * @param scope a merchant for fees, a tier for margins; empty for whoever has no list of its own
 * @param currency of the payments it is for
 * @param refundFee what a refund does to the fee; null for margins
 * @param decidedBy who answers for it
 */
public record PriceList(
        PriceKind kind,
        String scope,
        Currency currency,
        int version,
        Instant effectiveFrom,
        @Nullable RefundFee refundFee,
        List<PriceRule> rules,
        String reason,
        String decidedBy,
        Instant decidedAt) {

    static final Comparator<PriceRule> ORDER =
            Comparator.comparing(PriceRule::method).thenComparingLong(PriceRule::fromMinor);

    /** What becomes of a fee when its payment is refunded. */
    public enum RefundFee {
        /** It stays with us. */
        KEEP,
        /** It goes back with the refund, in the same part. */
        RETURN;

        /** The name on the wire and in tables, such as {@code keep}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public PriceList {
        rules = rules.stream().sorted(ORDER).toList();
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("A price list has rules");
        }
        if ((kind == PriceKind.FEE) != (refundFee != null)) {
            throw new IllegalArgumentException("A list of fees says what a refund does");
        }
        var bands = new HashSet<List<Object>>();
        var methods = new HashSet<String>();
        for (var rule : rules) {
            if (!bands.add(List.of(rule.method(), rule.fromMinor()))) {
                throw new IllegalArgumentException("Two rules begin at the same amount");
            }
            if (methods.add(rule.method()) && rule.fromMinor() != 0) {
                throw new IllegalArgumentException("The first rule of a method begins at zero");
            }
            if (kind == PriceKind.MARGIN
                    && (rule.fixedMinor() != 0
                            || rule.leastMinor() != null
                            || rule.mostMinor() != null)) {
                throw new IllegalArgumentException("A margin is a rate and nothing else");
            }
        }
    }

    /** {@code mer_…/3}, {@code /1}. */
    public String name() {
        return scope + "/" + version;
    }

    /** The rule for a payment; empty where the list has none for its way to pay. */
    public Optional<PriceRule> rule(String method, Money amount) {
        return band(method, amount).or(() -> band("", amount));
    }

    private Optional<PriceRule> band(String method, Money amount) {
        return rules.stream()
                .filter(rule ->
                        rule.method().equals(method) && rule.fromMinor() <= amount.minorUnits())
                .max(Comparator.comparingLong(PriceRule::fromMinor));
    }

    public Money fee(String method, Money amount) {
        return rule(method, amount)
                .map(rule -> rule.fee(amount))
                .orElseGet(() -> Money.zero(amount.currency()));
    }

    /** What a version changed: rules that came, went, or ask for something else. */
    public record Difference(@Nullable PriceRule before, @Nullable PriceRule after) {}

    /** What is different from an older version; all of it if there was none. */
    public List<Difference> since(@Nullable PriceList older) {
        var found = new ArrayList<Difference>();
        var before = older == null ? List.<PriceRule>of() : older.rules();
        for (var rule : before) {
            var same = at(rules, rule).orElse(null);
            if (same == null || !isSame(same, rule)) {
                found.add(new Difference(rule, same));
            }
        }
        for (var rule : rules) {
            if (at(before, rule).isEmpty()) {
                found.add(new Difference(null, rule));
            }
        }
        return found;
    }

    private static Optional<PriceRule> at(List<PriceRule> rules, PriceRule place) {
        return rules.stream().filter(rule -> ORDER.compare(rule, place) == 0).findFirst();
    }

    private static boolean isSame(PriceRule one, PriceRule other) {
        return one.rate().compareTo(other.rate()) == 0
                && one.fixedMinor() == other.fixedMinor()
                && Objects.equals(one.leastMinor(), other.leastMinor())
                && Objects.equals(one.mostMinor(), other.mostMinor());
    }
}
