package io.ferrypay.paymentchannel.risk;

/**
 * Ends what risk began. Safe to repeat: what is decided once stays so. In the caller's transaction,
 * if there is one.
 */
public interface DecideHeldPayment {

    /** The merchant gets the money. */
    void release(String paymentId);

    /** The money goes back to the payer. */
    void refuse(String paymentId);
}
