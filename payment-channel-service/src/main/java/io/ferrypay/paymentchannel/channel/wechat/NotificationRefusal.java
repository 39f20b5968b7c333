package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.notification.Reading;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a notification is not acted on, and the HTTP status that tells WeChat to come back. */
enum NotificationRefusal {
    MISSING_HEADER(401),
    UNKNOWN_SIGNATURE_TYPE(401),
    /** Signed more than five minutes ago or ahead. */
    STALE(401),
    UNKNOWN_SERIAL(401),
    BAD_SIGNATURE(401),
    TOO_LARGE(413),
    UNREADABLE(400),
    UNEXPECTED_EVENT(400),
    UNKNOWN_ALGORITHM(400),
    UNDECRYPTABLE(400),
    WRONG_INSTITUTION(400),
    WRONG_APP(400),
    UNEXPECTED_STATE(400),
    /** Genuine, but it does not fit our order. */
    MISMATCH(400),
    /** Perhaps our own order is not committed yet: WeChat repeats itself in 15 seconds. */
    UNKNOWN_ORDER(404);

    private final int status;

    NotificationRefusal(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** As stored, logged and answered. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static NotificationRefusal ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Nothing shows that WeChat sent it. */
    Reading.Refused unproven() {
        return new Reading.Refused(code(), false, null, null);
    }

    /** WeChat did sign it, and still it is not acted on. */
    Reading.Refused proven(@Nullable String notificationId, @Nullable String orderNumber) {
        return new Reading.Refused(code(), true, notificationId, orderNumber);
    }
}
