package io.ferrypay.tradeadmin.difference;

import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.ApprovalKind;
import io.ferrypay.tradeadmin.approval.Change;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What one person wants to do about a difference, and another approves. */
@Component
class DecideDifference implements ApprovalKind<DecideDifference.Wanted> {

    private final DifferenceCases cases;

    DecideDifference(DifferenceCases cases) {
        this.cases = cases;
    }

    record Wanted(long number, DifferenceAction action) {}

    @Override
    public String name() {
        return "difference";
    }

    @Override
    public Class<Wanted> payload() {
        return Wanted.class;
    }

    @Override
    public String askPermission() {
        return DifferenceCases.WRITE;
    }

    @Override
    public String decidePermission() {
        return DifferenceCases.APPROVE;
    }

    @Override
    public String subject(Wanted wanted) {
        return "dif_" + wanted.number();
    }

    /** A difference that ended or changed meanwhile makes the request out of date. */
    @Override
    public List<Change> diff(Wanted wanted) {
        var one = cases.find(wanted.number());
        var changes = new ArrayList<Change>();
        changes.add(new Change("difference", one.status(), one.type()));
        changes.add(new Change("action", null, wanted.action().text()));
        changes.add(new Change("channel_day", null, one.account() + " " + one.day()));
        if (one.orderNumber() != null) {
            changes.add(new Change("order_number", null, one.orderNumber()));
        }
        var after = wanted.action().counterpart();
        for (var stake : one.stakes()) {
            changes.add(
                    new Change(
                            "amount",
                            one.counterpart() == null ? null : stake + " " + one.counterpart(),
                            stake + " " + (after == null ? one.counterpart() : after.wireName())));
        }
        return changes;
    }

    @Override
    public void lock(Wanted wanted) {
        cases.lock(wanted.number());
    }

    @Override
    public boolean inBulk(Wanted wanted) {
        return cases.find(wanted.number()).isSmall();
    }

    @Override
    public void apply(Wanted wanted, Approval approval) {
        cases.decided(wanted.number(), wanted.action(), approval);
    }
}
