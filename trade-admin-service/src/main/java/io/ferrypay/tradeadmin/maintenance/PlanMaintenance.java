package io.ferrypay.tradeadmin.maintenance;

import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.ApprovalKind;
import io.ferrypay.tradeadmin.approval.Change;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** An account is not to be offered for a time. */
@Component
class PlanMaintenance implements ApprovalKind<PlanMaintenance.Wanted> {

    private final KeepMaintenance maintenance;

    PlanMaintenance(KeepMaintenance maintenance) {
        this.maintenance = maintenance;
    }

    record Wanted(String account, Instant startsAt, Instant endsAt) {}

    @Override
    public String name() {
        return "channel_maintenance";
    }

    @Override
    public Class<Wanted> payload() {
        return Wanted.class;
    }

    @Override
    public String askPermission() {
        return KeepMaintenance.WRITE;
    }

    @Override
    public String decidePermission() {
        return KeepMaintenance.APPROVE;
    }

    @Override
    public String subject(Wanted wanted) {
        return wanted.account();
    }

    @Override
    public List<Change> diff(Wanted wanted) {
        return List.of(
                new Change("account", null, wanted.account()),
                new Change("starts_at", null, wanted.startsAt().toString()),
                new Change("ends_at", null, wanted.endsAt().toString()));
    }

    @Override
    public void apply(Wanted wanted, Approval approval) {
        maintenance.plan(wanted, approval);
    }
}
