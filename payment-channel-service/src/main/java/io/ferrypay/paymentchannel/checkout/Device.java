package io.ferrypay.paymentchannel.checkout;

import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.util.List;
import java.util.Set;

/** Where a page is open, as far as its browser says; never a reason to trust anybody. */
public enum Device {
    COMPUTER,
    PHONE,
    INSIDE_WECHAT,
    INSIDE_ALIPAY,
    INSIDE_JD;

    /** The flows that make sense there, the best first. */
    public List<Flow> flows(PaymentMethod method, Set<Flow> possible) {
        return wanted(method).stream().filter(possible::contains).toList();
    }

    private List<Flow> wanted(PaymentMethod method) {
        if (method == PaymentMethod.ONLINEBANK) {
            return this == COMPUTER || this == PHONE ? List.of(Flow.BANK) : List.of();
        }
        return switch (this) {
            case COMPUTER -> List.of(Flow.QR, Flow.DESKTOP);
            case PHONE -> List.of(Flow.MOBILE, Flow.QR);
            // A wallet cannot pay another wallet's order, and cannot scan its own screen.
            case INSIDE_WECHAT -> inside(method, PaymentMethod.WECHAT);
            case INSIDE_ALIPAY -> inside(method, PaymentMethod.ALIPAY);
            case INSIDE_JD -> inside(method, PaymentMethod.JDPAY);
        };
    }

    private static List<Flow> inside(PaymentMethod method, PaymentMethod own) {
        return method == own ? List.of(Flow.IN_WALLET, Flow.MOBILE) : List.of();
    }
}
