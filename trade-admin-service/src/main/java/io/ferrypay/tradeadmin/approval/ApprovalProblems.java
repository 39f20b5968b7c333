package io.ferrypay.tradeadmin.approval;

import io.ferrypay.problem.ProblemCode;

/** Why a request is not taken, or not decided. */
final class ApprovalProblems {

    static final ProblemCode ALREADY_ASKED =
            ProblemCode.of("approval_pending", 409, "This is waiting for an approval already");
    static final ProblemCode CHANGED =
            ProblemCode.of("approval_changed", 409, "This is not the request that you saw");
    static final ProblemCode DECIDED =
            ProblemCode.of("approval_closed", 409, "This request is closed");
    static final ProblemCode EXPIRED =
            ProblemCode.of("approval_expired", 409, "The time to decide is over");
    static final ProblemCode OUTDATED =
            ProblemCode.of(
                    "approval_outdated", 409, "What it is about has changed since it was asked");
    static final ProblemCode OWN_REQUEST =
            ProblemCode.of("own_request", 403, "Nobody decides on their own request");
    static final ProblemCode NOT_THE_MAKER =
            ProblemCode.of("not_the_maker", 403, "Only the one who asked may withdraw this");
    static final ProblemCode ALREADY_APPROVED =
            ProblemCode.of("already_approved", 409, "You have approved this; it needs another");
    static final ProblemCode NOT_IN_BULK =
            ProblemCode.of("not_in_bulk", 409, "This one has to be decided by itself");

    private ApprovalProblems() {}
}
