package io.ferrypay.paymentchannel.refund;

import com.github.f4b6a3.ulid.UlidCreator;
import java.time.Instant;
import java.util.regex.Pattern;

/** How refunds are called. */
final class RefundIds {

    private static final String PREFIX = "re_";
    private static final Pattern REFUND_ID = Pattern.compile("re_[0-9A-HJKMNP-TV-Z]{26}");

    private RefundIds() {}

    /** Sorts by the time it was made. */
    static String next(Instant now) {
        return PREFIX + UlidCreator.getMonotonicUlid(now.toEpochMilli());
    }

    /** The smallest id a refund made at that time can have. */
    static String firstPossibleId(Instant time) {
        var millis = Math.clamp(time.toEpochMilli(), 0L, (1L << 48) - 1);
        return PREFIX + new com.github.f4b6a3.ulid.Ulid(millis << 16, 0L);
    }

    static boolean isRefundId(String text) {
        return REFUND_ID.matcher(text).matches();
    }
}
