package io.ferrypay.sandbox.wechat.order;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as queries and notifications show it. Before payment there is no order number of
 * WeChat's, no payer, and only the priced amount.
 */
public record Transaction(
        String spMchid,
        String subMchid,
        String spAppid,
        @Nullable String subAppid,
        String outTradeNo,
        @Nullable String id,
        @Nullable String transactionId,
        @Nullable String attach,
        String tradeType,
        @Nullable String bankType,
        @Nullable String successTime,
        String tradeState,
        String tradeStateDesc,
        @Nullable Payer payer,
        Amount amount,
        @Nullable List<String> promotionDetail) {

    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX").withZone(ZoneOffset.ofHours(8));

    record Payer(String spOpenid) {}

    /**
     * @param total smallest units of {@code currency}; {@code payerTotal} of {@code payerCurrency}
     */
    public record Amount(
            long total,
            String currency,
            @Nullable Long payerTotal,
            @Nullable String payerCurrency,
            @Nullable ExchangeRate exchangeRate) {}

    /**
     * @param rate times 10^8
     */
    record ExchangeRate(String type, long rate) {}

    /**
     * @param bothNames whether WeChat's number is also sent as {@code transaction_id}
     */
    public static Transaction of(Order order, boolean bothNames) {
        var terms = order.terms();
        var payment = order.payment();
        var description = order.state().description();
        return new Transaction(
                terms.spMchid(),
                terms.subMchid(),
                terms.spAppid(),
                terms.subAppid(),
                terms.outTradeNo(),
                payment == null ? null : payment.id(),
                payment == null || !bothNames ? null : payment.id(),
                terms.attach(),
                terms.tradeType().name(),
                payment == null ? null : payment.by().bankType(),
                payment == null ? null : beijing(payment.at()),
                order.state().name(),
                order.failure() == null ? description : description + "，" + order.failure(),
                payment == null ? null : new Payer(payment.by().openid()),
                payment == null
                        ? new Amount(terms.total(), terms.currency(), null, null, null)
                        : new Amount(
                                terms.total(),
                                terms.currency(),
                                payment.payerTotal(),
                                "CNY",
                                new ExchangeRate("SETTLEMENT_RATE", payment.rate())),
                payment == null ? null : List.of());
    }

    /** As it was told when it was paid, whatever has been refunded since. */
    public static Transaction ofPaid(Order order, boolean bothNames) {
        return of(order.asPaid(), bothNames);
    }

    /** The same with another amount owed and another shop, for lying about an order. */
    public Transaction butWith(long total, String currency, String otherSubMchid) {
        return new Transaction(
                spMchid,
                otherSubMchid,
                spAppid,
                subAppid,
                outTradeNo,
                id,
                transactionId,
                attach,
                tradeType,
                bankType,
                successTime,
                tradeState,
                tradeStateDesc,
                payer,
                new Amount(
                        total,
                        currency,
                        amount.payerTotal(),
                        amount.payerCurrency(),
                        amount.exchangeRate()),
                promotionDetail);
    }

    /** RFC 3339 in Beijing time, without fractions of a second, as WeChat writes times. */
    public static String beijing(Instant instant) {
        return RFC_3339.format(instant);
    }
}
