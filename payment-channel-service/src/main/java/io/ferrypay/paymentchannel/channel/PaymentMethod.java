package io.ferrypay.paymentchannel.channel;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/**
 * How a shopper chooses to pay, as shops and shoppers call it; which channel carries it is ours to
 * know. The wire and the tables say the lower-case name.
 */
public enum PaymentMethod {
    WECHAT,
    ALIPAY,
    JDPAY,
    /** The online bank of one of the banks in {@code bank}. */
    ONLINEBANK;

    /** The name on the wire and in tables, such as {@code onlinebank}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The method of that wire name, if there is one. */
    public static Optional<PaymentMethod> ofWireName(String name) {
        for (var method : values()) {
            if (method.wireName().equals(name)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
