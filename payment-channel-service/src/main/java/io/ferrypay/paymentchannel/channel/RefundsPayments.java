package io.ferrypay.paymentchannel.channel;

import io.ferrypay.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Can send a payer's money back. */
public interface RefundsPayments extends PaymentChannel {

    /** What the channel allows for payments made by that flow. */
    RefundRules refundRules(Flow flow);

    /**
     * Asks for the refund. Where {@link RefundRules#repeatable} repeating it with an equal order is
     * safe and is the same refund; where not, the caller has made sure by {@link #queryRefund} that
     * the channel does not know it.
     */
    RefundAnswer refund(RefundOrder order);

    /** What the channel says now about a refund that was asked for, or may have been. */
    RefundAnswer queryRefund(RefundOrder order);

    /**
     * One refund of one paid order.
     *
     * @param refundNumber ours: 24 of {@code [0-9A-Z]}, unique for ever
     * @param payment the order whose money goes back
     * @param paymentReference the channel's number for that order
     * @param flow how it was paid
     * @param paid all that was charged for it, as the channel was told
     * @param alreadyBack how much has gone back by other refunds, in the same currency
     * @param amount how much goes back, in the currency of {@code paid}
     * @param reason printable ASCII, 1–60 characters; the payer may see it
     * @param paidAt when it was paid
     * @param requestedAt when we decided to refund
     */
    record RefundOrder(
            String refundNumber,
            OrderKey payment,
            String paymentReference,
            Flow flow,
            Money paid,
            Money alreadyBack,
            Money amount,
            String reason,
            Instant paidAt,
            Instant requestedAt) {}

    /** What a channel can say about a refund. */
    sealed interface RefundAnswer {

        /**
         * The money is on its way back for good.
         *
         * @param channelReference the channel's number for the refund, if it has one
         * @param payerAmount what the payer gets, if told
         */
        record Succeeded(
                @Nullable String channelReference, @Nullable Money payerAmount, Instant refundedAt)
                implements RefundAnswer {}

        /** The channel has it and works on it. */
        record Accepted(@Nullable String channelReference) implements RefundAnswer {}

        /**
         * The channel has it and cannot go on by itself: the payer's card is gone, and a person has
         * to send the money elsewhere on the channel's own pages. It may succeed after that.
         */
        record NeedsAPerson(@Nullable String channelReference) implements RefundAnswer {}

        /** A definite and final no; nothing moves. {@code code} is the channel's word. */
        record Failed(String code) implements RefundAnswer {}

        /**
         * The channel did nothing, for a reason that passes (funds, load, hours): ask again later
         * under the same number.
         */
        record NotNow(String code) implements RefundAnswer {}

        /** The channel does not know the refund: it was never asked for it. Only from a query. */
        record NotFound() implements RefundAnswer {}

        /** No trustworthy answer: it may have happened. Query; never ask under another number. */
        record Unknown(String why) implements RefundAnswer {}
    }
}
