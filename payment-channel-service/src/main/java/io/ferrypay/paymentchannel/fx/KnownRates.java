package io.ferrypay.paymentchannel.fx;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The newest rates, in memory: creating a payment asks neither a channel nor the database for them.
 * What another instance has learned is known here within fifteen seconds.
 */
@Component
class KnownRates {

    static final String CONFIGURED = "configured";
    private static final Logger log = LoggerFactory.getLogger(KnownRates.class);

    private final RateHistory history;
    private final RateSettings settings;
    private final Clock clock;
    private final Map<Key, KnownRate> configured;
    private final MultiGauge ages;
    private volatile Map<Key, KnownRate> learned = Map.of();

    KnownRates(RateHistory history, RateSettings settings, Clock clock, MeterRegistry metrics) {
        this.ages =
                MultiGauge.builder("ferry.fx.rate.age")
                        .description("How long ago a source made the newest rate that we know")
                        .baseUnit("seconds")
                        .register(metrics);
        this.history = history;
        this.settings = settings;
        this.clock = clock;
        var started = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        this.configured =
                settings.configured().entrySet().stream()
                        .map(entry ->
                                new KnownRate(
                                        CONFIGURED,
                                        entry.getKey().toUpperCase(Locale.ROOT),
                                        entry.getValue(),
                                        started))
                        .collect(Collectors.toUnmodifiableMap(Key::of, Function.identity()));
    }

    private record Key(String source, String currency) {

        static Key of(KnownRate rate) {
            return new Key(rate.source(), rate.currency());
        }
    }

    /** What the first of those sources that has a fresh rate says. */
    Optional<KnownRate> fresh(String currency, List<String> sources) {
        var now = clock.instant();
        return sources.stream()
                .map(source -> rate(source, currency, now))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<KnownRate> rate(String source, String currency, Instant now) {
        if (source.equals(CONFIGURED)) {
            return Optional.ofNullable(configured.get(new Key(source, currency)));
        }
        return Optional.ofNullable(learned.get(new Key(source, currency)))
                .filter(rate -> rate.isFresh(now, settings.staleAfter()));
    }

    @EventListener(ApplicationReadyEvent.class)
    @Scheduled(initialDelayString = "PT15S", fixedDelayString = "PT15S")
    void refresh() {
        try {
            learned =
                    history.newest().stream()
                            .collect(Collectors.toUnmodifiableMap(Key::of, Function.identity()));
            ages.register(
                    learned.keySet().stream()
                            .map(key ->
                                    MultiGauge.Row.of(
                                            Tags.of(
                                                    "source",
                                                    key.source(),
                                                    "currency",
                                                    key.currency()),
                                            () -> age(key)))
                            .collect(Collectors.toUnmodifiableList()),
                    true);
        } catch (DataAccessException e) {
            log.warn("The rates could not be read again", e);
        }
    }

    private Number age(Key key) {
        var rate = learned.get(key);
        return rate == null
                ? Double.NaN
                : Duration.between(rate.asOf(), clock.instant()).toSeconds();
    }
}
