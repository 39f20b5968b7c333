package io.ferrypay.paymentchannel.risk;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.risk.Condition.Counter;
import io.ferrypay.paymentchannel.risk.PaymentHistory.Outcome;
import io.ferrypay.paymentchannel.risk.PaymentHistory.Past;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges payments in the order in which things happened to them, by the code that judges new ones:
 * each when it was made, and again when its payer had paid, which then counts for those that
 * follow. Payments from before the first that is judged only count.
 */
final class JudgePast {

    /** What cannot be judged within the memory there is. */
    static final class TooMuch extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("more history than there is memory for", null, false, false);
        }
    }

    /** So many payments can wait for their payer between being made and the one at hand. */
    private static final int MOST_UNPAID = 200_000;

    private static final ZoneId CALENDAR = ZoneId.of("Pacific/Auckland");
    private static final int SAMPLE = 20;

    private final RuleSet.Rule rule;
    private final boolean livemode;
    private final Instant from;
    private final CountsInMemory counts;
    private final PriorityQueue<Judged> toBePaid =
            new PriorityQueue<>(Comparator.comparing(Judged::paidAt));

    private long payments;
    private long hits;
    private long hitsAtCreation;
    private final Map<String, Long> sums = new TreeMap<>();
    private final Map<LocalDate, long[]> days = new TreeMap<>();
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final ArrayDeque<DryRun.Hit> newest = new ArrayDeque<>();

    /**
     * @param from payments that were made before are not judged
     */
    JudgePast(Condition condition, @Nullable String merchantId, boolean livemode, Instant from) {
        this.livemode = livemode;
        this.rule =
                new RuleSet.Rule(
                        "dry",
                        0,
                        "dry run",
                        merchantId,
                        RiskAction.ALERT,
                        0,
                        Instant.EPOCH,
                        condition);
        this.from = from;
        this.counts = new CountsInMemory(condition.counters());
    }

    /** How long before the first judged payment history has to begin. */
    static Duration lead(Condition condition) {
        var longest =
                condition.counters().stream()
                        .map(Counter::window)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO);
        // With the bucket that the window begins in, and payments that were made a day before.
        return longest.isZero() ? Duration.ofDays(1) : longest.plusHours(25);
    }

    private record Judged(Past payment, Facts paid, boolean hit) {

        private Instant paidAt() {
            return paid.at();
        }
    }

    /** The next one, in the order in which they were made. One of the other mode says nothing. */
    void see(Past payment) {
        var made = payment.atCreation();
        if (made.livemode() != livemode) {
            return;
        }
        payUntil(made.at());
        var judged =
                !made.at().isBefore(from)
                        && (rule.merchantId() == null
                                || rule.merchantId().equals(made.merchantId()));
        var hit = judged && rule.fits(made, counts);
        if (judged) {
            payments++;
            day(payment)[0]++;
        }
        if (hit) {
            hitsAtCreation++;
            hit(payment, true);
        }
        var paid = payment.onSuccess();
        if (paid != null) {
            toBePaid.add(new Judged(payment, paid, hit || !judged));
            if (toBePaid.size() > MOST_UNPAID) {
                throw new TooMuch();
            }
        }
    }

    /** After the last one. */
    DryRun.Result result() {
        payUntil(Instant.MAX);
        var told = new TreeMap<String, String>();
        sums.forEach((currency, sum) ->
                told.put(currency, Money.ofMinor(sum, Currency.of(currency)).toDecimalString()));
        return new DryRun.Result(
                payments,
                hits,
                hitsAtCreation,
                told,
                days.entrySet().stream()
                        .map(day ->
                                new DryRun.Day(day.getKey(), day.getValue()[0], day.getValue()[1]))
                        .toList(),
                outcomes,
                List.copyOf(newest.reversed()));
    }

    private void payUntil(Instant time) {
        while (!toBePaid.isEmpty() && !toBePaid.peek().paidAt().isAfter(time)) {
            var next = toBePaid.remove();
            if (!next.hit() && rule.fits(next.paid(), counts)) {
                hit(next.payment(), false);
            }
            counts.add(next.paid());
            if (counts.isTooMuch(next.paidAt())) {
                throw new TooMuch();
            }
        }
    }

    private void hit(Past payment, boolean atCreation) {
        var made = payment.atCreation();
        hits++;
        day(payment)[1]++;
        sums.merge(made.amount().currency().code(), made.amount().minorUnits(), Math::addExact);
        outcomes.merge(payment.outcome(), 1L, Long::sum);
        if (newest.size() == SAMPLE) {
            newest.removeFirst();
        }
        newest.addLast(
                new DryRun.Hit(
                        payment.paymentId(),
                        made.merchantId(),
                        payment.merchantReference(),
                        made.amount().toDecimalString(),
                        made.amount().currency().code(),
                        made.at(),
                        atCreation,
                        payment.outcome()));
    }

    private long[] day(Past payment) {
        return days.computeIfAbsent(
                LocalDate.ofInstant(payment.atCreation().at(), CALENDAR), _ -> new long[2]);
    }
}
