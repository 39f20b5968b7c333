package io.ferrypay.paymentchannel.fx;

import io.ferrypay.money.Currency;
import io.ferrypay.money.ExchangeRate;
import io.ferrypay.money.Money;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** About what a payer will pay where the channel converts: shown, never charged. */
@Component
public class IndicativeRates {

    private static final Currency YUAN = Currency.of("CNY");

    private final KnownRates rates;

    IndicativeRates(KnownRates rates) {
        this.rates = rates;
    }

    /**
     * About how many yuan that is; empty when we have no rate to go by.
     *
     * @param accountId the channel account whose own rate is asked first, if one is known
     */
    public Optional<ShownAmount> inYuan(Money amount, @Nullable String accountId) {
        if (amount.currency().equals(YUAN)) {
            return Optional.empty();
        }
        return rates.fresh(amount.currency().code(), sources(accountId))
                .map(rate ->
                        new ShownAmount(
                                new ExchangeRate(amount.currency(), YUAN, rate.yuanPerUnit())
                                        .convertForDisplay(amount),
                                rate.yuanPerUnit(),
                                rate.asOf(),
                                rate.source()));
    }

    private static List<String> sources(@Nullable String accountId) {
        return accountId == null
                ? List.of(PullRates.OPERATOR, KnownRates.CONFIGURED)
                : List.of(accountId, PullRates.OPERATOR, KnownRates.CONFIGURED);
    }
}
