package io.ferrypay.paymentchannel.staticcode;

import com.fasterxml.jackson.annotation.JsonValue;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the page behind a printed code shows. Whoever scans it sees this, so it holds nothing the
 * shop keeps to itself.
 *
 * @param merchant the shop's name
 * @param serial as printed, so that staff and shoppers can compare
 * @param decimals how many the currency has
 * @param amount the fixed one; null when the shopper types it
 * @param methods ways to pay; none unless the status is {@code active}
 */
record StaticCodeView(
        boolean livemode,
        Status status,
        String merchant,
        String store,
        String label,
        String serial,
        String currency,
        int decimals,
        @Nullable String amount,
        @Nullable String minAmount,
        @Nullable String maxAmount,
        List<Method> methods) {

    /** Whether the code can be paid by now. */
    enum Status {
        ACTIVE,
        /** Another link has taken its place. */
        REPLACED,
        DISABLED,
        /** Even the smallest amount would be too much for today. */
        LIMIT_REACHED;

        /** The lower-case name. */
        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param flows what can be done on this device, the best first; empty when nothing can
     * @param available whether it is worth trying now
     * @param rate about what the wallet charges by; null when we know none
     */
    record Method(PaymentMethod type, List<Flow> flows, boolean available, @Nullable Rate rate) {}

    /**
     * @param yuanPerUnit yuan for one unit of the currency
     * @param exact whether it is charged, and rounded up to the fen; else it is about that
     */
    record Rate(String yuanPerUnit, boolean exact, Instant asOf, String source) {}
}
