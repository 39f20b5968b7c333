package io.ferrypay.reconcile.compare;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of a line and its record, as bits of a number; zero is "they fit". */
enum Bit {
    AMOUNT(1, DifferenceType.AMOUNT),
    CURRENCY(1 << 1, DifferenceType.CURRENCY),
    STATUS(1 << 2, DifferenceType.STATUS),
    FEE(1 << 3, DifferenceType.FEE),
    FX_RATE(1 << 4, DifferenceType.FX_RATE),
    MERCHANT(1 << 5, DifferenceType.WRONG_MERCHANT),
    SHORT(1 << 6, DifferenceType.SETTLEMENT_SHORT),
    OVER(1 << 7, DifferenceType.SETTLEMENT_OVER),
    REPEATED(1 << 8, DifferenceType.DUPLICATE_CHANNEL),
    /** The record's day is another than the statement's. */
    EDGE(1 << 9, null),
    /** The line says that nothing moved. */
    QUIET(1 << 10, null),
    LINE_ONLY(1 << 11, null),
    RECORD_ONLY(1 << 12, null);

    private final int mask;
    private final @Nullable DifferenceType type;

    Bit(int mask, @Nullable DifferenceType type) {
        this.mask = mask;
        this.type = type;
    }

    int mask() {
        return mask;
    }

    /** Those of differences, as rows {@code (bit, type)} of a list of values. */
    static String types() {
        return Arrays.stream(values())
                .flatMap(bit ->
                        bit.type == null
                                ? java.util.stream.Stream.<String>empty()
                                : java.util.stream.Stream.of(
                                        "(%d, '%s')".formatted(bit.mask, bit.type.stored())))
                .collect(Collectors.joining(", "));
    }

    /** All bits of differences. */
    static int differences() {
        return Arrays.stream(values())
                .filter(bit -> bit.type != null)
                .mapToInt(Bit::mask)
                .reduce(0, (one, other) -> one | other);
    }
}
