package io.ferrypay.paymentchannel.channel;

/**
 * The one way in for what a channel says. Checks the report against our own order, moves the
 * payment at most once and writes the event in the same transaction. Anything but an exception is
 * durable when it returns; safe to call twice and at the same time with the same report.
 */
public interface ApplyChannelReport {

    /**
     * Keeps everybody else from moving the order's payment until the running transaction ends. The
     * feed tells events in the order in which their transactions began to write, so a transaction
     * that writes more than the report's own effect holds first.
     */
    void hold(String orderNumber);

    /** Applies the report. Throws only when our own store fails: nothing has happened then. */
    Result apply(ChannelReport report);

    /** What came of a report. */
    sealed interface Result {

        /** It changed something; told to the merchant. */
        record Applied() implements Result {}

        /** We knew, or it carries no news. */
        record AlreadyApplied() implements Result {}

        /**
         * It does not fit our order. Kept for inspection, nothing changed. {@code reason} is one of
         * {@code wrong_account}, {@code wrong_merchant}, {@code wrong_amount}, {@code
         * wrong_currency}, {@code second_success}, {@code paid_after_reversal}.
         */
        record Refused(String reason) implements Result {}

        /** We know no such order (yet): an answer that makes the channel repeat itself is right. */
        record UnknownOrder() implements Result {}
    }
}
