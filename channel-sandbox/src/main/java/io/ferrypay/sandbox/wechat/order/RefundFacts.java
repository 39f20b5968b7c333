package io.ferrypay.sandbox.wechat.order;

import org.jspecify.annotations.Nullable;

/** A refund as WeChat shows it, which names things in another way at each of three places. */
public final class RefundFacts {

    private static final String CARD = "招商银行借记卡8888";
    private static final String FUNDS = "REFUND_SOURCE_UNSETTLED_FUNDS";

    private RefundFacts() {}

    /** What WeChat answers when it takes a refund: it has no state yet. */
    public record Accepted(String id, String outRefundNo, String createTime, Amount amount) {}

    /** What a query shows. */
    public record Queried(
            String id,
            String outRefundNo,
            String transactionId,
            String outTradeNo,
            String channel,
            String recvAccount,
            String fundSource,
            String createTime,
            @Nullable String successTime,
            String status,
            Amount amount) {}

    /** What a notification tells. */
    public record Notified(
            String spMchid,
            String subMchid,
            String outTradeNo,
            String transactionId,
            String outRefundNo,
            String refundId,
            String refundStatus,
            @Nullable String successTime,
            String recvAccount,
            String fundSource,
            Amount amount) {}

    public record Amount(
            @Nullable Long total,
            long refund,
            String currency,
            @Nullable Long payerTotal,
            long payerRefund,
            String payerCurrency,
            ExchangeRate exchangeRate) {}

    record ExchangeRate(String type, long rate) {}

    public static Accepted accepted(Refund refund) {
        return new Accepted(
                refund.id(),
                refund.outRefundNo(),
                Transaction.beijing(refund.createdAt()),
                amount(refund));
    }

    public static Queried queried(Refund refund) {
        return new Queried(
                refund.id(),
                refund.outRefundNo(),
                refund.transactionId(),
                refund.outTradeNo(),
                "ORIGINAL",
                CARD,
                FUNDS,
                Transaction.beijing(refund.createdAt()),
                successTime(refund),
                refund.status().name(),
                amount(refund));
    }

    /**
     * @param subMchid, {@code amount} and {@code currency} as they are to be told, true or not
     */
    public static Notified notified(Refund refund, String subMchid, long amount, String currency) {
        return new Notified(
                refund.spMchid(),
                subMchid,
                refund.outTradeNo(),
                refund.transactionId(),
                refund.outRefundNo(),
                refund.id(),
                refund.status().notifiedAs(),
                successTime(refund),
                CARD,
                FUNDS,
                amount(refund, amount, currency, true));
    }

    private static Amount amount(Refund refund) {
        return amount(refund, refund.terms().refund(), refund.terms().currency(), false);
    }

    private static Amount amount(Refund refund, long amount, String currency, boolean withTotals) {
        return new Amount(
                withTotals ? refund.terms().total() : null,
                amount,
                currency,
                withTotals ? refund.payerTotal() : null,
                refund.payerRefund(),
                "CNY",
                new ExchangeRate("USERPAYMENT_RATE", refund.rate()));
    }

    private static @Nullable String successTime(Refund refund) {
        var endedAt = refund.endedAt();
        return refund.status() == RefundStatus.SUCCESS && endedAt != null
                ? Transaction.beijing(endedAt)
                : null;
    }
}
