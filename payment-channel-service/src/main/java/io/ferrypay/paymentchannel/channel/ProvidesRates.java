package io.ferrypay.paymentchannel.channel;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Publishes the rates it converts by, or about by: they are for display, never for booking. */
public interface ProvidesRates extends PaymentChannel {

    /**
     * The newest rates for those currencies. Called by a job a few times a day at most: some
     * channels count the calls.
     *
     * @param currencies ISO 4217; those the channel has no rate for are left out of the answer
     */
    RatesAnswer rates(String accountId, Set<String> currencies);

    /** What came of asking. */
    sealed interface RatesAnswer {

        record Known(List<ChannelRate> rates) implements RatesAnswer {}

        /** The channel has no rate of today yet. */
        record NotYet() implements RatesAnswer {}

        record Unknown(String why) implements RatesAnswer {}
    }

    /**
     * @param currency ISO 4217
     * @param yuanPerUnit yuan for one major unit of it
     * @param asOf when the channel made it
     */
    record ChannelRate(String currency, BigDecimal yuanPerUnit, Instant asOf) {}
}
