package io.ferrypay.paymentchannel.refund;

import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import io.ferrypay.paymentchannel.payment.RefundBalance;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ends a refund: its state, the payment's balance and the event, in the caller's transaction, which
 * holds the refund's lock.
 */
@Component
class EndRefund {

    private static final Logger log = LoggerFactory.getLogger(EndRefund.class);

    private final Refunds refunds;
    private final RefundBalance balance;
    private final RefundEvents events;

    EndRefund(Refunds refunds, RefundBalance balance, RefundEvents events) {
        this.refunds = refunds;
        this.balance = balance;
        this.events = events;
    }

    /** The money has gone back. */
    @Transactional(propagation = Propagation.MANDATORY)
    void succeeded(Refund refund, RefundAnswer.Succeeded success, Instant now) {
        var previous = refund.status();
        refund.succeed(success.channelReference(), success.payerAmount(), now);
        refunds.flush();
        switch (refund.kind()) {
            case REQUESTED -> balance.refunded(refund.paymentId(), refund.amount());
            case SURPLUS -> {} // Not the payment's own money.
        }
        events.ended(refund, previous);
    }

    /** Nobody agreed; the channel has never heard of it. */
    @Transactional(propagation = Propagation.MANDATORY)
    void notApproved(Refund refund, String why, Instant now) {
        var previous = refund.status();
        refund.fail(why, null, now);
        refunds.flush();
        balance.released(
                refund.paymentId(), refund.orderNumber(), refund.amount(), refund.channelAmount());
        events.ended(refund, previous);
    }

    /** Nothing moves. {@code code} is the channel's word. */
    @Transactional(propagation = Propagation.MANDATORY)
    void failed(Refund refund, String code, Instant now) {
        var previous = refund.status();
        refund.fail("channel_refused", code, now);
        refunds.flush();
        switch (refund.kind()) {
            case REQUESTED ->
                    balance.released(
                            refund.paymentId(),
                            refund.orderNumber(),
                            refund.amount(),
                            refund.channelAmount());
            case SURPLUS -> {
                balance.surplusFailed(refund.orderNumber(), refund.channelAmount());
                log.error(
                        "{}: {} is owed back on {} and its channel would not have it ({}); tried again later",
                        refund.id(),
                        refund.amount(),
                        refund.paymentId(),
                        code);
            }
        }
        events.ended(refund, previous);
    }
}
