package io.ferrypay.paymentchannel.payment;

import io.ferrypay.identity.Mode;
import org.springframework.stereotype.Service;

/** Withdraws a payment at its merchant's word, once no channel can take money for it any more. */
@Service
public class CancelPayment {

    private final Payments payments;
    private final EndPayment endPayment;

    CancelPayment(Payments payments, EndPayment endPayment) {
        this.payments = payments;
        this.endPayment = endPayment;
    }

    /** Safe to repeat: a canceled payment stays canceled. */
    public Result cancel(String merchantId, Mode mode, String id) {
        if (!PaymentIds.isPaymentId(id)
                || payments.findByIdAndMerchantIdAndLivemode(id, merchantId, mode.livemode())
                        .isEmpty()) {
            return new Result.NotFound();
        }
        var outcome = endPayment.end(id, EndPayment.Ending.CANCELED);
        var payment = payments.findById(id).orElseThrow().view();
        return switch (outcome) {
            case ENDED -> new Result.Canceled(payment);
            case ENDED_OTHERWISE -> new Result.TooLate(payment);
            case CHANNEL_UNSURE ->
                    endPayment.open(id).stream()
                                    .anyMatch(one -> one.status() == AttemptStatus.REVERSING)
                            ? new Result.Canceling(payment)
                            : new Result.ChannelUnsure();
        };
    }

    /** What came of it. */
    public sealed interface Result {

        record Canceled(PaymentView payment) implements Result {}

        /**
         * It was charged by a pay code, and it is decided to take that back; the channel has not
         * proven yet that it is.
         */
        record Canceling(PaymentView payment) implements Result {}

        /** It has ended already in another way. */
        record TooLate(PaymentView payment) implements Result {}

        /** The channel could not confirm that nobody can pay: nothing is decided, try again. */
        record ChannelUnsure() implements Result {}

        record NotFound() implements Result {}
    }
}
