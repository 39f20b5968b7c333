package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.payment.PaymentStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session with its payment as it stands.
 *
 * @param wallet whose own code is shown, by the till or by the shopper; null where one code serves
 *     all
 * @param holderHash of the phone that may pay; null when none has scanned the code
 * @param cancelUnsure the till wanted it ended, and a channel would not vouch for that
 * @param attempted whether any channel was ever asked for it
 * @param reversing it is decided to take the charge back, and not known yet that it is
 * @param paidBy how it was paid, or is being paid
 * @param payerAmount what the shopper pays or paid; null when not known
 * @param version of its payment
 */
record Session(
        String id,
        String paymentId,
        String merchantId,
        Mode mode,
        String deviceId,
        String storeName,
        @Nullable String cashierId,
        @Nullable PaymentMethod wallet,
        ShownBy shownBy,
        @Nullable String holderHash,
        @Nullable Instant holderSince,
        boolean cancelUnsure,
        boolean attempted,
        boolean reversing,
        PaymentStatus paymentStatus,
        String merchantReference,
        Money amount,
        @Nullable Money payerAmount,
        Money refunded,
        Money refunding,
        @Nullable PaymentMethod paidBy,
        @Nullable String failureCode,
        @Nullable String declineCode,
        @Nullable String channelReference,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant paidAt,
        long version) {

    SessionStatus status(Instant now) {
        return switch (paymentStatus) {
            case PAID -> SessionStatus.PAID;
            case FAILED -> SessionStatus.FAILED;
            case CANCELED -> SessionStatus.CANCELED;
            case EXPIRED -> SessionStatus.EXPIRED;
            // The shopper has paid; a person looks at it.
            case UNDER_REVIEW -> SessionStatus.PROCESSING;
            case CREATED, PENDING, PROCESSING -> open(now);
        };
    }

    private SessionStatus open(Instant now) {
        if (!now.isBefore(expiresAt)) {
            // No channel ever heard of it, and none will: nobody can pay.
            return attempted ? SessionStatus.UNKNOWN : SessionStatus.EXPIRED;
        }
        if (cancelUnsure || reversing) {
            return SessionStatus.UNKNOWN;
        }
        if (paymentStatus == PaymentStatus.PROCESSING || shownBy == ShownBy.SHOPPER) {
            return SessionStatus.PROCESSING;
        }
        return holderHash == null ? SessionStatus.WAITING_SCAN : SessionStatus.SCANNED;
    }
}
