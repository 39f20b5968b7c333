package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.fx.ShownAmount;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payment on its first day, as {@link NewPayments} writes it and before Hibernate ever sees it.
 */
record PaymentRow(
        String id,
        NewPayment wanted,
        List<String> methods,
        @Nullable ShownAmount shown,
        @Nullable Instant quoteExpiresAt,
        Sha256 nonceHash,
        Instant createdAt,
        Instant expiresAt) {

    PaymentView view() {
        var amount = wanted.amount();
        return new PaymentView(
                id,
                "payment",
                wanted.mode().livemode(),
                PaymentStatus.CREATED,
                wanted.merchantReference(),
                amount.toDecimalString(),
                amount.currency().code(),
                shown == null ? null : shown.amount().toDecimalString(),
                shown == null ? null : shown.amount().currency().code(),
                fx(),
                Amounts.of(0, amount.currency().code()).toDecimalString(),
                "none",
                Amounts.of(0, amount.currency().code()).toDecimalString(),
                null,
                null,
                null,
                wanted.productName(),
                wanted.description(),
                wanted.returnUrl(),
                wanted.cancelUrl(),
                wanted.notifyUrl(),
                wanted.locale(),
                methods,
                wanted.metadata(),
                createdAt,
                expiresAt,
                null,
                null,
                false,
                wanted.staticCode());
    }

    private PaymentView.@Nullable Fx fx() {
        if (shown == null) {
            return null;
        }
        return new PaymentView.Fx(
                wanted.amount().currency().code() + "/" + shown.amount().currency().code(),
                PaymentView.plain(shown.rate()),
                quoteExpiresAt == null ? "indicative" : "quoted",
                shown.asOf(),
                shown.source(),
                quoteExpiresAt);
    }
}
