package io.ferrypay.job.payment;

import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What can be ordered from payment-channel-service. */
@HttpExchange("/internal/jobs")
public interface PaymentChannelJobs {

    /** Asks the channels about payments whose end nobody has told us. */
    @PostExchange("/query-pending-payments")
    Progress queryPendingPayments(@RequestBody Batch batch);

    /** Queries, closes and then expires payments whose time is up. */
    @PostExchange("/expire-unpaid-payments")
    Progress expireUnpaidPayments(@RequestBody Batch batch);

    /** Asks the channels for refunds, and about refunds. */
    @PostExchange("/advance-refunds")
    Progress advanceRefunds(@RequestBody Batch batch);

    /** Asks the channels for today's rates; what is examined are accounts. */
    @PostExchange("/pull-fx-rates")
    Progress pullFxRates(@RequestBody Batch batch);

    /** At most so many payments. */
    record Batch(int limit) {}

    /**
     * What one call did.
     *
     * @param examined payments looked at; as many as the limit if there may be more
     * @param changed of these, moved to another state
     * @param unknown of these, without an answer from their channel
     */
    record Progress(int examined, int changed, int unknown) {

        boolean mayHaveLeftSome(Batch batch) {
            return examined >= batch.limit();
        }

        /** There was something to ask, and no channel answered. */
        boolean isSilence() {
            return examined > 0 && unknown >= examined;
        }
    }
}
