package io.ferrypay.paymentchannel.channel;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/**
 * How the payer gets to paying, mostly from our page; the device decides which of them make sense.
 */
public enum Flow {
    /**
     * A code that a wallet on another device scans: WeChat's Native, Alipay's precreate, JD's QR.
     */
    QR,
    /**
     * Our page is open inside the wallet: WeChat's JSAPI, Alipay's transaction code opened there.
     */
    IN_WALLET,
    /** A phone's browser calls the wallet up: WeChat's H5, Alipay's WAP, JD's H5. */
    MOBILE,
    /** A computer's browser goes to the wallet's cashier page: Alipay's PC, JD's PC. */
    DESKTOP,
    /** The browser goes to the page of a bank chosen on ours. */
    BANK,
    /**
     * The payer's wallet shows a code and the shop scans it: WeChat's Quick Pay, Alipay's barcode.
     * Begun by the shop, never from a page of ours.
     */
    PAY_CODE;

    /** The name on the wire and in tables. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The flow of that wire name, if there is one. */
    public static Optional<Flow> ofWireName(String name) {
        for (var flow : values()) {
            if (flow.wireName().equals(name)) {
                return Optional.of(flow);
            }
        }
        return Optional.empty();
    }
}
