package io.ferrypay.paymentchannel.fx;

import io.ferrypay.money.Currency;
import io.ferrypay.money.ExchangeRate;
import io.ferrypay.money.Money;
import java.math.BigDecimal;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Converts a merchant's amount for channels that take yuan only. */
@Component
public class ChargeRates {

    private static final Currency YUAN = Currency.of("CNY");

    private final KnownRates rates;
    private final RateSettings settings;

    ChargeRates(KnownRates rates, RateSettings settings) {
        this.rates = rates;
        this.settings = settings;
    }

    /**
     * How many yuan the payer is charged; empty when there is no fresh rate to charge by: better
     * nothing than a guess.
     */
    public Optional<YuanCharge> inYuan(Money amount) {
        return rates.fresh(amount.currency().code(), settings.chargeSources())
                .map(rate -> charge(amount, rate, settings.margin()));
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
