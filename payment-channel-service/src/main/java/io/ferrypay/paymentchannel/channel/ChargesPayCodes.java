package io.ferrypay.paymentchannel.channel;

/** Can take a payment by the code that the payer's wallet shows ({@link Flow#PAY_CODE}). */
public interface ChargesPayCodes extends PaymentChannel {

    /** Whether that is a code of this company's wallet, by its first digits and its length. */
    boolean recognizes(PayCode code);

    /** When to ask, and when to give up. */
    ChargeRules chargeRules();

    /**
     * Charges whoever shows the code. To be called once for an order: a code is used up by the
     * first call that reaches the company. Whatever is not final is found out by {@link
     * QueriesPayments#query}, and taken back by {@link ReversesCharges#reverse}.
     */
    ChargeAnswer charge(PayCodeOrder order);

    /**
     * @param order what is to be paid, by {@link Flow#PAY_CODE}
     */
    record PayCodeOrder(ChannelOrder order, PayCode code) {}

    /** What came of charging. */
    sealed interface ChargeAnswer {

        /**
         * The payer's money has moved, which the channel has signed for.
         *
         * @param report with {@link ChannelOutcome.Succeeded}
         */
        record Paid(ChannelReport report) implements ChargeAnswer {}

        /** The wallet asks its user, for the password for instance. */
        record PayerIsConfirming() implements ChargeAnswer {}

        /**
         * A definite no: no money has moved, or can. {@code code} is the channel's word, such as
         * that the code is too old.
         */
        record Declined(String code) implements ChargeAnswer {}

        /** No answer, or one that cannot be read or trusted: the money may have moved. */
        record Unknown(String why) implements ChargeAnswer {}
    }
}
