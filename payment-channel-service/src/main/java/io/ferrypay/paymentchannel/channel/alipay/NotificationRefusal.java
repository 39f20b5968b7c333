package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.paymentchannel.channel.notification.Reading;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a message is not acted on. Alipay comes again after anything but {@code success}. */
enum NotificationRefusal {
    MISSING_SIGNATURE(401),
    UNKNOWN_SIGNATURE_TYPE(401),
    BAD_SIGNATURE(401),
    TOO_LARGE(413),
    UNREADABLE(400),
    /** Soundly signed, but it is a request of ours: under MD5 both sides sign with one key. */
    REFLECTED(400),
    UNEXPECTED_EVENT(400),
    UNEXPECTED_STATE(400),
    WRONG_PARTNER(400),
    /** The address does not say which merchant was paid. */
    MERCHANT_NOT_NAMED(400),
    /** Alipay says that it never sent it. */
    NOT_SENT_BY_ALIPAY(400),
    /** Alipay has to be asked before this one is believed, and it did not answer in time. */
    NOT_CONFIRMED(503),
    /** Genuine, but it does not fit our order. */
    MISMATCH(400),
    /** Perhaps our own order is not committed yet: Alipay comes again in two minutes. */
    UNKNOWN_ORDER(404);

    private final int status;

    NotificationRefusal(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** As stored and logged. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static NotificationRefusal ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Nothing shows that Alipay sent it. */
    Reading.Refused unproven() {
        return new Reading.Refused(code(), false, null, null);
    }

    /** Alipay did sign it, and still it is not acted on. */
    Reading.Refused proven(@Nullable String notificationId, @Nullable String orderNumber) {
        return new Reading.Refused(code(), true, notificationId, orderNumber);
    }
}
