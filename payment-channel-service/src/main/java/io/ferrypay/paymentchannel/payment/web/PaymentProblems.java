package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.problem.ProblemCode;
import java.util.Locale;

/** What can go wrong with a payment; the codes are permanent. */
enum PaymentProblems implements ProblemCode {
    REFERENCE_EXISTS(409, "Another payment has this merchant_reference", false),
    PAYMENT_ENDED(409, "The payment has ended in another way", false),
    CURRENCY_NOT_ACCEPTED(422, "You are not settled in this currency", false),
    METHOD_NOT_AVAILABLE(422, "You do not have this way to pay", false),
    MERCHANT_SUSPENDED(403, "This merchant may not take payments", false),
    MERCHANT_NOT_READY(503, "This merchant is being set up", true),
    CHANNEL_UNAVAILABLE(502, "The payment channel does not answer", true);

    private final int status;
    private final String title;
    private final boolean retryable;

    PaymentProblems(int status, String title, boolean retryable) {
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
