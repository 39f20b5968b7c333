package io.ferrypay.tradeadmin.settlement;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import io.ferrypay.tradeadmin.ledger.Book;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Tells what became available, by {@code settlement.available}, in its transaction. */
@Component
class SettlementEvents {

    private final ReadBalances balances;
    private final Outbox outbox;
    private final JsonMapper json;

    SettlementEvents(ReadBalances balances, Outbox outbox, JsonMapper json) {
        this.balances = balances;
        this.outbox = outbox;
        this.json = json;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void available(String id, String bookName, String merchantId) {
        var book = Book.ofWireName(bookName).orElseThrow();
        var settlement = balances.settlement(book, merchantId, id).orElseThrow();
        var livemode = book == Book.LIVE;
        var data = json.createObjectNode();
        data.put("merchant_id", merchantId);
        data.put("livemode", livemode);
        data.set("object", json.valueToTree(SettlementView.of(settlement, livemode)));
        data.putNull("previous");
        outbox.append(Event.of("settlement.available", id, 1, settlement.settledAt(), data));
    }
}
