package io.ferrypay.paymentchannel.payment;

import com.github.f4b6a3.ulid.UlidCreator;
import java.time.Instant;
import java.util.regex.Pattern;

/** How payments and their orders at channels are numbered. */
final class PaymentIds {

    private static final String PREFIX = "pay_";
    private static final Pattern PAYMENT_ID = Pattern.compile("pay_[0-9A-HJKMNP-TV-Z]{26}");
    private static final int ORDER_NUMBER_LENGTH = 32;

    private PaymentIds() {}

    /** Sorts by the time it was made. */
    static String nextPaymentId(Instant now) {
        return PREFIX + UlidCreator.getMonotonicUlid(now.toEpochMilli());
    }

    static boolean isPaymentId(String text) {
        return PAYMENT_ID.matcher(text).matches();
    }

    /** The smallest id a payment made at that time can have. */
    static String firstPossibleId(Instant time) {
        var millis = Math.clamp(time.toEpochMilli(), 0L, (1L << 48) - 1);
        return PREFIX + new com.github.f4b6a3.ulid.Ulid(millis << 16, 0L);
    }

    /**
     * A number for one order at a channel: 32 of {@code [0-9A-Z]}. Channels want it unique per
     * institution and not per merchant (wechat.md §8), so it is unique for ever.
     */
    static String nextOrderNumber(String prefix, Instant now) {
        var ulid = UlidCreator.getUlid(now.toEpochMilli()).toString();
        return prefix + "0".repeat(ORDER_NUMBER_LENGTH - prefix.length() - ulid.length()) + ulid;
    }
}
