package io.ferrypay.paymentchannel.channel.jdpay;

import io.ferrypay.paymentchannel.channel.notification.Reading;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a notification is not acted on, and what JD is told. Where JD did sign it and nothing that it
 * says can change, it is kept for a person and JD need not come again.
 */
enum JdpayRefusal {
    TOO_LARGE(413, false),
    UNREADABLE(400, false),
    WRONG_MERCHANT(400, false),
    UNDECRYPTABLE(400, false),
    BAD_SIGNATURE(401, false),
    /** JD reports no success of its own: there is nothing signed in it. */
    FAILURE_ENVELOPE(400, false),
    /** Signed, and of a kind or with a state that we have no meaning for. */
    UNEXPECTED(400, false),
    /** Signed, and the note in which JD repeats whose order it is is gone. */
    NO_SHOP(200, true),
    /** Genuine, but it does not fit our order. */
    MISMATCH(200, true),
    /** Perhaps our own order is not committed yet. */
    UNKNOWN_ORDER(404, false);

    private final int status;
    private final boolean parked;

    JdpayRefusal(int status, boolean parked) {
        this.status = status;
        this.parked = parked;
    }

    int status() {
        return status;
    }

    /** Whether JD is told that all is well, since a person looks after it. */
    boolean parked() {
        return parked;
    }

    /** As stored and logged. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static JdpayRefusal ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Nothing shows that JD sent it. */
    Reading.Refused unproven() {
        return new Reading.Refused(code(), false, null, null);
    }

    /** JD did sign it, and still it is not acted on. */
    Reading.Refused proven(@Nullable String notificationId, @Nullable String orderNumber) {
        return new Reading.Refused(code(), true, notificationId, orderNumber);
    }
}
