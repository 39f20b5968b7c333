package io.ferrypay.reconcile.convert;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One payment or refund as a channel tells it, in the same words for all channels.
 *
 * @param number of the line in its file, from 1; in a ZIP its files are counted through
 * @param orderNumber ours, of the payment; absent where a channel names a refund alone
 * @param channelReference the channel's, of the payment
 * @param refundNumber ours; only of refunds, and not of all (a cancelled payment has none)
 * @param refundReference the channel's
 * @param channelMerchant the channel's number of the shop, where it tells
 * @param amountMinor of the order or the refund in minor units of {@code currency}, never negative
 * @param currency in which the order was priced at the channel
 * @param yuanMinor what the payer paid or got back, in fen, where the channel tells
 * @param settledMinor what the channel owes us for it before fees, in minor units of {@code
 *     settledCurrency}
 * @param fee the channel's, exactly as written, in whole units of the settled currency, else of
 *     {@code currency}: some channels count it finer than money
 * @param rate yuan for one unit of {@code currency}, as the channel tells it
 */
public record BillLine(
        long number,
        Kind kind,
        Status status,
        @Nullable String orderNumber,
        @Nullable String channelReference,
        @Nullable String refundNumber,
        @Nullable String refundReference,
        @Nullable String channelMerchant,
        long amountMinor,
        String currency,
        @Nullable Long yuanMinor,
        @Nullable Long settledMinor,
        @Nullable String settledCurrency,
        @Nullable BigDecimal fee,
        @Nullable BigDecimal rate,
        @Nullable Instant happenedAt,
        @Nullable Instant settledAt) {

    public enum Kind {
        PAYMENT,
        REFUND
    }

    /** What became of the money. */
    public enum Status {
        /** It moved, or counts as if it had. */
        DONE,
        /** The channel has not decided. */
        OPEN,
        /** It did not move. */
        FAILED
    }

    public BillLine {
        if (amountMinor < 0 || (orderNumber == null && refundNumber == null)) {
            throw new IllegalArgumentException("line " + number + " is no bill line");
        }
    }
}
