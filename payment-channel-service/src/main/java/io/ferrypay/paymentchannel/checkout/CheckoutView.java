package io.ferrypay.paymentchannel.checkout;

import io.ferrypay.paymentchannel.payment.AttemptStatus;
import io.ferrypay.paymentchannel.payment.PaymentStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the shopper's page shows. Whoever has the link sees this, so it holds nothing the shop keeps
 * to itself.
 *
 * @param returnUrl only at the end; says which payment and not how it went
 * @param simulatorUrl in test mode, where a person plays the wallet
 * @param version grows with every change
 */
record CheckoutView(
        boolean livemode,
        PaymentStatus status,
        Shop merchant,
        String productName,
        String merchantReference,
        String amount,
        String currency,
        @Nullable String payerAmount,
        @Nullable String payerCurrency,
        @Nullable Rate fx,
        List<Method> methods,
        @Nullable Attempt attempt,
        Instant createdAt,
        Instant expiresAt,
        Instant serverTime,
        @Nullable String returnUrl,
        @Nullable String cancelUrl,
        @Nullable Failure failure,
        @Nullable Instant paidAt,
        @Nullable String locale,
        @Nullable String simulatorUrl,
        long version) {

    record Shop(String name) {}

    record Rate(String rate, Instant asOf, String source) {}

    record Method(String type, String flow) {}

    record Attempt(String method, String flow, AttemptStatus status, @Nullable Qr qr) {}

    record Qr(String content, @Nullable Instant expiresAt) {}

    record Failure(String code, @Nullable String declineCode) {}
}
