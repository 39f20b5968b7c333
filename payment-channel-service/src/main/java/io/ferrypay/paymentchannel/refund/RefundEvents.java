package io.ferrypay.paymentchannel.refund;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.PaymentChannel;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells the other services what became of a refund, in the transaction in which it became so. */
@Component
class RefundEvents {

    private final Outbox outbox;
    private final Channels channels;
    private final JsonMapper json;
    private final Clock clock;

    RefundEvents(Outbox outbox, Channels channels, JsonMapper json, Clock clock) {
        this.outbox = outbox;
        this.channels = channels;
        this.json = json;
        this.clock = clock;
    }

    /** {@code refund.created}. The refunds must have been flushed. */
    void created(List<Refund> refunds) {
        outbox.append(
                refunds.stream().map(refund -> event("refund.created", refund, null)).toList());
    }

    /** {@code refund.pending_approval}. */
    void waits(Refund refund, @Nullable RefundStatus previous) {
        outbox.append(event("refund.pending_approval", refund, previous));
    }

    /** {@code refund.approved}: its channel is asked now. */
    void approved(Refund refund) {
        outbox.append(event("refund.approved", refund, RefundStatus.PENDING_APPROVAL));
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
        data.put("refunded_in_all", refund.total().toDecimalString());
        // What the channel gives back: the books need it, merchants are not told.
        data.putObject("charge")
                .put("channel", channelOf(refund))
                .put("order_number", refund.orderNumber())
                .put("amount", refund.channelAmount().toDecimalString())
                .put("currency", refund.channelAmount().currency().code());
        return Event.of(type, refund.id(), refund.version(), clock.instant(), data);
    }

    private @Nullable String channelOf(Refund refund) {
        return channels.ability(refund.accountId(), PaymentChannel.class)
                .map(channel -> channel.code().wireName())
                .orElse(null);
    }
}
