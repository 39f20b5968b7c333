package io.ferrypay.tradeadmin.withdrawal;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import io.ferrypay.tradeadmin.ledger.Book;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells what became of withdrawals, in the transaction in which it became so: {@code
 * withdrawal.created}, and {@code withdrawal.<status>} for each move.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class WithdrawalEvents {

    private final Outbox outbox;
    private final JsonMapper json;

    WithdrawalEvents(Outbox outbox, JsonMapper json) {
        this.outbox = outbox;
        this.json = json;
    }

    /**
     * @param version of the withdrawal after the move
     */
    record Moved(Withdrawal withdrawal, long version) {}

    void created(Withdrawal withdrawal) {
        var events = new ArrayList<Event>();
        events.add(event("withdrawal.created", withdrawal, 1, null));
        if (withdrawal.status() == WithdrawalStatus.APPROVED) {
            events.add(event("withdrawal.approved", withdrawal, 1, null));
        }
        outbox.append(events);
    }

    void moved(List<Moved> moved, WithdrawalStatus previous) {
        outbox.append(
                moved.stream()
                        .map(one ->
                                event(
                                        "withdrawal." + one.withdrawal().status().wireName(),
                                        one.withdrawal(),
                                        one.version(),
                                        previous))
                        .toList());
    }

    private Event event(
            String type, Withdrawal one, long version, @Nullable WithdrawalStatus previous) {
        var data = json.createObjectNode();
        data.put("merchant_id", one.merchantId());
        data.put("livemode", one.book() == Book.LIVE);
        data.set("object", json.valueToTree(WithdrawalView.of(one)));
        if (previous == null) {
            data.putNull("previous");
        } else {
            data.putObject("previous").put("status", previous.wireName());
        }
        return Event.of(type, one.id(), version, one.changedAt(), data);
    }
}
