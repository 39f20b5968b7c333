package io.ferrypay.paymentchannel.channel;

import java.net.URI;
import java.util.Optional;

/**
 * Where a payer goes who comes back from a channel's page. What the browser says is a hint: the
 * channel is queried, the payment moves by its answer, and the page shows that.
 */
public interface PayerReturns {

    /**
     * Asks the channel about the order and answers with the payer's page on our side. To be called
     * only when the channel's own signature on the return has been verified, for the answer holds
     * the payment's nonce. Empty when the order is not ours.
     */
    Optional<URI> pageAfter(String accountId, String orderNumber);
}
