package io.ferrypay.reconcile.convert;

import io.ferrypay.reconcile.convert.Conversion.Converted;
import io.ferrypay.reconcile.convert.Conversion.Sum;
import io.ferrypay.reconcile.convert.Conversion.TotalDifference;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bill while it is written: passes lines on, counts and sums them. */
final class Bill {

    private final BillSink sink;
    private final List<Running> sums = new ArrayList<>();
    private final List<TotalDifference> totals = new ArrayList<>();
    private long lines;
    private long bad;
    private long aside;

    Bill(BillSink sink) {
        this.sink = sink;
    }

    void line(BillLine line) throws IOException {
        sink.line(line);
        lines++;
        running(line.kind(), line.currency()).add(line.amountMinor());
    }

    void bad(Lines at, BadLine.Reason reason, @Nullable Integer column) throws IOException {
        sink.bad(new BadLine(at.number(), at.offset(), at.bytes(), reason, column));
        bad++;
    }

    void bad(Lines at, BadField why) throws IOException {
        bad(at, why.reason(), why.column());
    }

    /** A line that is neither a record nor wrong. */
    void aside() {
        aside++;
    }

    /** How many records there were, read or not. */
    long records() {
        return lines + bad;
    }

    /** The only currency of all lines, or null when there are several or none. */
    @Nullable String onlyCurrency() {
        var found = sums.stream().map(sum -> sum.currency).distinct().toList();
        return found.size() == 1 ? found.getFirst() : null;
    }

    BigInteger sum(BillLine.Kind kind) {
        return sums.stream()
                .filter(sum -> sum.kind == kind)
                .map(Running::total)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    void totalDiffers(String total, String theirs, String ours) {
        totals.add(new TotalDifference(total, theirs, ours));
    }

    /**
     * @param read how many lines the file has
     */
    Converted done(long read) {
        if (lines + bad + aside != read) {
            throw new IllegalStateException(
                    "%d lines were read, but %d + %d + %d accounted for"
                            .formatted(read, lines, bad, aside));
        }
        return new Converted(
                lines,
                bad,
                aside,
                sums.stream()
                        .map(sum -> new Sum(sum.kind, sum.currency, sum.lines, sum.total()))
                        .toList(),
                totals);
    }

    private Running running(BillLine.Kind kind, String currency) {
        for (var sum : sums) { // Two kinds in a handful of currencies.
            if (sum.kind == kind && sum.currency.equals(currency)) {
                return sum;
            }
        }
        var first = new Running(kind, currency);
        sums.add(first);
        return first;
    }

    private static final class Running {

        private final BillLine.Kind kind;
        private final String currency;
        private long lines;
        private long minor;
        private BigInteger spilled = BigInteger.ZERO;

        Running(BillLine.Kind kind, String currency) {
            this.kind = kind;
            this.currency = currency;
        }

        void add(long amount) {
            lines++;
            if (minor > Long.MAX_VALUE - amount) {
                spilled = total();
                minor = 0;
            }
            minor += amount;
        }

        BigInteger total() {
            return spilled.add(BigInteger.valueOf(minor));
        }
    }
}
