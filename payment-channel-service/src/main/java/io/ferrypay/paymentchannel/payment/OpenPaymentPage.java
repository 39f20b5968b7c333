package io.ferrypay.paymentchannel.payment;

import io.ferrypay.identity.Mode;
import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.OffersPayments;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.merchant.Merchant;
import io.ferrypay.paymentchannel.merchant.Merchants;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Opens the page behind a payment's link. */
@Service
public class OpenPaymentPage {

    private final Payments payments;
    private final Attempts attempts;
    private final Merchants merchants;
    private final Channels channels;
    private final ChannelHealth health;

    OpenPaymentPage(
            Payments payments,
            Attempts attempts,
            Merchants merchants,
            Channels channels,
            ChannelHealth health) {
        this.payments = payments;
        this.attempts = attempts;
        this.merchants = merchants;
        this.channels = channels;
        this.health = health;
    }

    /** Empty when no payment has this link, for whatever reason. */
    @Transactional(readOnly = true)
    public Optional<PaymentPage> open(String nonce) {
        return find(nonce).map(this::page);
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
        return Arrays.stream(PaymentMethod.values())
                .filter(payment::allows)
                .filter(method -> merchant.flatMap(known -> known.at(method, mode)).isPresent())
                .flatMap(method -> channels.accountFor(method, mode).stream())
                .map(this::way)
                .toList();
    }

    private PaymentPage.WayToPay way(ChannelAccount account) {
        return new PaymentPage.WayToPay(
                account.channel().method(),
                account.id(),
                channels.ability(account.id(), OffersPayments.class)
                        .map(channel -> channel.flows(account.id()))
                        .orElse(Set.of()),
                health.of(account.id(), null));
    }
}
