package io.ferrypay.paymentchannel.refund;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells the other services what became of a refund, in the transaction in which it became so. */
@Component
class RefundEvents {

    private final Outbox outbox;
    private final JsonMapper json;
    private final Clock clock;

    RefundEvents(Outbox outbox, JsonMapper json, Clock clock) {
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /** {@code refund.created}. The refunds must have been flushed. */
    void created(List<Refund> refunds) {
        outbox.append(
                refunds.stream().map(refund -> event("refund.created", refund, null)).toList());
    }

    /**
     * {@code refund.<status>}. The change must have been flushed: the event carries its version.
     */
    void ended(Refund refund, RefundStatus previous) {
        outbox.append(event("refund." + refund.status().wireName(), refund, previous));
    }

    private Event event(String type, Refund refund, @Nullable RefundStatus previous) {
        var data = json.createObjectNode();
        data.put("merchant_id", refund.merchantId());
        data.put("livemode", refund.livemode());
        data.set("object", json.valueToTree(refund.view()));
        if (previous == null) {
            data.putNull("previous");
        } else {
            data.putObject("previous").put("status", previous.wireName());
        }
        data.put("notify_url", refund.notifyUrl());
        return Event.of(type, refund.id(), refund.version(), clock.instant(), data);
    }
}
