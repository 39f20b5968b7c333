package io.ferrypay.paymentchannel.payment;

/** A payment was asked to move where it cannot go: a defect of ours, never a merchant's mistake. */
class IllegalPaymentTransition extends RuntimeException {

    IllegalPaymentTransition(String paymentId, PaymentStatus from, PaymentStatus to) {
        super(paymentId + " cannot go from " + from + " to " + to);
    }
}
