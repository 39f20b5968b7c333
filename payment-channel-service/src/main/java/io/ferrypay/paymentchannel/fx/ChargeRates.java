package io.ferrypay.paymentchannel.fx;

import io.ferrypay.money.Currency;
import io.ferrypay.money.ExchangeRate;
import io.ferrypay.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Converts a merchant's amount for channels that take yuan only. */
@Component
public class ChargeRates {

    private static final Currency YUAN = Currency.of("CNY");
    private static final int RATE_DECIMALS = 10;

    private final IndicativeRates rates;
    private final BigDecimal margin;

    ChargeRates(IndicativeRates rates, IndicativeRateSettings settings) {
        this.rates = rates;
        this.margin = settings.margin();
    }

    /** How many yuan the payer is charged; empty when there is no rate to charge by. */
    public Optional<YuanCharge> inYuan(Money amount) {
        return rates.inYuan(amount)
                .map(shown ->
                        new YuanCharge(
                                new ExchangeRate(amount.currency(), YUAN, withMargin(shown.rate()))
                                        .convertToCover(amount),
                                shown.rate(),
                                margin,
                                shown.asOf(),
                                shown.source()));
    }

    private BigDecimal withMargin(BigDecimal rate) {
        return rate.multiply(BigDecimal.ONE.add(margin)).setScale(RATE_DECIMALS, RoundingMode.UP);
    }
}
