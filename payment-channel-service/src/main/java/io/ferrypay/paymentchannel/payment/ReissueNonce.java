package io.ferrypay.paymentchannel.payment;

import io.ferrypay.identity.Mode;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Gives a payment a new link; the old one stops opening the page at once. */
@Service
public class ReissueNonce {

    private final Payments payments;
    private final PaymentLinks links;

    ReissueNonce(Payments payments, PaymentLinks links) {
        this.payments = payments;
        this.links = links;
    }

    /** Empty when the merchant has no such payment. */
    @Transactional
    public Optional<Reissued> reissue(String merchantId, Mode mode, String id) {
        if (!PaymentIds.isPaymentId(id)) {
            return Optional.empty();
        }
        return payments.lock(id)
                .filter(payment -> payment.merchantId().equals(merchantId))
                .filter(payment -> payment.livemode() == mode.livemode())
                .map(payment -> {
                    var nonce = links.nonce(id, payment.nextNonceGeneration());
                    payment.reissueNonce(PaymentLinks.hash(nonce));
                    return new Reissued(payment.view(), nonce, links.redirectUrl(nonce));
                });
    }

    /** The link that opens the payment's page now; empty when the merchant has no such payment. */
    @Transactional(readOnly = true)
    public Optional<String> currentLink(String merchantId, Mode mode, String id) {
        return payments.findByIdAndMerchantIdAndLivemode(id, merchantId, mode.livemode())
                .map(payment -> links.redirectUrl(links.nonce(id, payment.nonceGeneration())));
    }

    /** The payment, and its new link: shown this once. */
    public record Reissued(PaymentView payment, String nonce, String redirectUrl) {

        @Override
        public String toString() {
            return "Reissued[" + payment.id() + "]";
        }
    }
}
