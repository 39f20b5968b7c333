package io.ferrypay.paymentchannel.payment;

import io.ferrypay.identity.Mode;
import io.ferrypay.paymentchannel.merchant.Merchant;
import io.ferrypay.paymentchannel.merchant.Merchants;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Opens the page behind a payment's link. */
@Service
public class OpenPaymentPage {

    private final Payments payments;
    private final Attempts attempts;
    private final Merchants merchants;
    private final WaysToPay ways;

    OpenPaymentPage(Payments payments, Attempts attempts, Merchants merchants, WaysToPay ways) {
        this.payments = payments;
        this.attempts = attempts;
        this.merchants = merchants;
        this.ways = ways;
    }

    /** Empty when no payment has this link, for whatever reason. */
    @Transactional(readOnly = true)
    public Optional<PaymentPage> open(String nonce) {
        return find(nonce).map(this::page);
    }

    /** As its merchant's own till sees it; empty when there is no such payment. */
    @Transactional(readOnly = true)
    public Optional<PaymentPage> openById(String merchantId, Mode mode, String id) {
        return payments.findByIdAndMerchantIdAndLivemode(id, merchantId, mode.livemode())
                .map(this::page);
    }

    Optional<Payment> find(String nonce) {
        if (!PaymentLinks.isNonce(nonce)) {
            return Optional.empty();
        }
        var hash = PaymentLinks.hash(nonce);
        return payments.findByNonceHash(hash.bytes()).filter(payment -> payment.opensWith(hash));
    }

    private PaymentPage page(Payment payment) {
        var merchant = merchants.find(payment.merchantId());
        var all = attempts.findByPaymentIdOrderBySequence(payment.id());
        return new PaymentPage(
                payment.view(),
                merchant.map(Merchant::displayName).orElse(""),
                methods(payment, merchant),
                all.isEmpty() ? null : shown(all).view(),
                payment.version());
    }

    /** The one that was paid, else the newest. */
    private static Attempt shown(List<Attempt> all) {
        return all.stream()
                .filter(attempt -> attempt.status() == AttemptStatus.PAID)
                .findFirst()
                .orElseGet(all::getLast);
    }

    private List<PaymentPage.WayToPay> methods(Payment payment, Optional<Merchant> merchant) {
        var mode = payment.livemode() ? Mode.LIVE : Mode.TEST;
        return merchant.map(known -> ways.of(known, mode).stream())
                .orElseGet(Stream::empty)
                .filter(way -> payment.allows(way.method()))
                .toList();
    }
}
