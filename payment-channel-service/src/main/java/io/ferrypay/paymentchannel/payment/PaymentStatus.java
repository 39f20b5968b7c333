package io.ferrypay.paymentchannel.payment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a payment stands. The wire and the tables say the lower-case name. */
public enum PaymentStatus {
    /** Accepted; nobody has opened it. */
    CREATED,
    /** A code is shown. */
    PENDING,
    /** The wallet has it and waits for the payer or the bank. */
    PROCESSING,
    PAID,
    /** The wallet or bank said no; the shopper may try again until it expires. */
    FAILED,
    CANCELED,
    EXPIRED,
    /** The payer has paid and risk holds it. */
    UNDER_REVIEW;

    /** The name on the wire and in tables. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PaymentStatus ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    boolean canBecome(PaymentStatus next) {
        return switch (this) {
            case CREATED -> next != CREATED;
            case PENDING -> next != CREATED && next != PENDING;
            case PROCESSING -> next != CREATED && next != PROCESSING;
            // A shopper whose wallet said no may try again, unless the shop has had enough.
            case FAILED ->
                    next == PENDING || next == PAID || next == CANCELED || next == UNDER_REVIEW;
            // A payer can pay in the last second: late money is money.
            case CANCELED, EXPIRED -> next == PAID || next == UNDER_REVIEW;
            case UNDER_REVIEW -> next == PAID || next == FAILED;
            case PAID -> false;
        };
    }

    /** Nobody is being asked to pay any more. */
    public boolean isEnd() {
        return switch (this) {
            case CREATED, PENDING, PROCESSING, UNDER_REVIEW -> false;
            case PAID, FAILED, CANCELED, EXPIRED -> true;
        };
    }

    /** Money that arrives now is not for this payment: it goes back. */
    boolean takesNoMore() {
        return this == UNDER_REVIEW || isEnd();
    }

    /** A shopper may still be given a code. */
    boolean takesAttempts() {
        return switch (this) {
            case CREATED, PENDING, PROCESSING, FAILED -> true;
            case PAID, CANCELED, EXPIRED, UNDER_REVIEW -> false;
        };
    }

    /** Money that arrives now comes after we told the merchant that it would not. */
    boolean makesMoneyLate() {
        return switch (this) {
            case FAILED, CANCELED, EXPIRED -> true;
            case CREATED, PENDING, PROCESSING, PAID, UNDER_REVIEW -> false;
        };
    }
}
