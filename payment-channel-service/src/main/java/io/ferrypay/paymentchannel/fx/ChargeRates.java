package io.ferrypay.paymentchannel.fx;

import io.ferrypay.money.Currency;
import io.ferrypay.money.ExchangeRate;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Converts a merchant's amount for channels that take yuan only. */
@Component
public class ChargeRates {

    private static final Currency YUAN = Currency.of("CNY");

    private final KnownRates rates;
    private final Margins margins;
    private final RateSettings settings;

    ChargeRates(KnownRates rates, Margins margins, RateSettings settings) {
        this.rates = rates;
        this.margins = margins;
        this.settings = settings;
    }

    /**
     * How many yuan the payer is charged; empty when there is no fresh rate to charge by: better
     * nothing than a guess.
     *
     * @param methods how it may be paid; if their margins differ, the greatest counts for all
     */
    public Optional<YuanCharge> inYuan(
            String merchantId, Set<PaymentMethod> methods, Money amount) {
        return rates.fresh(amount.currency().code(), settings.chargeSources())
                .map(rate -> charge(amount, rate, margin(merchantId, methods, amount)));
    }

    private BigDecimal margin(String merchantId, Set<PaymentMethod> methods, Money amount) {
        return methods.stream()
                .map(method -> margins.of(merchantId, method, amount))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    static YuanCharge charge(Money amount, KnownRate rate, BigDecimal margin) {
        var withMargin = YuanCharge.withMargin(rate.yuanPerUnit(), margin);
        return new YuanCharge(
                new ExchangeRate(amount.currency(), YUAN, withMargin).convertToCover(amount),
                rate.yuanPerUnit(),
                margin,
                rate.asOf(),
                rate.source());
    }
}
