package io.ferrypay.tradeadmin.staff;

import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.ApprovalKind;
import io.ferrypay.tradeadmin.approval.Change;
import io.ferrypay.tradeadmin.audit.Audit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** An account for somebody. A number that is known already is one more account of that person. */
@Component
class NewColleague implements ApprovalKind<NewColleague.Wanted> {

    private final StaffAccounts accounts;
    private final Audit audit;

    NewColleague(StaffAccounts accounts, Audit audit) {
        this.accounts = accounts;
        this.audit = audit;
    }

    /**
     * @param email in lower case
     * @param roles sorted
     */
    record Wanted(String employeeNumber, String name, String email, List<String> roles) {

        @Override
        public String toString() {
            return "Wanted[…]";
        }
    }

    @Override
    public String name() {
        return "new_colleague";
    }

    @Override
    public Class<Wanted> payload() {
        return Wanted.class;
    }

    @Override
    public String askPermission() {
        return Permission.STAFF_WRITE.text();
    }

    @Override
    public String decidePermission() {
        return Permission.STAFF_APPROVE.text();
    }

    @Override
    public String subject(Wanted wanted) {
        return "staff/" + wanted.email();
    }

    @Override
    public List<Change> diff(Wanted wanted) {
        var known = accounts.nameOf(wanted.employeeNumber()).orElse(null);
        return List.of(
                new Change(
                        "employee_number",
                        known == null ? null : wanted.employeeNumber(),
                        wanted.employeeNumber()),
                new Change("name", known, known == null ? wanted.name() : known),
                new Change("email", null, wanted.email()),
                new Change("roles", null, String.join(", ", wanted.roles())));
    }

    @Override
    public void apply(Wanted wanted, Approval approval) {
        if (accounts.isTaken(wanted.email())) {
            throw ApiException.of(StaffProblems.ACCOUNT_EXISTS);
        }
        var id =
                accounts.add(
                        wanted.employeeNumber(),
                        wanted.name(),
                        wanted.email(),
                        wanted.roles().stream()
                                .map(StaffRole::find)
                                .flatMap(Optional::stream)
                                .collect(Collectors.toSet()));
        var account = accounts.find(id).orElseThrow();
        if (approval.decisions().stream()
                .anyMatch(decision -> decision.personId().equals(account.personId()))) {
            throw ApiException.of(StaffProblems.OWN_ROLES);
        }
        audit.record(
                RoleChange.decider(approval),
                new Audit.Act("staff.added", id, null, Told.of(account), approval.reason()));
    }
}
