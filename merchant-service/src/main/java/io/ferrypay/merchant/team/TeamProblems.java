package io.ferrypay.merchant.team;

import io.ferrypay.problem.ProblemCode;

/** What can be wrong about a team. */
final class TeamProblems {

    static final ProblemCode OWNER_ONLY =
            ProblemCode.of("owner_only", 403, "Only an owner decides about owners");
    static final ProblemCode LAST_OWNER =
            ProblemCode.of("last_owner", 409, "A merchant keeps at least one owner");
    static final ProblemCode ALREADY_A_MEMBER =
            ProblemCode.of("already_a_member", 409, "This person is on the team already");
    static final ProblemCode TOO_MANY_INVITATIONS =
            ProblemCode.of("too_many_invitations", 409, "Too many invitations are open");

    static final ProblemCode SECOND_FACTOR_FIRST =
            ProblemCode.of(
                    "second_factor_first",
                    409,
                    "Set up a second factor of your own before you ask for everybody's");

    private TeamProblems() {}
}
