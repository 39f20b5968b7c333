package io.ferrypay.tradeadmin.refund;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.approval.Approvals;
import io.ferrypay.tradeadmin.approval.Maker;
import io.ferrypay.tradeadmin.ledger.Book;
import java.sql.Timestamp;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Has our staff asked about each refund that waits for them, once, in the transaction that moves
 * the feed's cursor.
 */
@Component
class TakeRefunds implements EventHandler {

    static final Set<String> TYPES = Set.of("refund.pending_approval");

    private final JdbcClient jdbc;
    private final Approvals approvals;
    private final ApproveRefund ofRefunds;

    TakeRefunds(JdbcClient jdbc, Approvals approvals, ApproveRefund ofRefunds) {
        this.jdbc = jdbc;
        this.approvals = approvals;
        this.ofRefunds = ofRefunds;
    }

    @Override
    public void apply(List<Event> batch) {
        for (var event : batch) {
            var object = event.data().path("object");
            if (TYPES.contains(event.type())
                    && object.required("waits_for").asString().equals("platform")) {
                take(event);
            }
        }
    }

    private void take(Event event) {
        var data = event.data();
        var object = data.required("object");
        var currency = object.required("currency").asString();
        var merchant = data.required("merchant_id").asString();
        var amount = Money.parse(object.required("amount").asString(), currency);
        var total = Money.parse(data.required("refunded_in_all").asString(), currency);
        var fresh =
                jdbc.sql(
                                "insert into refund_request values (?, ?, ?, ?, ?, ?, ?, ?)"
                                        + " on conflict (refund_id) do nothing")
                        .params(
                                event.subject(),
                                Book.of(data.required("livemode").asBoolean()).wireName(),
                                merchant,
                                object.required("payment").asString(),
                                amount.minorUnits(),
                                total.minorUnits(),
                                currency,
                                Timestamp.from(event.time()))
                        .update();
        if (fresh == 1) {
            approvals.ask(
                    Maker.outside(merchant),
                    ofRefunds,
                    new ApproveRefund.ToApprove(event.subject()),
                    "More goes back of the payment than we let go alone");
        }
    }
}
