package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.PayerReturns;
import java.net.URI;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Brings a payer who comes back from a channel to their page, after asking how it went. */
@Service
class ReturnToPage implements PayerReturns {

    private final Attempts attempts;
    private final Payments payments;
    private final AskChannel ask;
    private final PaymentLinks links;

    ReturnToPage(Attempts attempts, Payments payments, AskChannel ask, PaymentLinks links) {
        this.attempts = attempts;
        this.payments = payments;
        this.ask = ask;
        this.links = links;
    }

    @Override
    public Optional<URI> pageAfter(String accountId, String orderNumber) {
        var attempt =
                attempts.findById(orderNumber)
                        .filter(found -> found.accountId().equals(accountId))
                        .orElse(null);
        if (attempt == null) {
            return Optional.empty();
        }
        if (attempt.status().mayBePaid()) {
            ask.query(attempt.key());
        }
        return payments.findById(attempt.paymentId())
                .map(payment ->
                        URI.create(
                                links.redirectUrl(
                                        links.nonce(payment.id(), payment.nonceGeneration()))));
    }
}
