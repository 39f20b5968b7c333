package io.ferrypay.paymentchannel.payment;

import java.time.Instant;
import org.springframework.stereotype.Component;

/** Numbers for what is asked of a channel. */
@Component
public class OrderNumbers {

    private final PaymentSettings settings;

    OrderNumbers(PaymentSettings settings) {
        this.settings = settings;
    }

    /** 24 of {@code [0-9A-Z]}, never given before to an order or a refund. */
    public String next(Instant now) {
        return PaymentIds.nextOrderNumber(settings.orderNumberPrefix(), now);
    }

    /** The smallest that an order of that time can have, as long as the prefix stays what it is. */
    public String firstPossible(Instant time) {
        return PaymentIds.firstOrderNumber(settings.orderNumberPrefix(), time);
    }
}
