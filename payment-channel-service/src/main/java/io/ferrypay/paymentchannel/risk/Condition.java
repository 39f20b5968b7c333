package io.ferrypay.paymentchannel.risk;

import io.ferrypay.money.Currency;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When a rule fits a payment. Bounded, and without anything that could run. */
sealed interface Condition {

    Truth test(Facts facts, Velocity velocity);

    /** What has to be counted to know: by that the work of rules is bounded. */
    default Set<Counter> counters() {
        return Set.of();
    }

    /** Whether the database has to be asked: the others are asked first. */
    default boolean isDear() {
        return !counters().isEmpty();
    }

    /**
     * One number that is looked up.
     *
     * @param window how far back it reaches
     */
    record Counter(CountedBy by, Duration window) {}

    /** As long as one says no, the whole is a no, whatever is not known of the others. */
    record All(List<Condition> parts) implements Condition {

        public All {
            parts = cheapFirst(parts);
        }

        @Override
        public Truth test(Facts facts, Velocity velocity) {
            var sum = Truth.YES;
            for (var part : parts) {
                switch (part.test(facts, velocity)) {
                    case NO -> {
                        return Truth.NO;
                    }
                    case UNKNOWN -> sum = Truth.UNKNOWN;
                    case YES -> {}
                }
            }
            return sum;
        }

        @Override
        public Set<Counter> counters() {
            return countersOf(parts);
        }
    }

    record Any(List<Condition> parts) implements Condition {

        public Any {
            parts = cheapFirst(parts);
        }

        @Override
        public Truth test(Facts facts, Velocity velocity) {
            var sum = Truth.NO;
            for (var part : parts) {
                switch (part.test(facts, velocity)) {
                    case YES -> {
                        return Truth.YES;
                    }
                    case UNKNOWN -> sum = Truth.UNKNOWN;
                    case NO -> {}
                }
            }
            return sum;
        }

        @Override
        public Set<Counter> counters() {
            return countersOf(parts);
        }
    }

    record Not(Condition part) implements Condition {

        @Override
        public Truth test(Facts facts, Velocity velocity) {
            return part.test(facts, velocity).not();
        }

        @Override
        public Set<Counter> counters() {
            return part.counters();
        }
    }

    /** How two numbers are compared. */
    enum Comparison {
        LT,
        LTE,
        EQ,
        GTE,
        GT;

        boolean holds(long left, long right) {
            return switch (this) {
                case LT -> left < right;
                case LTE -> left <= right;
                case EQ -> left == right;
                case GTE -> left >= right;
                case GT -> left > right;
            };
        }
    }

    /** An amount in another currency is neither more nor less: it does not fit. */
    record AmountIs(Comparison comparison, Currency currency, long minorUnits)
            implements Condition {

        @Override
        public Truth test(Facts facts, Velocity velocity) {
            return Truth.of(
                    facts.amount().currency().equals(currency)
                            && comparison.holds(facts.amount().minorUnits(), minorUnits));
        }
    }

    /** What a payment has of a name. */
    enum Name {
        METHOD,
        CHANNEL,
        MERCHANT,
        STORE,
        STATIC_CODE,
        DEVICE,
        PAYER;

        private @Nullable String of(Facts facts) {
            return switch (this) {
                case METHOD -> facts.method();
                case CHANNEL -> facts.channel();
                case MERCHANT -> facts.merchantId();
                case STORE -> facts.storeId();
                case STATIC_CODE -> facts.staticCode();
                case DEVICE -> facts.deviceId();
                case PAYER -> facts.payer();
            };
        }

        private Truth missing() {
            return switch (this) {
                case METHOD, CHANNEL, PAYER -> Truth.UNKNOWN;
                case MERCHANT, STORE, STATIC_CODE, DEVICE -> Truth.NO;
            };
        }
    }

    record NameIsIn(Name name, Set<String> values) implements Condition {

        @Override
        public Truth test(Facts facts, Velocity velocity) {
            var value = name.of(facts);
            return value == null ? name.missing() : Truth.of(values.contains(value));
        }
    }

    record NameIsSet(Name name) implements Condition {

        @Override
        public Truth test(Facts facts, Velocity velocity) {
            return name.of(facts) == null ? name.missing() : Truth.YES;
        }
    }

    record AddressIsIn(List<AddressRange> ranges) implements Condition {

        @Override
        public Truth test(Facts facts, Velocity velocity) {
            var address = facts.ip() == null ? null : AddressRange.address(facts.ip());
            return address == null
                    ? Truth.UNKNOWN
                    : Truth.of(ranges.stream().anyMatch(range -> range.contains(address)));
        }
    }

    /** From {@code from} until before {@code to}, over midnight where that is earlier. */
    record TimeIsIn(ZoneId zone, LocalTime from, LocalTime to) implements Condition {

        @Override
        public Truth test(Facts facts, Velocity velocity) {
            var time = facts.at().atZone(zone).toLocalTime();
            return Truth.of(
                    from.isBefore(to)
                            ? !time.isBefore(from) && time.isBefore(to)
                            : !time.isBefore(from) || time.isBefore(to));
        }
    }

    /** With this payment, so many of the last while took money. */
    record CountIs(CountedBy by, Duration window, Comparison comparison, long payments)
            implements Condition {

        @Override
        public Truth test(Facts facts, Velocity velocity) {
            if (by.of(facts) == null) {
                return by.mayBeUnknown() ? Truth.UNKNOWN : Truth.NO;
            }
            return Truth.of(
                    comparison.holds(
                            Math.addExact(velocity.before(facts, by, window).payments(), 1),
                            payments));
        }

        @Override
        public Set<Counter> counters() {
            return Set.of(new Counter(by, window));
        }
    }

    /** With this payment, so much came in during the last while. */
    record SumIs(
            CountedBy by,
            Duration window,
            Comparison comparison,
            Currency currency,
            long minorUnits)
            implements Condition {

        @Override
        public Truth test(Facts facts, Velocity velocity) {
            if (!facts.amount().currency().equals(currency)) {
                return Truth.NO;
            }
            if (by.of(facts) == null) {
                return by.mayBeUnknown() ? Truth.UNKNOWN : Truth.NO;
            }
            return Truth.of(
                    comparison.holds(
                            Math.addExact(
                                    velocity.before(facts, by, window).amountMinor(),
                                    facts.amount().minorUnits()),
                            minorUnits));
        }

        @Override
        public Set<Counter> counters() {
            return Set.of(new Counter(by, window));
        }
    }

    private static Set<Counter> countersOf(List<Condition> parts) {
        return parts.stream()
                .flatMap(part -> part.counters().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<Condition> cheapFirst(List<Condition> parts) {
        return parts.stream()
                .sorted((one, other) -> Boolean.compare(one.isDear(), other.isDear()))
                .toList();
    }
}
