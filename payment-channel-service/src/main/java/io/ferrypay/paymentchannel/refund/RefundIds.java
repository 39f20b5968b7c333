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

    static boolean isRefundId(String text) {
        return REFUND_ID.matcher(text).matches();
    }
}
