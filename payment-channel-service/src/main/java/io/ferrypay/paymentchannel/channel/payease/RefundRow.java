package io.ferrypay.paymentchannel.channel.payease;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * One refund as Payease lists it. Only {@code status} says whether it is done.
 *
 * @param oid of the refunded order
 * @param refundId Payease's number
 * @param date as written; its form is not public
 * @param reason as we gave it: our own refund number
 */
record RefundRow(
        String oid,
        String refundId,
        String amount,
        String moneyType,
        @Nullable String date,
        String status,
        @Nullable String reason) {

    /** Not public; assumed, and everything else counts as not decided. */
    static final String DONE = "1";

    static final String REFUSED = "2";

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    boolean isOpen() {
        return !status.equals(DONE) && !status.equals(REFUSED);
    }

    /** When it was asked for or done, in Beijing; null when it cannot be read. */
    @Nullable Instant at() {
        if (date == null) {
            return null;
        }
        var digits = date.replaceAll("[^0-9]", "");
        if (digits.length() != 8 && digits.length() != 14) {
            return null;
        }
        try {
            return LocalDateTime.parse(digits.length() == 8 ? digits + "000000" : digits, SECOND)
                    .toInstant(OrderNumber.BEIJING);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
