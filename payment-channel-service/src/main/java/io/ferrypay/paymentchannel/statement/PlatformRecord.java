package io.ferrypay.paymentchannel.statement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One payment or refund as we hold it, with the numbers under which its channel knows it.
 *
 * @param kind {@code payment} or {@code refund}
 * @param status the attempt's, or the refund's
 * @param orderNumber ours, of the payment
 * @param channelReference the channel's, of the payment
 * @param subMerchantId the channel's number of the shop
 * @param amountMinor what the channel was told, in minor units of {@code currency}
 * @param yuanMinor what the payer paid or got back, in fen, if we were told
 * @param rate yuan for one unit of {@code currency}, as executed, if we were told
 * @param happenedAt when the money moved, by the channel's clock for payments; null if it did not
 * @param ownerId of the payment or the refund
 */
public record PlatformRecord(
        String kind,
        String status,
        String orderNumber,
        @Nullable String channelReference,
        @Nullable String refundNumber,
        @Nullable String refundReference,
        String subMerchantId,
        long amountMinor,
        String currency,
        @Nullable Long yuanMinor,
        @Nullable BigDecimal rate,
        @Nullable Instant happenedAt,
        String merchantId,
        String ownerId) {

    Instant movedAt() {
        return Objects.requireNonNull(happenedAt);
    }

    /** Under which it is found again. */
    String number() {
        return refundNumber == null ? orderNumber : refundNumber;
    }

    /** A line of PostgreSQL's text format for COPY, with all columns in this order. */
    public String line() {
        var text = new StringBuilder(200);
        add(text, kind);
        add(text, status);
        add(text, orderNumber);
        add(text, channelReference);
        add(text, refundNumber);
        add(text, refundReference);
        add(text, subMerchantId);
        add(text, Long.toString(amountMinor));
        add(text, currency);
        add(text, yuanMinor == null ? null : Long.toString(yuanMinor));
        add(text, rate == null ? null : rate.toPlainString());
        add(text, happenedAt == null ? null : happenedAt.toString());
        add(text, merchantId);
        add(text, ownerId);
        text.setCharAt(text.length() - 1, '\n');
        return text.toString();
    }

    private static void add(StringBuilder text, @Nullable String value) {
        if (value == null) {
            text.append("\\N");
        } else {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                switch (c) {
                    case '\\' -> text.append("\\\\");
                    case '\t' -> text.append("\\t");
                    case '\n' -> text.append("\\n");
                    case '\r' -> text.append("\\r");
                    default -> text.append(c);
                }
            }
        }
        text.append('\t');
    }
}
