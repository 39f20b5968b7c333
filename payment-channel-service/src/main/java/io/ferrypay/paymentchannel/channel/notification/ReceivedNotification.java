package io.ferrypay.paymentchannel.channel.notification;

import io.ferrypay.paymentchannel.channel.ChannelCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One notification as it came, before anybody looked into it. */
public final class ReceivedNotification {

    private final ChannelCode channel;
    private final String accountId;
    private final Instant at;
    private final @Nullable String serial;
    private final String headers;
    private final byte[] body;

    /**
     * @param accountId ours, from the address it was sent to
     * @param serial which of the channel's keys is said to have signed it, if that is said
     * @param headers those that belong to the protocol, one {@code name: value} a line
     * @param body the bytes, or their beginning; kept for inspection, so whatever holds a payer's
     *     identity in clear has to be left out by the adapter
     */
    public ReceivedNotification(
            ChannelCode channel,
            String accountId,
            Instant at,
            @Nullable String serial,
            String headers,
            byte[] body) {
        this.channel = channel;
        this.accountId = accountId;
        this.at = at;
        this.serial = serial;
        this.headers = headers;
        this.body = body;
    }

    ChannelCode channel() {
        return channel;
    }

    String accountId() {
        return accountId;
    }

    Instant at() {
        return at;
    }

    @Nullable String serial() {
        return serial;
    }

    String headers() {
        return headers;
    }

    /** The bytes themselves, not a copy. */
    byte[] body() {
        return body;
    }
}
