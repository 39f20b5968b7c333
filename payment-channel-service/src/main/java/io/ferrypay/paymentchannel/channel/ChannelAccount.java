package io.ferrypay.paymentchannel.channel;

import io.ferrypay.identity.Mode;

/**
 * One contract we hold with a payment company: its credentials belong to the adapter, its opaque id
 * (1–40 of {@code [a-z0-9_-]}) is pinned on every attempt and appears in the notification address.
 */
public record ChannelAccount(String id, ChannelCode channel, Mode mode) {

    public ChannelAccount {
        if (!id.matches("[a-z0-9_-]{1,40}")) {
            throw new IllegalArgumentException("not a channel account id: " + id);
        }
    }
}
