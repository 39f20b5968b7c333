package io.ferrypay.reconcile.compare;

import io.ferrypay.money.Currency;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a line {@code l} and a record {@code r} differ, as an expression of SQL. */
final class MaskSql {

    private MaskSql() {}

    static String of(CompareSettings settings, @Nullable BigDecimal feeRate) {
        var allowed = allowed(settings.tolerances(), "l.currency");
        var allowedYuan = settings.tolerances().getOrDefault("CNY", 0L);
        var terms =
                """
                (case when l.currency = r.currency and abs(l.amount_minor - r.amount_minor) > %1$s then %2$d else 0 end)
                | (case when l.currency <> r.currency then %3$d else 0 end)
                | (case when l.rate is not null and r.rate is not null
                             and abs(l.rate - r.rate) > r.rate * %4$s
                          or l.currency <> 'CNY' and l.yuan_minor is not null and r.yuan_minor is not null
                             and abs(l.yuan_minor - r.yuan_minor) > %5$d then %6$d else 0 end)
                | (case when l.channel_merchant <> r.channel_merchant then %7$d else 0 end)
                | (case when l.settled_currency is null or l.settled_currency <> l.currency or l.settled_minor is null
                             or abs(l.settled_minor - l.amount_minor) <= %1$s
                             or abs(l.settled_minor - (l.amount_minor - coalesce(l.fee, 0) * %8$s)) <= %1$s then 0
                        when l.settled_minor < l.amount_minor then %9$d else %10$d end)
                """
                        .formatted(
                                allowed,
                                Bit.AMOUNT.mask(),
                                Bit.CURRENCY.mask(),
                                settings.rateTolerance().toPlainString(),
                                allowedYuan,
                                Bit.FX_RATE.mask(),
                                Bit.MERCHANT.mask(),
                                minorInWhole("l.currency"),
                                Bit.SHORT.mask(),
                                Bit.OVER.mask());
        return feeRate == null ? terms : terms + fee(feeRate);
    }

    /** Where the channel settles in another currency its fee is in that one, too. */
    private static final String SETTLED_ELSEWHERE =
            "(l.settled_currency <> l.currency and l.settled_minor is not null)";

    static final String FEE_CURRENCY =
            "(case when %s then l.settled_currency else l.currency end)"
                    .formatted(SETTLED_ELSEWHERE);

    /** What is to be settled of a line, in minor units. */
    static final String SETTLEMENT_DUE =
            "(l.amount_minor - coalesce(l.fee, 0) * %s)".formatted(minorInWhole("l.currency"));

    /** The fee that was agreed, in whole units; null where none was. */
    static String feeDue(@Nullable BigDecimal rate) {
        return rate == null
                ? "null::numeric"
                : "round(%s * %s / %s, 2)"
                        .formatted(FEE_BASE, rate.toPlainString(), minorInWhole(FEE_CURRENCY));
    }

    private static final String FEE_BASE =
            "(case when %s then l.settled_minor else l.amount_minor end)"
                    .formatted(SETTLED_ELSEWHERE);

    /** Of payments only. A channel rounds its own way: one smallest unit is no difference. */
    private static String fee(BigDecimal rate) {
        return """
        | (case when l.kind = 'payment' and l.fee is not null
                     and abs(abs(l.fee) * %1$s - %2$s * %3$s) > 1 then %4$d else 0 end)
        """
                .formatted(
                        minorInWhole(FEE_CURRENCY), FEE_BASE, rate.toPlainString(), Bit.FEE.mask());
    }

    private static String allowed(Map<String, Long> tolerances, String currency) {
        if (tolerances.isEmpty()) {
            return "0";
        }
        return tolerances.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> "when '%s' then %d".formatted(one.getKey(), one.getValue()))
                .collect(Collectors.joining(" ", "(case " + currency + " ", " else 0 end)"));
    }

    static String minorInWhole(String currency) {
        var without =
                Currency.all()
                        .filter(known -> known.exponent() == 0)
                        .map(known -> "'" + known.code() + "'")
                        .collect(Collectors.joining(", "));
        return "(case when %s in (%s) then 1 else 100 end)".formatted(currency, without);
    }
}
