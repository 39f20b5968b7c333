package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.Amounts;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * An order as WeChat reports it in queries and notifications. Everything may be missing before
 * payment, and states may be new, so states stay strings until somebody decides what they mean.
 */
record WechatTransaction(
        @Nullable String spMchid,
        @Nullable String subMchid,
        @Nullable String spAppid,
        @Nullable String outTradeNo,
        @Nullable String id,
        @Nullable String transactionId,
        @Nullable String tradeType,
        @Nullable String tradeState,
        @Nullable String successTime,
        @Nullable String bankType,
        @Nullable Amount amount) {

    /** Rates are whole numbers: the rate times 10^8. */
    private static final int RATE_SCALE = 8;

    /**
     * @param total what the merchant is owed, minor units; {@code payerTotal} is for display only
     * @param payerTotal what the payer's wallet was charged, minor units
     */
    record Amount(
            @Nullable Long total,
            @Nullable String currency,
            @Nullable Long payerTotal,
            @Nullable String payerCurrency,
            @Nullable ExchangeRate exchangeRate) {}

    /**
     * @param rate times 10^8
     */
    record ExchangeRate(@Nullable String type, @Nullable Long rate) {}

    /**
     * WeChat's order number: {@code id} on cross-border pages, {@code transaction_id} elsewhere.
     */
    @Nullable String orderNumber() {
        return id != null ? id : transactionId;
    }

    /**
     * What the order's state means to us. Anything new or incomplete is unknown, never a success
     * and never a failure.
     *
     * @param now stands in for a payment time WeChat did not send
     */
    ChannelOutcome outcome(Instant now) {
        return switch (tradeState) {
            case "SUCCESS" -> succeeded(now, false);
            // A refunded order has been paid first; refunds are told apart from payments elsewhere.
            case "REFUND" -> succeeded(now, true);
            case "NOTPAY" -> new ChannelOutcome.Pending(false);
            case "USERPAYING" -> new ChannelOutcome.Pending(true);
            case "CLOSED", "REVOKED" -> new ChannelOutcome.Closed();
            case "PAYERROR" -> new ChannelOutcome.Declined("PAYERROR");
            case null -> new ChannelOutcome.Unknown("no trade_state");
            default -> new ChannelOutcome.Unknown("an unfamiliar trade_state");
        };
    }

    private ChannelOutcome succeeded(Instant now, boolean hasGoneBack) {
        var number = orderNumber();
        if (number == null || number.isBlank() || amount == null) {
            return new ChannelOutcome.Unknown("paid, but without order number or amount");
        }
        var total = amount.total();
        var currency = amount.currency();
        if (total == null || currency == null) {
            return new ChannelOutcome.Unknown("paid, but without total or currency");
        }
        var rate = amount.exchangeRate() == null ? null : amount.exchangeRate().rate();
        return new ChannelOutcome.Succeeded(
                number,
                new ChannelOutcome.Charged(total, currency),
                Amounts.told(amount.payerTotal(), amount.payerCurrency()),
                rate == null ? null : BigDecimal.valueOf(rate, RATE_SCALE),
                paidAt(now),
                hasGoneBack);
    }

    private Instant paidAt(Instant otherwise) {
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
