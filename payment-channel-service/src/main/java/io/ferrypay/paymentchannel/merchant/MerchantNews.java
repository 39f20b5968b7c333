package io.ferrypay.paymentchannel.merchant;

import io.ferrypay.events.Event;

/** Another capability that keeps a copy of something merchant-service tells. */
public interface MerchantNews {

    /**
     * Takes in an event, in the follower's transaction; ignores those that are not its business.
     */
    void hear(Event event);
}
