package io.ferrypay.paymentchannel.risk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The payments that were made, as the rules were told of them. Those that were denied are none. */
public interface PaymentHistory {

    /**
     * A page of all merchants' payments, in both modes, in the order in which they were made.
     *
     * @param after the id of the last one of the page before; null for the first page
     * @param from not made before that
     * @param until made before that
     */
    List<Past> page(Instant from, Instant until, @Nullable String after, int limit);

    /**
     * One payment.
     *
     * @param onSuccess null if its payer never paid; {@code at} is when we heard of it
     */
    record Past(
            String paymentId,
            String merchantReference,
            Facts atCreation,
            @Nullable Facts onSuccess,
            Outcome outcome) {}

    /** What became of it. */
    enum Outcome {
        /** Its merchant has all of the money. */
        KEPT,
        /** Some or all of it went back, or is on its way. */
        REFUNDED,
        /** Somebody of ours would not have it. */
        REFUSED,
        /** It is held, and nobody has decided. */
        HELD,
        /** There never was any money. */
        UNPAID
    }
}
