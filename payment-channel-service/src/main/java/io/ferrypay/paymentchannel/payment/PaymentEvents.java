package io.ferrypay.paymentchannel.payment;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tells the other services what became of a payment, in the transaction in which it became so. */
@Component
class PaymentEvents {

    private final Outbox outbox;
    private final PaymentChanges changes;
    private final PaidValue paidValue;
    private final JsonMapper json;
    private final Clock clock;

    PaymentEvents(
            Outbox outbox,
            PaymentChanges changes,
            PaidValue paidValue,
            JsonMapper json,
            Clock clock) {
        this.outbox = outbox;
        this.changes = changes;
        this.paidValue = paidValue;
        this.json = json;
        this.clock = clock;
    }

    /**
     * {@code payment.<status>}. The change must have been flushed: the event carries its version.
     */
    void moved(Payment payment, PaymentStatus previous) {
        publish("payment." + payment.status().wireName(), payment, data(payment, previous));
    }

    /**
     * {@code payment.paid}, with what the channel took: the books need it, merchants are not told.
     */
    void paid(Payment payment, Attempt attempt, PaymentStatus previous) {
        var data = data(payment, previous);
        charge(data, attempt);
        publish("payment.paid", payment, data);
        paidValue.paid(payment, attempt);
    }

    /**
     * The money came after the merchant had been told that it would not. Sent besides {@code paid}.
     */
    void paidLate(Payment payment) {
        publish("payment.paid_late", payment, data(payment, null));
    }

    /** Money came in that the payment did not need; it is owed back. */
    void surplusPaid(Payment payment, Attempt attempt, String reason) {
        var data = data(payment, null);
        data.putObject("surplus")
                .put("order_number", attempt.orderNumber())
                .put("method", attempt.method().wireName())
                .put("channel_reference", attempt.channelReference())
                .put("amount", attempt.amount().toDecimalString())
                .put("currency", attempt.amount().currency().code())
                .put("reason", reason);
        charge(data, attempt);
        publish("payment.surplus_paid", payment, data);
    }

    /**
     * {@code payment.under_review}: the money is there, and held. With the charge, as {@link
     * #paid}.
     */
    void held(Payment payment, Attempt attempt, PaymentStatus previous) {
        var data = data(payment, previous);
        charge(data, attempt);
        publish("payment.under_review", payment, data);
    }

    /** {@code payment.failed} of one that was held: its money is owed back. */
    void refused(Payment payment, Attempt attempt) {
        var data = data(payment, PaymentStatus.UNDER_REVIEW);
        charge(data, attempt);
        publish("payment.failed", payment, data);
    }

    private static void charge(ObjectNode data, Attempt attempt) {
        var charge = data.putObject("charge");
        var exchange = attempt.exchange();
        if (exchange != null) {
            charge.put("rate", exchange.rate().toPlainString());
            charge.put("margin", exchange.margin().toPlainString());
        }
        charge.put("channel", attempt.channel().wireName())
                .put("order_number", attempt.orderNumber())
                .put("amount", attempt.channelAmount().toDecimalString())
                .put("currency", attempt.channelAmount().currency().code());
    }

    private ObjectNode data(Payment payment, @Nullable PaymentStatus previous) {
        var data = json.createObjectNode();
        data.put("merchant_id", payment.merchantId());
        data.put("livemode", payment.livemode());
        data.set("object", json.valueToTree(payment.view()));
        if (previous == null) {
            data.putNull("previous");
        } else {
            data.putObject("previous").put("status", previous.wireName());
        }
        data.put("notify_url", payment.notifyUrl());
        return data;
    }

    private void publish(String type, Payment payment, ObjectNode data) {
        outbox.append(Event.of(type, payment.id(), payment.version(), now(), data));
        changes.afterCommit(payment.id(), payment.version());
    }

    private Instant now() {
        return clock.instant();
    }
}
