package io.ferrypay.paymentchannel.fx;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * How rates went, from what we were told and kept. A rate from the settings has no history, and is
 * in none.
 */
@Service
public class ShowRateHistory {

    private final ShowRates rates;
    private final RateHistory history;
    private final RateSettings settings;
    private final Clock clock;

    ShowRateHistory(ShowRates rates, RateHistory history, RateSettings settings, Clock clock) {
        this.rates = rates;
        this.history = history;
        this.settings = settings;
        this.clock = clock;
    }

    /** How far apart two points are. */
    public enum Interval {
        HOUR(ChronoUnit.HOURS, 7),
        DAY(ChronoUnit.DAYS, 92);

        private final ChronoUnit unit;
        private final int mostDays;

        Interval(ChronoUnit unit, int mostDays) {
            this.unit = unit;
            this.mostDays = mostDays;
        }

        /** How many days may be asked for at once. */
        public int mostDays() {
            return mostDays;
        }
    }

    /**
     * The rate at the end of an interval, or now where it is not over yet.
     *
     * @param startsAt when the interval begins
     * @param yuanPerUnit with today's margin where we convert: what it was then is not kept
     */
    public record Point(Instant startsAt, BigDecimal yuanPerUnit, Instant asOf, String source) {}

    /**
     * How one way to pay went.
     *
     * @param points the oldest first; without those at which there was no fresh rate
     */
    public record MethodHistory(PaymentMethod method, boolean includesMargin, List<Point> points) {}

    /**
     * Days are those of {@code zone}; {@code last} is included.
     *
     * @param only one way to pay, or null for all; those without a point are left out
     */
    public List<MethodHistory> of(
            String merchantId,
            Currency currency,
            Mode mode,
            @Nullable PaymentMethod only,
            LocalDate first,
            LocalDate last,
            ZoneId zone,
            Interval interval) {
        var starts =
                starts(
                        first.atStartOfDay(zone),
                        last.plusDays(1).atStartOfDay(zone).toInstant(),
                        interval);
        var shown = new ArrayList<MethodHistory>();
        for (var method : PaymentMethod.values()) {
            var basis =
                    only == null || only == method
                            ? rates.basis(merchantId, method, mode, Money.zero(currency))
                                    .orElse(null)
                            : null;
            if (basis == null || starts.isEmpty()) {
                continue;
            }
            var points =
                    history
                            .at(
                                    List.copyOf(starts.keySet()),
                                    basis.sources(),
                                    currency.code(),
                                    settings.staleAfter())
                            .stream()
                            .map(at ->
                                    new Point(
                                            Objects.requireNonNull(starts.get(at.moment())),
                                            basis.shown(at.rate().yuanPerUnit()),
                                            at.rate().asOf(),
                                            at.rate().source()))
                            .toList();
            if (!points.isEmpty()) {
                shown.add(new MethodHistory(method, basis.includesMargin(), points));
            }
        }
        return shown;
    }

    /** When each interval begins, by when it is over or now; what lies ahead is left out. */
    private Map<Instant, Instant> starts(ZonedDateTime first, Instant end, Interval interval) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var starts = new TreeMap<Instant, Instant>();
        // Always from the first: days after one another differ by an hour where clocks change.
        for (var i = 0L; ; i++) {
            var start = first.plus(i, interval.unit).toInstant();
            if (!start.isBefore(end) || start.isAfter(now)) {
                return starts;
            }
            var over = first.plus(i + 1, interval.unit).toInstant().minusMillis(1);
            starts.put(over.isBefore(now) ? over : now, start);
        }
    }
}
