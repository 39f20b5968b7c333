package io.ferrypay.paymentchannel.risk;

import io.ferrypay.paymentchannel.risk.Condition.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts as {@link RiskCounts} does, in the same buckets, but what a dry run passes by in the order
 * in which it happened. What no window reaches any more is forgotten.
 */
final class CountsInMemory implements Velocity {

    /** Each of them is about a hundred bytes. */
    static final int MOST_BUCKETS = 200_000;

    private static final Duration TIDY_EVERY = Duration.ofHours(2);

    /** By whom and in which grain, and how far back anybody looks. */
    private final Map<Kept, Duration> longest = new HashMap<>();

    private final Map<Key, ArrayDeque<Bucket>> buckets = new HashMap<>();
    private int size;
    private Instant tidied = Instant.MIN;

    CountsInMemory(Collection<Counter> counters) {
        for (var counter : counters) {
            longest.merge(
                    new Kept(counter.by(), RiskCounts.grainOf(counter.window())),
                    counter.window(),
                    (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
    }

    private record Kept(CountedBy by, Duration grain) {}

    private record Key(Kept kept, String of) {}

    private static final class Bucket {

        private final Instant from;
        private final String currency;
        private int payments;
        private long amountMinor;

        private Bucket(Instant from, String currency) {
            this.from = from;
            this.currency = currency;
        }
    }

    @Override
    public Totals before(Facts facts, CountedBy by, Duration window) {
        var grain = RiskCounts.grainOf(window);
        var known = buckets.get(new Key(new Kept(by, grain), Objects.requireNonNull(by.of(facts))));
        if (known == null) {
            return Totals.NONE;
        }
        var first = RiskCounts.bucketOf(facts.at().minus(window), grain);
        var payments = 0L;
        var amount = 0L;
        for (Iterator<Bucket> newest = known.descendingIterator(); newest.hasNext(); ) {
            var bucket = newest.next();
            if (bucket.from.isBefore(first)) {
                break;
            }
            payments += bucket.payments;
            if (bucket.currency.equals(facts.amount().currency().code())) {
                amount = Math.addExact(amount, bucket.amountMinor);
            }
        }
        return new Totals(payments, amount);
    }

    /** Its money is taken; to be called in the order of time. */
    void add(Facts facts) {
        for (var kept : longest.keySet()) {
            var of = kept.by().of(facts);
            if (of != null) {
                add(new Key(kept, of), facts);
            }
        }
        if (tidied.equals(Instant.MIN)) {
            tidied = facts.at();
        } else if (facts.at().isAfter(tidied.plus(TIDY_EVERY))) {
            tidied = facts.at();
            forget(facts.at());
        }
    }

    /** Whether what there is to remember is more than there is room for. */
    boolean isTooMuch(Instant now) {
        if (size > MOST_BUCKETS) {
            forget(now);
        }
        return size > MOST_BUCKETS;
    }

    private void add(Key key, Facts facts) {
        var of = buckets.computeIfAbsent(key, _ -> new ArrayDeque<>(2));
        var from = RiskCounts.bucketOf(facts.at(), key.kept().grain());
        var bucket = open(of, from, facts.amount().currency().code());
        if (bucket == null) {
            bucket = new Bucket(from, facts.amount().currency().code());
            of.addLast(bucket);
            size++;
        }
        bucket.payments++;
        bucket.amountMinor = Math.addExact(bucket.amountMinor, facts.amount().minorUnits());
    }

    private static @Nullable Bucket open(ArrayDeque<Bucket> of, Instant from, String currency) {
        for (var newest = of.descendingIterator(); newest.hasNext(); ) {
            var bucket = newest.next();
            if (!bucket.from.equals(from)) {
                return null;
            }
            if (bucket.currency.equals(currency)) {
                return bucket;
            }
        }
        return null;
    }

    private void forget(Instant now) {
        for (var all = buckets.entrySet().iterator(); all.hasNext(); ) {
            var entry = all.next();
            var kept = entry.getKey().kept();
            var first =
                    RiskCounts.bucketOf(
                            now.minus(Objects.requireNonNull(longest.get(kept))), kept.grain());
            var of = entry.getValue();
            while (!of.isEmpty() && of.getFirst().from.isBefore(first)) {
                of.removeFirst();
                size--;
            }
            if (of.isEmpty()) {
                all.remove();
            }
        }
    }
}
