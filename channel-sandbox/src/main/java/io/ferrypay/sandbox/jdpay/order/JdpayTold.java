package io.ferrypay.sandbox.jdpay.order;

import io.ferrypay.sandbox.jdpay.wire.MessageText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Orders and refunds as JD's messages tell them. */
public final class JdpayTold {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));

    private JdpayTold() {}

    /** {@code yyyyMMddHHmmss}, Beijing time. */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** As a query answers. */
    public static MessageText payment(JdpayOrder order) {
        return new MessageText()
                .add("tradeNum", order.tradeNum())
                .add("tradeType", 0)
                .add("note", order.terms().note())
                .add("amount", order.terms().amount())
                .add("currency", "CNY")
                .add("tradeTime", order.terms().tradeTime())
                .add("status", order.status().number())
                .add(payList(order, "CNY"));
    }

    /**
     * How it was paid; nothing while it is not. The person is the sandbox's own invention.
     *
     * @param currency as it is to be told, true or not
     */
    public static MessageText payList(JdpayOrder order, String currency) {
        if (order.status() != JdpayStatus.SUCCESS || order.endedAt() == null) {
            return new MessageText();
        }
        var detail =
                new MessageText()
                        .add("cardHolderName", "*三")
                        .add("cardHolderMobile", "138****0000")
                        .add("cardHolderType", 0)
                        .add("cardHolderId", "110***********0011")
                        .add("cardNo", "622848****1234")
                        .add("bankCode", "ABC")
                        .add("cardType", 1)
                        .add("payMoney", order.terms().amount());
        return new MessageText()
                .add(
                        "payList",
                        new MessageText()
                                .add(
                                        "pay",
                                        new MessageText()
                                                .add("payType", 0)
                                                .add("amount", order.terms().amount())
                                                .add("currency", currency)
                                                .add("tradeTime", time(order.endedAt()))
                                                .add("detail", detail)));
    }

    /** As queries and the refund call itself answer. */
    public static MessageText refund(JdpayRefund refund) {
        return new MessageText()
                .add("tradeNum", refund.tradeNum())
                .add("tradeType", 1)
                .add("oTradeNum", refund.oTradeNum())
                .add("amount", refund.amount())
                .add("currency", "CNY")
                .add("tradeTime", refund.tradeTime())
                .add("status", refund.state().number())
                .add("note", refund.note());
    }
}
