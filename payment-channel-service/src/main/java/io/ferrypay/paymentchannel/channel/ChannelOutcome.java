package io.ferrypay.paymentchannel.channel;

import io.ferrypay.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a channel can say about one order; "we do not know" is an answer of its own. */
public sealed interface ChannelOutcome {

    /**
     * The payer's money has moved. Amounts are as the channel told them, in minor units and not yet
     * compared with ours.
     *
     * @param channelReference the channel's number for the payment
     * @param charged what the order was for, as the channel repeats it: compared with our order;
     *     null only where the channel's answer has no room for it, which the protocol sheet must
     *     say (Alipay's {@code single_trade_query} tells yuan alone)
     * @param payerAmount what the payer paid, if told
     * @param rate payer currency per unit of the order's currency, as executed; for display only
     * @param paidAt when the payer paid, by the channel's clock
     * @param hasGoneBack some or all of it has left again since; how much is not told
     */
    record Succeeded(
            String channelReference,
            @Nullable Charged charged,
            @Nullable Money payerAmount,
            @Nullable BigDecimal rate,
            Instant paidAt,
            boolean hasGoneBack)
            implements ChannelOutcome {

        public Succeeded(
                String channelReference,
                @Nullable Charged charged,
                @Nullable Money payerAmount,
                @Nullable BigDecimal rate,
                Instant paidAt) {
            this(channelReference, charged, payerAmount, rate, paidAt, false);
        }
    }

    /**
     * An amount as a channel wrote it, which may be anything.
     *
     * @param currency as written; ISO 4217 if the channel is honest
     */
    record Charged(long amountMinor, String currency) {}

    /**
     * Not paid so far. {@code payerIsConfirming}: the wallet has it and waits for the payer's yes.
     */
    record Pending(boolean payerIsConfirming) implements ChannelOutcome {}

    /** The wallet or bank said no, finally, for this order. {@code code} is the channel's word. */
    record Declined(String code) implements ChannelOutcome {}

    /** Unpaid, and it can never be paid under this number. */
    record Closed() implements ChannelOutcome {}

    /**
     * The channel says it knows no such order, which it usually does without a signature: believed
     * only about an order it has never confirmed.
     */
    record NeverSeen() implements ChannelOutcome {}

    /**
     * No answer, or one we cannot read. The money may have moved: query later, invent nothing.
     *
     * @param answered whether the company did answer and only proved nothing, as by an unsigned "no
     *     such order"; worth something once the order's own time is long over
     */
    record Unknown(String why, boolean answered) implements ChannelOutcome {

        public Unknown(String why) {
            this(why, false);
        }
    }
}
