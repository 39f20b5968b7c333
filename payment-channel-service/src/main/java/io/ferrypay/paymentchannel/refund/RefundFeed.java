package io.ferrypay.paymentchannel.refund;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Takes in what our staff decided about refunds, and whose balance does not allow any. */
@Component
class RefundFeed implements EventHandler {

    static final Set<String> TYPES = Set.of("refund.decided", "merchant_funds.changed");

    private final DecideRefund decide;
    private final RefundLimits limits;

    RefundFeed(DecideRefund decide, RefundLimits limits) {
        this.decide = decide;
        this.limits = limits;
    }

    @Override
    public void apply(List<Event> batch) {
        for (var event : batch) {
            var data = event.data();
            switch (event.type()) {
                case "refund.decided" ->
                        decide.byStaff(
                                data.required("refund_id").asString(),
                                data.required("approved").asBoolean(),
                                data.required("why").asString());
                case "merchant_funds.changed" ->
                        limits.funds(
                                data.required("merchant_id").asString(),
                                data.required("currency").asString(),
                                data.required("short").asBoolean(),
                                event.version());
                default -> {
                    // Nothing of ours.
                }
            }
        }
    }
}
