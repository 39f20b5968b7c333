package io.ferrypay.paymentchannel.payment;

import com.github.f4b6a3.ulid.UlidCreator;
import java.time.Instant;
import java.util.regex.Pattern;

/** How payments and their orders at channels are numbered. */
final class PaymentIds {

    private static final String PREFIX = "pay_";
    private static final Pattern PAYMENT_ID = Pattern.compile("pay_[0-9A-HJKMNP-TV-Z]{26}");

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
     * A number for one order or refund at a channel: 24 of {@code [0-9A-Z]}, the most that all
     * channels take (payease.md §3: a sequence of up to 24; jdpay.md §5: up to 30). They want it
     * unique per institution and not per merchant (wechat.md §8), so it is unique for ever: two
     * letters, then the first 22 characters of a ULID, which are its time and 60 random bits.
     */
    static String nextOrderNumber(String prefix, Instant now) {
        return prefix + UlidCreator.getUlid(now.toEpochMilli()).toString().substring(0, 22);
    }

    /** The smallest number that one of that time can have. */
    static String firstOrderNumber(String prefix, Instant time) {
        return prefix + firstPossibleId(time).substring(PREFIX.length()).substring(0, 22);
    }
}
