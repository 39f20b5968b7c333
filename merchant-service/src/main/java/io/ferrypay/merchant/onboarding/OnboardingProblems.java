package io.ferrypay.merchant.onboarding;

import io.ferrypay.problem.ProblemCode;

/** What can be wrong about an onboarding. */
final class OnboardingProblems {

    static final ProblemCode NO_ONBOARDING =
            ProblemCode.of("no_onboarding", 404, "This merchant needs no onboarding");
    static final ProblemCode NOT_EDITABLE =
            ProblemCode.of("onboarding_not_editable", 409, "It can't be changed at this stage");
    static final ProblemCode SECTION_CHANGED =
            ProblemCode.of("section_changed", 409, "Somebody else changed this section");
    static final ProblemCode CHANGED =
            ProblemCode.of("onboarding_changed", 409, "It was changed since you read it");
    static final ProblemCode INCOMPLETE =
            ProblemCode.of("onboarding_incomplete", 422, "Something is still missing");
    static final ProblemCode WRONG_STATUS =
            ProblemCode.of("onboarding_status_conflict", 409, "This can't be done at this stage");
    static final ProblemCode TAKEN_BY_ANOTHER =
            ProblemCode.of("taken_by_another", 409, "Another reviewer has it");
    static final ProblemCode SECOND_REVIEWER_NEEDED =
            ProblemCode.of("second_reviewer_needed", 409, "Somebody else has to approve this, too");
    static final ProblemCode SCREENING_CHANGED =
            ProblemCode.of("screening_changed", 409, "The screening found something new");
    static final ProblemCode SCREENING_UNAVAILABLE =
            ProblemCode.temporary(
                    "screening_unavailable", 503, "The list of sanctions can't be read");

    private OnboardingProblems() {}
}
