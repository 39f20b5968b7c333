package io.ferrypay.sandbox.alipay.order;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Money on its way back.
 *
 * @param yuan what the payer gets
 * @param notifyUrl where to tell of it; empty for nowhere
 */
public record AlipayRefund(
        String number,
        String outTradeNo,
        BigDecimal amount,
        String currency,
        BigDecimal yuan,
        Instant at,
        Status status,
        String notifyUrl) {

    /** What became of it. */
    public enum Status {
        SUCCESS,
        FAIL,
        WAITING
    }

    AlipayRefund ended(Status how) {
        return new AlipayRefund(number, outTradeNo, amount, currency, yuan, at, how, notifyUrl);
    }

    boolean counts() {
        return status != Status.FAIL;
    }
}
