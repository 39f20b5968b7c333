package io.ferrypay.paymentchannel.channel.wechat;

import java.time.Instant;

/** One notification as it came, before anybody looked into it. */
final class ReceivedNotification {

    private final String account;
    private final Instant at;
    private final NotificationHeaders headers;
    private final byte[] body;

    ReceivedNotification(String account, Instant at, NotificationHeaders headers, byte[] body) {
        this.account = account;
        this.at = at;
        this.headers = headers;
        this.body = body;
    }

    String account() {
        return account;
    }

    Instant at() {
        return at;
    }

    NotificationHeaders headers() {
        return headers;
    }

    /** The bytes themselves, not a copy. */
    byte[] body() {
        return body;
    }
}
