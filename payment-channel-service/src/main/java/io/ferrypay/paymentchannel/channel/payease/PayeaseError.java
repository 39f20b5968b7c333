package io.ferrypay.paymentchannel.channel.payease;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Payease says in {@code statusdesc} when it will not do something. Never signed. */
enum PayeaseError {
    INVALID_ORDER_NUMBER("invalid order number", Meaning.REFUSED),
    INVALID_REFUND_MONEY("invalid refund money", Meaning.REFUSED),
    REFUND_EXCEEDS_ORDER("refund money exceed order limit", Meaning.REFUSED),
    INVALID_FINGERPRINT("fingerprint invalid", Meaning.MISCONFIGURED),
    INVALID_OPERATOR("invalid operator", Meaning.MISCONFIGURED),
    NOT_PERMITTED("invalid operation permit", Meaning.MISCONFIGURED),
    INVALID_MERCHANT("invalid merchant", Meaning.MISCONFIGURED),
    SERVICE_UNAVAILABLE("the service for this merchant is unavailable", Meaning.MISCONFIGURED),
    /** Our address is not on the list they keep. */
    UNKNOWN_ADDRESS("invalid request", Meaning.MISCONFIGURED),
    SYSTEM_ERROR("system error", Meaning.UNKNOWN);

    enum Meaning {
        /** No, and nothing happened. */
        REFUSED,
        /** Nothing happened; people have to put something right before it can. */
        MISCONFIGURED,
        /** It may have happened. */
        UNKNOWN
    }

    private final String words;
    private final Meaning meaning;

    PayeaseError(String words, Meaning meaning) {
        this.words = words;
        this.meaning = meaning;
    }

    Meaning meaning() {
        return meaning;
    }

    /** The words stand alone or behind a remark in brackets; null for words nobody told us. */
    static @Nullable PayeaseError of(@Nullable String statusDesc) {
        if (statusDesc == null) {
            return null;
        }
        var said = statusDesc.toLowerCase(Locale.ROOT).strip();
        for (var error : values()) {
            if (said.endsWith(error.words)) {
                return error;
            }
        }
        return null;
    }
}
