package io.ferrypay.paymentchannel.channel;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what a channel has paid out to a merchant, or still owes, by batch. */
public interface ProvidesSettlements extends PaymentChannel {

    /** Asks the channel; never inside a transaction. */
    SettlementsAnswer settlements(String accountId, SettlementQuery query);

    /**
     * What is wanted.
     *
     * @param settled what has been paid out; otherwise what has not
     * @param from first day, Beijing time
     * @param until last day, included
     */
    record SettlementQuery(
            String subMerchantId, boolean settled, LocalDate from, LocalDate until) {}

    /**
     * One batch, as the channel tells it; amounts are minor units of {@code currency}. Nothing is
     * computed: what the channel does not tell is null.
     *
     * @param settledOn the day it was or will be paid out
     * @param tradesFrom the first day whose payments and refunds are in it
     * @param paid what payers paid
     * @param refunded what went back to them
     * @param net paid less refunded
     * @param fee the channel's
     * @param settled paid out
     * @param unsettled still owed
     */
    record Settlement(
            @Nullable String batch,
            @Nullable LocalDate settledOn,
            @Nullable LocalDate tradesFrom,
            @Nullable LocalDate tradesUntil,
            String currency,
            @Nullable Long paid,
            @Nullable Long refunded,
            @Nullable Long net,
            @Nullable Long fee,
            @Nullable Long settled,
            @Nullable Long unsettled) {}

    /** What came of asking. */
    sealed interface SettlementsAnswer {

        /** All batches there are in that time, perhaps none. */
        record Known(List<Settlement> settlements) implements SettlementsAnswer {}

        /** The channel will not tell; {@code code} is its word. */
        record Refused(String code) implements SettlementsAnswer {}

        record Unknown(String why) implements SettlementsAnswer {}
    }
}
