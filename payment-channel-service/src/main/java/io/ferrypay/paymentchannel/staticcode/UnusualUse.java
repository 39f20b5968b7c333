package io.ferrypay.paymentchannel.staticcode;

import com.fasterxml.jackson.annotation.JsonValue;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * That a printed code was not used as it usually is: a spell, from when that was noticed until it
 * was quiet for a while.
 *
 * @param usual null where there is nothing usual to compare with
 */
record UnusualUse(
        String id,
        String staticCode,
        String merchantId,
        boolean livemode,
        String label,
        String serial,
        String storeName,
        Currency currency,
        Kind kind,
        long observed,
        @Nullable Long usual,
        Instant beganAt,
        Instant lastSeenAt,
        @Nullable Instant endedAt,
        @Nullable Instant dismissedAt) {

    /** What was unusual. */
    enum Kind {
        /** Far more payments within the hour than its busiest one had. */
        MANY_PAYMENTS,
        /** A payment of far more than it usually takes. */
        LARGE_AMOUNT,
        /** Many payments that were begun and not paid. */
        MANY_UNPAID,
        /** A payment at an hour of the day at which it never took any. */
        ODD_HOUR;

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind ofWireName(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    View view() {
        var counted = kind == Kind.MANY_PAYMENTS || kind == Kind.MANY_UNPAID;
        var large = kind == Kind.LARGE_AMOUNT;
        return new View(
                id,
                "unusual_use",
                livemode,
                staticCode,
                label,
                serial,
                storeName,
                kind,
                counted ? observed : null,
                counted ? usual : null,
                large ? amount(observed) : null,
                large && usual != null ? amount(usual) : null,
                large ? currency.code() : null,
                kind == Kind.ODD_HOUR ? (int) observed : null,
                beganAt,
                lastSeenAt,
                endedAt,
                dismissedAt);
    }

    private String amount(long minor) {
        return new Money(minor, currency).toDecimalString();
    }

    /** As its shop sees it. */
    @Schema(name = "UnusualUse", description = "That a printed code was not used as it usually is.")
    record View(
            @Schema(example = "uu_01JDC3VZ6Q8S7M2K4T9R5XN1AB") String id,
            @Schema(description = "Always `unusual_use`.") String object,
            boolean livemode,
            @Schema(example = "sc_01JDC3VZ6Q8S7M2K4T9R5XN1AB") String staticCode,
            @Schema(description = "The code's, as is what follows.", example = "Counter 1")
                    String label,
            @Schema(example = "S-4F7K2-01") String serial,
            String storeName,
            @Schema(
                            description =
                                    "`many_payments`: far more within an hour than its busiest hour had."
                                            + " `large_amount`: far more than it usually takes."
                                            + " `many_unpaid`: many were begun and not paid."
                                            + " `odd_hour`: at an hour at which it never took any.")
                    Kind kind,
            @Schema(description = "Payments within the hour; of kinds that count them.")
                    @Nullable Long payments,
            @Schema(description = "Those of its busiest hour, of `many_payments`.")
                    @Nullable Long usualPayments,
            @Schema(description = "The largest, of `large_amount`.", example = "1999.00")
                    @Nullable String amount,
            @Schema(description = "What it takes on average.", example = "42.10")
                    @Nullable String usualAmount,
            @Nullable String currency,
            @Schema(description = "By the store's clock, 0 to 23; of `odd_hour`.")
                    @Nullable Integer hour,
            @Schema(description = "When it was noticed.") Instant beganAt,
            @Schema(description = "When it was last seen.") Instant lastSeenAt,
            @Schema(description = "When it had been quiet for long enough; null while it goes on.")
                    @Nullable Instant endedAt,
            @Schema(description = "When somebody said that they know of it.")
                    @Nullable Instant dismissedAt) {}
}
