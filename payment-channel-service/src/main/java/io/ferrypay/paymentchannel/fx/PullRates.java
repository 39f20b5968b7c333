package io.ferrypay.paymentchannel.fx;

import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.ProvidesRates;
import io.ferrypay.paymentchannel.channel.ProvidesRates.RatesAnswer;
import io.ferrypay.problem.ApiException;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Learns rates: from the channels, on the clock; and from our own people. */
@Service
public class PullRates {

    static final String OPERATOR = "operator";
    private static final Logger log = LoggerFactory.getLogger(PullRates.class);

    /** A rate that differs by more from the last one is more likely a mistake than a market. */
    private static final BigDecimal LARGEST_STEP = new BigDecimal("0.20");

    private final Channels channels;
    private final RateHistory history;
    private final KnownRates known;
    private final RateSettings settings;
    private final Clock clock;

    PullRates(
            Channels channels,
            RateHistory history,
            KnownRates known,
            RateSettings settings,
            Clock clock) {
        this.channels = channels;
        this.history = history;
        this.known = known;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What one pull did.
     *
     * @param examined accounts asked
     * @param changed rates that were news
     * @param unknown accounts that gave no usable answer
     */
    public record Pulled(int examined, int changed, int unknown) {}

    /**
     * Asks every account whose channel publishes rates, about the currencies merchants are owed.
     */
    public Pulled pull() {
        var currencies = history.currenciesInUse();
        var examined = 0;
        var changed = 0;
        var unknown = 0;
        for (var account : channels.accounts()) {
            var channel = channels.ability(account.id(), ProvidesRates.class).orElse(null);
            if (channel == null || currencies.isEmpty()) {
                continue;
            }
            examined++;
            switch (channel.rates(account.id(), currencies)) {
                case RatesAnswer.Known(var rates) -> {
                    for (var rate : rates) {
                        changed += learn(account, rate, currencies) ? 1 : 0;
                    }
                }
                case RatesAnswer.NotYet _ -> log.info("{} has no rate of today yet", account.id());
                case RatesAnswer.Unknown(var why) -> {
                    log.warn("{} told no rates: {}", account.id(), why);
                    unknown++;
                }
            }
        }
        known.refresh();
        return new Pulled(examined, changed, unknown);
    }

    private boolean learn(
            ChannelAccount account, ProvidesRates.ChannelRate rate, Set<String> currencies) {
        if (!currencies.contains(rate.currency())) {
            return false;
        }
        if (isIncredible(account.id(), rate.currency(), rate.yuanPerUnit())) {
            log.error(
                    "{} says a {} is {} yuan, which is too far from what it was: not believed",
                    account.id(),
                    rate.currency(),
                    rate.yuanPerUnit());
            return false;
        }
        return history.add(
                new KnownRate(account.id(), rate.currency(), rate.yuanPerUnit(), rate.asOf()),
                clock.instant());
    }

    /** A slip of a finger would be charged by at once, so the first rate is looked at, too. */
    private boolean isFarFromAnyKnown(String currency, BigDecimal yuanPerUnit) {
        return isIncredible(OPERATOR, currency, yuanPerUnit)
                || (known.fresh(currency, java.util.List.of(OPERATOR)).isEmpty()
                        && isIncredible(KnownRates.CONFIGURED, currency, yuanPerUnit));
    }

    private boolean isIncredible(String source, String currency, BigDecimal yuanPerUnit) {
        if (yuanPerUnit.signum() <= 0) {
            return true;
        }
        return known.fresh(currency, java.util.List.of(source))
                .map(KnownRate::yuanPerUnit)
                .map(before ->
                        yuanPerUnit.subtract(before).abs().compareTo(before.multiply(LARGEST_STEP))
                                > 0)
                .orElse(false);
    }

    /**
     * Our own people's word, as of now.
     *
     * @param evenIfFar somebody has looked twice at a rate that is far from the last one
     * @throws ApiException {@code fx_rate_too_far}
     */
    public KnownRate tell(String currency, BigDecimal yuanPerUnit, boolean evenIfFar) {
        if (!evenIfFar && isFarFromAnyKnown(currency, yuanPerUnit)) {
            throw ApiException.of(
                    FxProblems.RATE_TOO_FAR,
                    "It differs by more than a fifth from the last one that is known.");
        }
        var rate =
                new KnownRate(
                        OPERATOR,
                        currency,
                        yuanPerUnit,
                        clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
        history.add(rate, clock.instant());
        known.refresh();
        log.info(
                "Operator rate {} = {} yuan (margin {})", currency, yuanPerUnit, settings.margin());
        return rate;
    }
}
