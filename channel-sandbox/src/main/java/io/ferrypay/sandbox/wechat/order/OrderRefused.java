package io.ferrypay.sandbox.wechat.order;

/** The order's state does not allow what was asked. */
public class OrderRefused extends RuntimeException {

    /** Why; each caller says it in its own protocol's words. */
    public enum Reason {
        UNKNOWN_ORDER,
        UNKNOWN_CODE,
        CODE_EXPIRED,
        TERMS_DIFFER,
        PAID,
        NOT_PAID,
        CLOSED,
        FAILED,
        TOO_YOUNG_TO_CLOSE,
        REVERSED,
        TOO_LATE_TO_REVERSE,
        NOT_THIS_WAY,
        UNKNOWN_REFUND,
        REFUND_TERMS_DIFFER,
        REFUND_TOO_MUCH,
        REFUND_TOO_MANY,
        REFUND_TOO_SOON,
        REFUND_TOO_LATE,
        REFUND_ENDED
    }

    private final Reason reason;

    public OrderRefused(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
