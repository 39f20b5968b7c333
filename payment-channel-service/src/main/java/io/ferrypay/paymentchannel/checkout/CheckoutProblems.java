package io.ferrypay.paymentchannel.checkout;

import io.ferrypay.problem.ProblemCode;
import java.util.Locale;

/** What can go wrong on a shopper's page; the codes are permanent. */
enum CheckoutProblems implements ProblemCode {
    UNKNOWN_PAYMENT_LINK(404, "This payment link does not work", false),
    METHOD_NOT_AVAILABLE(422, "This payment cannot be paid that way", false),
    CHANNEL_REFUSED(502, "The payment channel will not take this payment", false),
    CHANNEL_UNAVAILABLE(502, "The payment channel does not answer", true),
    TOO_MANY_STREAMS(503, "Too many pages are listening", true);

    private final int status;
    private final String title;
    private final boolean retryable;

    CheckoutProblems(int status, String title, boolean retryable) {
        this.status = status;
        this.title = title;
        this.retryable = retryable;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public boolean retryable() {
        return retryable;
    }
}
