package io.ferrypay.sandbox.jdpay.notification;

import org.jspecify.annotations.Nullable;

/**
 * What a notification is about.
 *
 * @param refundNumber null when it is about the payment
 */
record JdpaySubject(String tradeNum, @Nullable String refundNumber, String notifyUrl) {

    /** One notification is under way for each. */
    String key() {
        return refundNumber == null ? tradeNum : tradeNum + "/" + refundNumber;
    }
}
