package io.ferrypay.paymentchannel.channel;

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
     * @param amountMinor what the merchant is owed
     * @param currency ISO 4217 code of {@code amountMinor}
     * @param payerAmountMinor what the payer paid, if told
     * @param payerCurrency ISO 4217 code of {@code payerAmountMinor}
     * @param rate payer currency per unit of {@code currency}, as executed; for display only
     * @param paidAt when the payer paid, by the channel's clock
     */
    record Succeeded(
            String channelReference,
            long amountMinor,
            String currency,
            @Nullable Long payerAmountMinor,
            @Nullable String payerCurrency,
            @Nullable BigDecimal rate,
            Instant paidAt)
            implements ChannelOutcome {}

    /**
     * Not paid so far. {@code payerIsConfirming}: the wallet has it and waits for the payer's yes.
     */
    record Pending(boolean payerIsConfirming) implements ChannelOutcome {}

    /** The wallet or bank said no, finally, for this order. {@code code} is the channel's word. */
    record Declined(String code) implements ChannelOutcome {}

    /** Unpaid, and it can never be paid under this number. */
    record Closed() implements ChannelOutcome {}

    /** No answer, or one we cannot read. The money may have moved: query later, invent nothing. */
    record Unknown(String why) implements ChannelOutcome {}
}
