package io.ferrypay.tradeadmin.staff;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.Approvals;
import io.ferrypay.tradeadmin.audit.Audit;
import io.ferrypay.tradeadmin.audit.Who;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Who works here and what they may do. To give rights needs two people; to take them all, one. */
@Service
public class KeepStaff {

    private final StaffAccounts accounts;
    private final StaffLinks links;
    private final StaffSessions sessions;
    private final BreakGlass breakGlass;
    private final Approvals approvals;
    private final NewColleague newColleague;
    private final RoleChange roleChange;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    KeepStaff(
            StaffAccounts accounts,
            StaffLinks links,
            StaffSessions sessions,
            BreakGlass breakGlass,
            Approvals approvals,
            NewColleague newColleague,
            RoleChange roleChange,
            Audit audit,
            TransactionTemplate transactions,
            Clock clock) {
        this.accounts = accounts;
        this.links = links;
        this.sessions = sessions;
        this.breakGlass = breakGlass;
        this.approvals = approvals;
        this.newColleague = newColleague;
        this.roleChange = roleChange;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    public List<StaffAccount> all(StaffCaller caller) {
        caller.require(Permission.STAFF_READ.text());
        return accounts.all();
    }

    /** Asks for an account; another administrator approves it. */
    public Approval askForColleague(
            StaffCaller caller,
            String employeeNumber,
            String name,
            String email,
            Collection<StaffRole> roles,
            String reason) {
        if (accounts.isTaken(email)) {
            throw ApiException.of(StaffProblems.ACCOUNT_EXISTS);
        }
        return approvals.ask(
                caller,
                newColleague,
                new NewColleague.Wanted(
                        employeeNumber, name.strip(), StaffAccounts.keyOf(email), texts(roles)),
                reason);
    }

    /** Asks for other roles; another administrator approves it, who is not the one it is about. */
    public Approval askForRoles(
            StaffCaller caller, String account, Collection<StaffRole> roles, String reason) {
        return approvals.ask(
                caller, roleChange, new RoleChange.Wanted(account, texts(roles)), reason);
    }

    private static List<String> texts(Collection<StaffRole> roles) {
        return roles.stream().map(StaffRole::text).distinct().sorted().toList();
    }

    /**
     * The link by which somebody whose account was approved comes in, shown once, good for three
     * days; an earlier one is void. Refuses with 409 {@code account_status_conflict} who is in, and
     * with 403 {@code forbidden_scope} who has the right by broken glass alone.
     */
    public String link(StaffCaller caller, String id) {
        caller.require(Permission.STAFF_WRITE.text());
        caller.requireStepUp(clock.instant());
        return Objects.requireNonNull(
                transactions.execute(_ -> {
                    accounts.requireByRole(caller, Permission.STAFF_WRITE);
                    var account = locked(id);
                    if (!account.status().equals(StaffAccount.INVITED)) {
                        throw ApiException.of(StaffProblems.ACCOUNT_STATUS);
                    }
                    audit.record(Who.staff(caller), Audit.Act.of("staff.link_shown", id));
                    return links.issue(id);
                }));
    }

    /**
     * Works at once, and ends every session; needs nobody else, for it gives nobody anything. The
     * last administrator stays: with one left, whoever runs the platform lets in a second one.
     */
    public StaffAccount disable(StaffCaller caller, String id, String reason) {
        caller.require(Permission.STAFF_WRITE.text());
        caller.requireStepUp(clock.instant());
        var disabled =
                Objects.requireNonNull(
                        transactions.execute(_ -> {
                            accounts.lockAdministrators();
                            var before = locked(id);
                            if (before.status().equals(StaffAccount.DISABLED)) {
                                throw ApiException.of(StaffProblems.ACCOUNT_STATUS);
                            }
                            accounts.setStatus(id, StaffAccount.DISABLED);
                            breakGlass.endOf(id, Who.staff(caller));
                            if (before.roles().contains(StaffRole.ADMINISTRATOR)
                                    && accounts.activeAdministrators() < 1) {
                                throw ApiException.of(StaffProblems.LAST_ADMINISTRATORS);
                            }
                            var after = accounts.find(id).orElseThrow();
                            audit.record(
                                    Who.staff(caller),
                                    new Audit.Act(
                                            "staff.disabled",
                                            id,
                                            Told.of(before),
                                            Told.of(after),
                                            reason));
                            return after;
                        }));
        sessions.endAllOf(id, null);
        return disabled;
    }

    private StaffAccount locked(String id) {
        return accounts.lock(id).orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }
}
