package io.ferrypay.tradeadmin.staff;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.ApprovalKind;
import io.ferrypay.tradeadmin.approval.Change;
import io.ferrypay.tradeadmin.audit.Audit;
import io.ferrypay.tradeadmin.audit.Who;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Other roles for somebody; an account that was switched off is switched on by it. */
@Component
class RoleChange implements ApprovalKind<RoleChange.Wanted> {

    private final StaffAccounts accounts;
    private final BreakGlass breakGlass;
    private final Audit audit;

    RoleChange(StaffAccounts accounts, BreakGlass breakGlass, Audit audit) {
        this.accounts = accounts;
        this.breakGlass = breakGlass;
        this.audit = audit;
    }

    /**
     * @param roles all of them, sorted
     */
    record Wanted(String account, List<String> roles) {}

    @Override
    public String name() {
        return "role_change";
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
        return wanted.account();
    }

    @Override
    public List<Change> diff(Wanted wanted) {
        var account = account(wanted);
        return List.of(
                new Change("person", account.name(), account.name()),
                new Change("roles", text(account.roles()), String.join(", ", wanted.roles())),
                new Change("status", account.status(), statusAfter(account)));
    }

    private static String statusAfter(StaffAccount account) {
        return account.status().equals(StaffAccount.DISABLED)
                ? account.passwordHash() == null ? StaffAccount.INVITED : StaffAccount.ACTIVE
                : account.status();
    }

    static String text(Collection<StaffRole> roles) {
        return roles.stream().map(StaffRole::text).sorted().collect(Collectors.joining(", "));
    }

    @Override
    public void lock(Wanted wanted) {
        accounts.lockAdministrators();
        accounts.lock(wanted.account());
    }

    /** What was approved is what there is: it was read again after {@link #lock}. */
    @Override
    public void apply(Wanted wanted, Approval approval) {
        var before = account(wanted);
        if (approval.decisions().stream()
                .anyMatch(decision -> decision.personId().equals(before.personId()))) {
            throw ApiException.of(StaffProblems.OWN_ROLES);
        }
        var roles =
                wanted.roles().stream()
                        .map(StaffRole::find)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet());
        accounts.setRoles(before.id(), roles);
        accounts.setStatus(before.id(), statusAfter(before));
        breakGlass.endOf(before.id(), decider(approval));
        if (before.roles().contains(StaffRole.ADMINISTRATOR)
                && accounts.activeAdministrators() < FirstPeople.NEEDED) {
            throw ApiException.of(StaffProblems.LAST_ADMINISTRATORS);
        }
        var after = accounts.find(before.id()).orElseThrow();
        audit.record(
                decider(approval),
                new Audit.Act(
                        "staff.roles_changed",
                        before.id(),
                        Told.of(before),
                        Told.of(after),
                        approval.reason()));
    }

    /** Whose approval was the last that was needed. */
    static Who decider(Approval approval) {
        var last = approval.decisions().getLast();
        return new Who(last.personId(), last.accountId(), null, null);
    }

    private StaffAccount account(Wanted wanted) {
        return accounts.find(wanted.account())
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }
}
