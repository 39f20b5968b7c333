package io.ferrypay.tradeadmin.risk;

import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.ApprovalKind;
import io.ferrypay.tradeadmin.approval.Change;
import java.util.List;
import org.springframework.stereotype.Component;

/** A decision on so much held money that another person has to approve. */
@Component
class CaseDecision implements ApprovalKind<CaseDecision.Wanted> {

    private final RiskCases cases;

    CaseDecision(RiskCases cases) {
        this.cases = cases;
    }

    record Wanted(String caseId, Decision decision) {}

    @Override
    public String name() {
        return "risk_decision";
    }

    @Override
    public Class<Wanted> payload() {
        return Wanted.class;
    }

    @Override
    public String askPermission() {
        return RiskCases.DECIDE;
    }

    @Override
    public String decidePermission() {
        return RiskRules.APPROVE;
    }

    @Override
    public String subject(Wanted wanted) {
        return wanted.caseId();
    }

    @Override
    public List<Change> diff(Wanted wanted) {
        var one = cases.find(wanted.caseId());
        return List.of(
                new Change("status", one.status(), "closed"),
                new Change("decision", one.decision(), wanted.decision().text()),
                new Change("payment", one.paymentId(), one.paymentId()),
                new Change("amount", one.amount().toString(), one.amount().toString()));
    }

    @Override
    public void apply(Wanted wanted, Approval approval) {
        cases.approved(wanted, approval);
    }
}
