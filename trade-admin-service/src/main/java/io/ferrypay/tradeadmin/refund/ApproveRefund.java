package io.ferrypay.tradeadmin.refund;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.ApprovalKind;
import io.ferrypay.tradeadmin.approval.ApprovalStatus;
import io.ferrypay.tradeadmin.approval.Change;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * A refund above the company's limit. What is decided is told by {@code refund.decided}; the
 * payment service has set the amount aside and waits for it.
 */
@Component
class ApproveRefund implements ApprovalKind<ApproveRefund.ToApprove> {

    private static final String PERMISSION = "refunds:approve";

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final JsonMapper json;
    private final Clock clock;

    ApproveRefund(JdbcClient jdbc, Outbox outbox, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /** A refund that waits for our staff. */
    record ToApprove(String refundId) {}

    @Override
    public String name() {
        return "refund";
    }

    @Override
    public Class<ToApprove> payload() {
        return ToApprove.class;
    }

    @Override
    public String askPermission() {
        return PERMISSION;
    }

    @Override
    public String decidePermission() {
        return PERMISSION;
    }

    @Override
    public String subject(ToApprove wanted) {
        return wanted.refundId();
    }

    @Override
    public List<Change> diff(ToApprove wanted) {
        return jdbc.sql("select * from refund_request where refund_id = ?")
                .param(wanted.refundId())
                .query((row, _) -> {
                    var currency = Currency.of(row.getString("currency"));
                    return List.of(
                            new Change("merchant", null, row.getString("merchant_id")),
                            new Change("payment", null, row.getString("payment_id")),
                            new Change(
                                    "amount",
                                    null,
                                    new Money(row.getLong("amount_minor"), currency).toString()),
                            new Change(
                                    "refunded_in_all",
                                    null,
                                    new Money(row.getLong("total_minor"), currency).toString()));
                })
                .single();
    }

    @Override
    public void apply(ToApprove wanted, Approval approval) {
        tell(approval, true, "approved");
    }

    @Override
    public void closed(ToApprove wanted, Approval approval) {
        closedUnread(approval);
    }

    @Override
    public void closedUnread(Approval approval) {
        tell(
                approval,
                false,
                approval.status() == ApprovalStatus.EXPIRED ? "approval_expired" : "not_approved");
    }

    private void tell(Approval approval, boolean approved, String why) {
        outbox.append(
                Event.of(
                        "refund.decided",
                        approval.subject(),
                        approval.version(),
                        clock.instant(),
                        json.createObjectNode()
                                .put("refund_id", approval.subject())
                                .put("approved", approved)
                                .put("why", why)));
    }
}
