package io.ferrypay.sandbox.wechat.order;

import java.time.Duration;

/** How the payer gets from the shop into WeChat; the names are WeChat's. */
public enum TradeType {
    /** The payer scans a QR code. */
    NATIVE(Duration.ofHours(2)),
    /** The shop's page is open inside WeChat and asks it to pay. */
    JSAPI(Duration.ofHours(2)),
    /** A phone's browser calls WeChat up. */
    MWEB(Duration.ofMinutes(5)),
    /** The payer shows a code and the shop scans it; there is nothing to lead anybody on. */
    MICROPAY(Duration.ZERO);

    private final Duration ticketLifetime;

    TradeType(Duration ticketLifetime) {
        this.ticketLifetime = ticketLifetime;
    }

    Duration ticketLifetime() {
        return ticketLifetime;
    }
}
