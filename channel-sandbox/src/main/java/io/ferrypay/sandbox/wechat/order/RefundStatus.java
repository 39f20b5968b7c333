package io.ferrypay.sandbox.wechat.order;

/** What WeChat says of a refund; the names are WeChat's in queries. */
public enum RefundStatus {
    PROCESSING("PROCESSING", ""),
    SUCCESS("SUCCESS", "退款成功"),
    /** WeChat gave up: nothing went back. */
    REFUNDCLOSE("CLOSED", "退款关闭"),
    /** The payer's card is gone or frozen; somebody has to send the money elsewhere. */
    ABNORMAL("ABNORMAL", "退款异常");

    private final String notifiedAs;
    private final String summary;

    RefundStatus(String notifiedAs, String summary) {
        this.notifiedAs = notifiedAs;
        this.summary = summary;
    }

    /** The name in notifications. */
    public String notifiedAs() {
        return notifiedAs;
    }

    public String summary() {
        return summary;
    }

    boolean canBecome(RefundStatus next) {
        return switch (this) {
            case PROCESSING -> next != PROCESSING;
            case ABNORMAL -> next == SUCCESS || next == REFUNDCLOSE;
            case SUCCESS, REFUNDCLOSE -> false;
        };
    }
}
