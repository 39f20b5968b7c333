package io.ferrypay.sandbox.jdpay.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money on its way back, by a refund or by revoking a paid order.
 *
 * @param tradeNum the merchant's number for it
 * @param amount fen
 * @param endedAt null while it is under way
 */
public record JdpayRefund(
        String tradeNum,
        String oTradeNum,
        long amount,
        String tradeTime,
        String note,
        @Nullable String notifyUrl,
        State state,
        Instant createdAt,
        @Nullable Instant endedAt) {

    /** Where it stands, with JD's number for it: not the numbers of an order. */
    public enum State {
        PROCESSING(0),
        SUCCESS(1),
        FAILED(2);

        private final int number;

        State(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    JdpayRefund ended(State end, Instant now) {
        return new JdpayRefund(
                tradeNum, oTradeNum, amount, tradeTime, note, notifyUrl, end, createdAt, now);
    }

    boolean isSameRequest(JdpayRefund other) {
        return tradeNum.equals(other.tradeNum)
                && oTradeNum.equals(other.oTradeNum)
                && amount == other.amount;
    }
}
