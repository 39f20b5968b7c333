package io.ferrypay.tradeadmin.staff;

import io.ferrypay.problem.ProblemCode;

/** What can be wrong about people and their roles. */
public final class StaffProblems {

    static final ProblemCode ACCOUNT_EXISTS =
            ProblemCode.of("account_exists", 409, "There is an account with this address");
    static final ProblemCode LAST_ADMINISTRATORS =
            ProblemCode.of("last_administrators", 409, "There would be too few administrators");
    static final ProblemCode OWN_ROLES =
            ProblemCode.of("own_roles", 403, "Nobody decides on their own roles");
    static final ProblemCode ACCOUNT_STATUS =
            ProblemCode.of("account_status_conflict", 409, "The account is not in this state");
    static final ProblemCode BREAK_GLASS_OPEN =
            ProblemCode.of("break_glass_open", 409, "You have all rights already");

    private StaffProblems() {}
}
