package io.ferrypay.paymentchannel.channel;

import java.util.Locale;
import java.util.Optional;

/** Which payment company carries the money. The wire and the tables say the lower-case name. */
public enum ChannelCode {
    WECHAT;

    /** The name on the wire and in tables, such as {@code wechat}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The channel of that wire name, if there is one. */
    public static Optional<ChannelCode> ofWireName(String name) {
        for (var code : values()) {
            if (code.wireName().equals(name)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
