package io.ferrypay.paymentchannel.checkout;

import io.ferrypay.paymentchannel.payment.AttemptStatus;
import io.ferrypay.paymentchannel.payment.AttemptView;
import io.ferrypay.paymentchannel.payment.OpenPaymentPage;
import io.ferrypay.paymentchannel.payment.PaymentPage;
import io.ferrypay.paymentchannel.payment.PaymentView;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Turns a payment into what its page shows. */
@Component
class ShowCheckout {

    private static final String NATIVE = "native";

    private final OpenPaymentPage pages;
    private final String sandboxUrl;
    private final Clock clock;

    ShowCheckout(
            OpenPaymentPage pages, @Value("${ferry.sandbox.url}") String sandboxUrl, Clock clock) {
        this.pages = pages;
        this.sandboxUrl = sandboxUrl.replaceAll("/+$", "");
        this.clock = clock;
    }

    Optional<Shown> show(String nonce) {
        return pages.open(nonce)
                .map(page -> new Shown(page.payment().id(), page.version(), view(page)));
    }

    /** The view, and what to wait on for the next one. */
    record Shown(String paymentId, long version, CheckoutView view) {}

    private CheckoutView view(PaymentPage page) {
        var payment = page.payment();
        var fx = payment.fx();
        var failure = payment.failure();
        var attempt = page.attempt();
        return new CheckoutView(
                payment.livemode(),
                payment.status(),
                new CheckoutView.Shop(page.merchantName()),
                payment.productName(),
                payment.merchantReference(),
                payment.amount(),
                payment.currency(),
                payment.payerAmount(),
                payment.payerCurrency(),
                fx == null ? null : new CheckoutView.Rate(fx.rate(), fx.asOf(), fx.source()),
                page.methods().stream()
                        .map(code -> new CheckoutView.Method(code.wireName(), NATIVE))
                        .toList(),
                attempt == null ? null : attempt(attempt),
                payment.createdAt(),
                payment.expiresAt(),
                clock.instant(),
                payment.status().isEnd() ? returnUrl(payment) : null,
                payment.cancelUrl(),
                failure == null
                        ? null
                        : new CheckoutView.Failure(failure.code(), failure.declineCode()),
                payment.paidAt(),
                payment.locale(),
                simulatorUrl(payment, attempt),
                page.version());
    }

    private static CheckoutView.Attempt attempt(AttemptView attempt) {
        var content = attempt.qrContent();
        return new CheckoutView.Attempt(
                attempt.method(),
                attempt.flow(),
                attempt.status(),
                content == null || attempt.status() != AttemptStatus.READY
                        ? null
                        : new CheckoutView.Qr(content, attempt.qrExpiresAt()));
    }

    /** Never with a status: whoever can edit an address could otherwise say "paid". */
    private static String returnUrl(PaymentView payment) {
        return UriComponentsBuilder.fromUriString(payment.returnUrl())
                .queryParam("payment_id", payment.id())
                .queryParam(
                        "merchant_reference",
                        UriUtils.encode(
                                payment.merchantReference(),
                                java.nio.charset.StandardCharsets.UTF_8))
                .build(false)
                .toUriString();
    }

    private @Nullable String simulatorUrl(PaymentView payment, @Nullable AttemptView attempt) {
        if (payment.livemode() || attempt == null || attempt.status() != AttemptStatus.READY) {
            return null;
        }
        var content = attempt.qrContent();
        return content == null
                ? null
                : sandboxUrl
                        + "/wallet/"
                        + attempt.method()
                        + "?code="
                        + UriUtils.encode(content, java.nio.charset.StandardCharsets.UTF_8);
    }
}
