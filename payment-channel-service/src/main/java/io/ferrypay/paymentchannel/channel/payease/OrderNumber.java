package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.OrderKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code v_oid}: the Beijing day the order began, the merchant number and our own order number. It
 * is made from nothing but the order's key, so it is the same whenever it is made.
 */
record OrderNumber(String day, String merchantNumber, String ours) {

    /** New Zealand is four or five hours ahead: the day is Payease's, not ours. */
    static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(BEIJING);
    private static final Pattern WHOLE =
            Pattern.compile("([0-9]{8})-([0-9]{1,20})-([0-9A-Z]{1,24})");

    static OrderNumber of(PayeaseProperties.Account account, OrderKey key) {
        return new OrderNumber(day(key.createdAt()), account.merchantNumber(), key.orderNumber());
    }

    /** Null when the text is none of ours. */
    static @Nullable OrderNumber parse(String text) {
        var parts = WHOLE.matcher(text);
        return parts.matches()
                ? new OrderNumber(parts.group(1), parts.group(2), parts.group(3))
                : null;
    }

    static String day(Instant instant) {
        return DAY.format(instant);
    }

    @Override
    public String toString() {
        return day + "-" + merchantNumber + "-" + ours;
    }
}
