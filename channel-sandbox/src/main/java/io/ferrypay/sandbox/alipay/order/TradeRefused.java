package io.ferrypay.sandbox.alipay.order;

/** The trade's state does not allow what was asked. */
public class TradeRefused extends RuntimeException {

    /** Why; each caller says it in its own protocol's words. */
    public enum Reason {
        UNKNOWN_ORDER,
        UNKNOWN_CODE,
        UNKNOWN_REFUND,
        TERMS_DIFFER,
        PAID,
        NOT_PAID,
        CLOSED,
        CURRENCY_NOT_SAME,
        AMOUNT_EXCEEDED,
        REPEATED_REFUND
    }

    private final Reason reason;

    public TradeRefused(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
