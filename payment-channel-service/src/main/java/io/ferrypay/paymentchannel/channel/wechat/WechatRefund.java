package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.Amounts;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A refund as WeChat reports it: when it takes the request, in queries and in notifications, each
 * of which names some things in its own way. Whose card it goes to is left where it is.
 */
record WechatRefund(
        @Nullable String spMchid,
        @Nullable String subMchid,
        @Nullable String id,
        @Nullable String refundId,
        @Nullable String transactionId,
        @Nullable String outTradeNo,
        @Nullable String outRefundNo,
        @Nullable String status,
        @Nullable String refundStatus,
        @Nullable String createTime,
        @Nullable String successTime,
        @Nullable Amount amount) {

    /**
     * @param refund what goes back, minor units of {@code currency}
     * @param total of the order
     * @param payerRefund what the payer's wallet gets, for display only
     */
    record Amount(
            @Nullable Long refund,
            @Nullable Long total,
            @Nullable String currency,
            @Nullable Long payerRefund,
            @Nullable String payerCurrency) {}

    /** WeChat's number: {@code refund_id} in notifications, {@code id} elsewhere. */
    @Nullable String refundNumber() {
        return refundId != null ? refundId : id;
    }

    /** The state: {@code refund_status} in notifications, {@code status} in queries. */
    @Nullable String state() {
        return refundStatus != null ? refundStatus : status;
    }

    /** How much goes back, or null when that is not said. */
    ChannelOutcome.@Nullable Charged refunded() {
        if (amount == null) {
            return null;
        }
        var refund = amount.refund();
        var currency = amount.currency();
        return refund == null || currency == null
                ? null
                : new ChannelOutcome.Charged(refund, currency);
    }

    /**
     * What the state means to us; anything new is unknown, never a success and never a failure.
     *
     * @param now stands in for a time WeChat did not send
     */
    RefundAnswer answer(Instant now) {
        return switch (state()) {
            case "SUCCESS" ->
                    new RefundAnswer.Succeeded(
                            refundNumber(),
                            amount == null
                                    ? null
                                    : Amounts.told(amount.payerRefund(), amount.payerCurrency()),
                            refundedAt(now));
            case "PROCESSING" -> new RefundAnswer.Accepted(refundNumber());
            // The payer's card is gone or frozen. The money has left the merchant and not arrived:
            // a person has to send it elsewhere on WeChat's own pages, and then it does succeed.
            case "ABNORMAL" -> new RefundAnswer.NeedsAPerson(refundNumber());
            case "REFUNDCLOSE", "CLOSED" -> new RefundAnswer.Failed("REFUNDCLOSE");
            case null -> new RefundAnswer.Unknown("no refund status");
            default -> new RefundAnswer.Unknown("an unfamiliar refund status");
        };
    }

    private Instant refundedAt(Instant otherwise) {
        if (successTime == null) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(successTime).toInstant();
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }
}
