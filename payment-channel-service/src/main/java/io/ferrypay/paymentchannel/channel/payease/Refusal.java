package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.notification.Reading;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a message, or one order in it, is not acted on. */
enum Refusal {
    TOO_LARGE,
    UNREADABLE,
    MISSING_FIELD,
    WRONG_SIGN,
    WRONG_MD5MONEY,
    WRONG_MAC,
    /** Lists of different lengths, or not as many orders as it says. */
    WRONG_COUNT,
    /** An order number of another merchant. */
    WRONG_MERCHANT,
    /** An order number that is none of ours, or has another day in it. */
    FOREIGN_ORDER,
    UNEXPECTED_STATE,
    UNREADABLE_AMOUNT,
    /** Payease's own query says another amount. */
    DIFFERS_FROM_QUERY,
    /** Payease's own query says that it is not paid. */
    NOT_CONFIRMED,
    /** The query got no answer, and we do not credit without one. */
    UNCONFIRMED;

    /** As stored, logged and counted. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether Payease should come again, because the answer may be another one then. */
    boolean mayPass() {
        return this == NOT_CONFIRMED || this == UNCONFIRMED;
    }

    static Refusal ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    Reading.Refused unproven() {
        return new Reading.Refused(code(), false, null, null);
    }

    Reading.Refused proven(@Nullable String notificationId, @Nullable String orderNumber) {
        return new Reading.Refused(code(), true, notificationId, orderNumber);
    }
}
