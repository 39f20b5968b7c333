package io.ferrypay.paymentchannel.channel;

import java.util.Locale;
import java.util.Optional;

/** Which payment company carries the money. Tables and addresses say the lower-case name. */
public enum ChannelCode {
    WECHAT(PaymentMethod.WECHAT),
    ALIPAY(PaymentMethod.ALIPAY),
    JDPAY(PaymentMethod.JDPAY),
    PAYEASE(PaymentMethod.ONLINEBANK);

    private final PaymentMethod method;

    ChannelCode(PaymentMethod method) {
        this.method = method;
    }

    /** What shoppers choose who pay through it. */
    public PaymentMethod method() {
        return method;
    }

    /** The name in tables and addresses, such as {@code wechat}. */
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
