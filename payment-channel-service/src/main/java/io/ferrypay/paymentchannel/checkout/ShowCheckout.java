package io.ferrypay.paymentchannel.checkout;

import io.ferrypay.paymentchannel.bank.Banks;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.payment.AttemptStatus;
import io.ferrypay.paymentchannel.payment.AttemptView;
import io.ferrypay.paymentchannel.payment.OpenPaymentPage;
import io.ferrypay.paymentchannel.payment.PaymentPage;
import io.ferrypay.paymentchannel.payment.PaymentPage.WayToPay;
import io.ferrypay.paymentchannel.payment.PaymentStatus;
import io.ferrypay.paymentchannel.payment.PaymentView;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Turns a payment into what its page shows. */
@Component
class ShowCheckout {

    /** Which of a payment's notes says that a till made it. */
    private static final String FROM_A_TILL = "spotpay_session";

    private final OpenPaymentPage pages;
    private final Banks banks;
    private final ChannelHealth health;
    private final String sandboxUrl;
    private final Clock clock;

    ShowCheckout(
            OpenPaymentPage pages,
            Banks banks,
            ChannelHealth health,
            @Value("${ferry.sandbox.url}") String sandboxUrl,
            Clock clock) {
        this.pages = pages;
        this.banks = banks;
        this.health = health;
        this.sandboxUrl = sandboxUrl.replaceAll("/+$", "");
        this.clock = clock;
    }

    /**
     * @param made what a channel has offered this very request, if it did: a form is in no other
     *     answer
     */
    Optional<Shown> show(String nonce, Device device, @Nullable Offer made) {
        return pages.open(nonce)
                .map(page ->
                        new Shown(page.payment().id(), page.version(), view(page, device, made)));
    }

    /** The banks to choose from; none where online banks are not among the ways to pay. */
    Optional<List<BankList.Choice>> banks(String nonce) {
        return pages.open(nonce)
                .map(page ->
                        page.methods().stream()
                                .filter(way -> way.method() == PaymentMethod.ONLINEBANK)
                                .flatMap(way ->
                                        banks.all().stream()
                                                .map(bank ->
                                                        BankList.Choice.of(
                                                                bank,
                                                                health.of(
                                                                                way.accountId(),
                                                                                bank.code())
                                                                        .available())))
                                .toList());
    }

    /** The view, and what to wait on for the next one. */
    record Shown(String paymentId, long version, CheckoutView view) {

        CheckoutStreams.Snapshot snapshot() {
            return new CheckoutStreams.Snapshot(paymentId, version, view);
        }
    }

    private CheckoutView view(PaymentPage page, Device device, @Nullable Offer made) {
        var payment = page.payment();
        // Whoever scanned a poster or a till shows the page at the counter: nothing leads them off
        // it.
        var atTheCounter =
                payment.staticCode() != null || payment.metadata().containsKey(FROM_A_TILL);
        var failure = payment.failure();
        var attempt = page.attempt();
        var charge = charge(payment, attempt);
        return new CheckoutView(
                payment.livemode(),
                payment.status(),
                new CheckoutView.Shop(page.merchantName()),
                payment.productName(),
                payment.merchantReference(),
                payment.amount(),
                payment.currency(),
                charge.amount(),
                charge.currency(),
                charge.rate(),
                page.methods().stream().map(way -> method(way, device)).toList(),
                attempt == null ? null : attempt(attempt, made),
                payment.createdAt(),
                payment.expiresAt(),
                clock.instant(),
                payment.status().isEnd() && !atTheCounter ? returnUrl(payment) : null,
                payment.cancelUrl(),
                failure == null
                        ? null
                        : new CheckoutView.Failure(failure.code(), failure.declineCode()),
                payment.paidAt(),
                payment.locale(),
                atTheCounter,
                simulatorUrl(payment, attempt),
                null,
                page.version());
    }

    /** What the payer pays, and by which rate. */
    private record Charge(
            @Nullable String amount, @Nullable String currency, CheckoutView.@Nullable Rate rate) {}

    private static Charge charge(PaymentView payment, @Nullable AttemptView attempt) {
        var frozen = attempt == null ? null : attempt.frozenRate();
        if (attempt != null && frozen != null && payment.status() != PaymentStatus.PAID) {
            // Where we convert, this is what they are charged, and not about that.
            return new Charge(
                    attempt.charged().toDecimalString(),
                    attempt.charged().currency().code(),
                    new CheckoutView.Rate(
                            frozen.rate().stripTrailingZeros().toPlainString(),
                            frozen.asOf(),
                            frozen.source()));
        }
        var fx = payment.fx();
        return new Charge(
                payment.payerAmount(),
                payment.payerCurrency(),
                fx == null ? null : new CheckoutView.Rate(fx.rate(), fx.asOf(), fx.source()));
    }

    private static CheckoutView.Method method(WayToPay way, Device device) {
        var flows = device.flows(way.method(), way.flows());
        var up = way.health().available();
        var backAt = way.health().maintenanceUntil();
        var down = backAt == null ? "channel_down" : "maintenance";
        return new CheckoutView.Method(
                way.method(),
                flows,
                up && !flows.isEmpty(),
                up ? (flows.isEmpty() ? "other_device" : null) : down,
                backAt);
    }

    private static CheckoutView.Attempt attempt(AttemptView attempt, @Nullable Offer made) {
        var offer =
                made == null || attempt.status() != AttemptStatus.READY ? attempt.offer() : made;
        return new CheckoutView.Attempt(
                attempt.method(),
                attempt.flow(),
                attempt.bankCode(),
                attempt.status(),
                attempt.offerKind(),
                attempt.offerExpiresAt(),
                offer instanceof Offer.ShowQr(var content)
                        ? new CheckoutView.Qr(content, attempt.offerExpiresAt())
                        : null,
                offer instanceof Offer.Redirect(var url) ? new CheckoutView.Redirect(url) : null,
                offer instanceof Offer.SubmitForm(var action, var charset, var fields)
                        ? new CheckoutView.Form(action, charset, fields)
                        : null,
                offer instanceof Offer.CallWallet(var parameters)
                        ? new CheckoutView.WalletCall(parameters)
                        : null);
    }

    /** Never with a status: whoever can edit an address could otherwise say "paid". */
    private static String returnUrl(PaymentView payment) {
        return UriComponentsBuilder.fromUriString(payment.returnUrl())
                .queryParam("payment_id", payment.id())
                .queryParam(
                        "merchant_reference",
                        UriUtils.encode(payment.merchantReference(), StandardCharsets.UTF_8))
                .build(false)
                .toUriString();
    }

    /** In test mode a person can play the wallet that scans the code. */
    private @Nullable String simulatorUrl(PaymentView payment, @Nullable AttemptView attempt) {
        return payment.livemode()
                        || attempt == null
                        || !(attempt.offer() instanceof Offer.ShowQr(var content))
                ? null
                : sandboxUrl
                        + "/wallet/"
                        + attempt.method().wireName()
                        + "?code="
                        + UriUtils.encode(content, StandardCharsets.UTF_8);
    }
}
