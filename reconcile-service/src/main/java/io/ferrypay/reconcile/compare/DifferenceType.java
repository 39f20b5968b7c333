package io.ferrypay.reconcile.compare;

import java.util.Locale;

/** In what a statement and our records differ. The names are stored. */
public enum DifferenceType {
    /** The channel tells of it, and we do not hold it. */
    CHANNEL_ONLY,
    /** We hold it, and the channel does not tell of it. */
    PLATFORM_ONLY,
    AMOUNT,
    CURRENCY,
    /** Both have it, and only one says that money moved. */
    STATUS,
    FEE,
    /** The rate, or the yuan that it led to. */
    FX_RATE,
    /** The channel tells of it more than once. */
    DUPLICATE_CHANNEL,
    /** We hold several under one number of the channel's. */
    DUPLICATE_PLATFORM,
    /** A total of the file is not what its lines come to. */
    HEADER_TOTAL,
    WRONG_MERCHANT,
    /** Both sides have it, on different days; nothing is left to do about it. */
    LATE,
    /** A refund at the channel, and we hold neither it nor its order. */
    REFUND_ORPHAN,
    /** The channel owes less for it than it was. */
    SETTLEMENT_SHORT,
    SETTLEMENT_OVER,
    /** A line that could not be read. */
    UNPARSED_LINE;

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }
}
