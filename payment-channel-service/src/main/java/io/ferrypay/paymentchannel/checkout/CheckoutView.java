package io.ferrypay.paymentchannel.checkout;

import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.payment.AttemptStatus;
import io.ferrypay.paymentchannel.payment.PaymentStatus;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the shopper's page shows. Whoever has the link sees this, so it holds nothing the shop keeps
 * to itself.
 *
 * @param returnUrl only at the end; says which payment and not how it went
 * @param atCounter paid in a shop, where somebody wants to see that it was
 * @param simulatorUrl in test mode, where a person plays the wallet
 * @param identifyUrl where the wallet's browser must go first; only in the answer to the request
 *     that chose such a way to pay
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
        boolean atCounter,
        @Nullable String simulatorUrl,
        @Nullable String identifyUrl,
        long version) {

    CheckoutView withFirst(URI identify) {
        return new CheckoutView(
                livemode,
                status,
                merchant,
                productName,
                merchantReference,
                amount,
                currency,
                payerAmount,
                payerCurrency,
                fx,
                methods,
                attempt,
                createdAt,
                expiresAt,
                serverTime,
                returnUrl,
                cancelUrl,
                failure,
                paidAt,
                locale,
                atCounter,
                simulatorUrl,
                identify.toString(),
                version);
    }

    record Shop(String name) {}

    record Rate(String rate, Instant asOf, String source) {}

    /**
     * @param flows what can be done on this device, the best first; empty when nothing can
     * @param available whether it is worth trying now
     * @param reason why it is not: {@code channel_down}, {@code other_device}, {@code maintenance}
     * @param backAt when the maintenance is planned to end, where that is the reason
     */
    record Method(
            PaymentMethod type,
            List<Flow> flows,
            boolean available,
            @Nullable String reason,
            @Nullable Instant backAt) {}

    /**
     * @param offerKind what was offered, also when it is over or was a form
     * @param form the only copy there is; only in the answer to the request that asked for it
     */
    record Attempt(
            PaymentMethod method,
            Flow flow,
            @Nullable String bankCode,
            AttemptStatus status,
            @Nullable String offerKind,
            @Nullable Instant offerExpiresAt,
            @Nullable Qr qr,
            @Nullable Redirect redirect,
            @Nullable Form form,
            @Nullable WalletCall walletCall) {}

    record Qr(String content, @Nullable Instant expiresAt) {}

    record Redirect(String url) {}

    record Form(String action, String charset, Map<String, String> fields) {}

    record WalletCall(Map<String, String> parameters) {}

    record Failure(String code, @Nullable String declineCode) {}
}
