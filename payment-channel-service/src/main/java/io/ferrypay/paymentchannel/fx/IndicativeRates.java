package io.ferrypay.paymentchannel.fx;

import io.ferrypay.money.Currency;
import io.ferrypay.money.ExchangeRate;
import io.ferrypay.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Rates to yuan from configuration, under {@code ferry.fx.indicative.<currency>}: yuan per unit.
 * They are as old as this process.
 */
@Component
public class IndicativeRates {

    private static final Currency YUAN = Currency.of("CNY");

    private final Map<String, BigDecimal> yuanPerUnit;
    private final Instant asOf;

    IndicativeRates(IndicativeRateSettings settings, Clock clock) {
        this.yuanPerUnit =
                settings.indicative().entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        rate -> rate.getKey().toUpperCase(Locale.ROOT),
                                        Map.Entry::getValue));
        this.asOf = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    }

    /** About how many yuan that is; empty when we have no rate to go by. */
    public Optional<ShownAmount> inYuan(Money amount) {
        var rate = yuanPerUnit.get(amount.currency().code());
        if (rate == null) {
            return Optional.empty();
        }
        var yuan =
                new ExchangeRate(amount.currency(), YUAN, rate)
                        .convert(amount, RoundingMode.HALF_UP);
        return Optional.of(new ShownAmount(yuan, rate, asOf, "configured"));
    }
}
