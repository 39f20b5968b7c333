package io.ferrypay.merchant.onboarding;

import io.ferrypay.problem.ApiException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One merchant's way from draft to live mode. Its verbs return the next state through one door;
 * {@link Onboardings} stores it only where the state before is still the stored one.
 *
 * @param version grows with every change in it, its sections and documents; 0 before the first
 * @param highRisk whether two people have to approve it: the screening found something, or could
 *     not look
 * @param submittedBy the person, {@code usr_…}
 * @param reviewer who has it in review, in the words of the service that asks
 * @param approvedBy who approved it, or approved it first
 * @param checkedBy who approved it after that, if it is of high risk
 * @param rejection why it was rejected
 */
public record Onboarding(
        String id,
        String merchantId,
        OnboardingStatus status,
        long version,
        boolean highRisk,
        @Nullable String submittedBy,
        @Nullable String reviewer,
        @Nullable String approvedBy,
        @Nullable String checkedBy,
        @Nullable String rejection,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant submittedAt,
        @Nullable Instant decidedAt) {

    static Onboarding blank(String id, String merchantId, Instant now) {
        return new Onboarding(
                id,
                merchantId,
                OnboardingStatus.DRAFT,
                0,
                false,
                null,
                null,
                null,
                null,
                null,
                now,
                now,
                null,
                null);
    }

    Onboarding submit(String userId, boolean risky, Instant now) {
        return become(OnboardingStatus.SUBMITTED)
                .with(highRisk || risky, null, null, null, null)
                .submitted(userId, now);
    }

    Onboarding take(String by) {
        return become(OnboardingStatus.IN_REVIEW).with(highRisk, by, null, null, null);
    }

    /** Back to those that wait. */
    Onboarding release() {
        return become(OnboardingStatus.SUBMITTED).with(highRisk, null, null, null, null);
    }

    Onboarding askForChanges() {
        return become(OnboardingStatus.NEEDS_CHANGES).with(highRisk, reviewer, null, null, null);
    }

    Onboarding reject(String why, Instant now) {
        return become(OnboardingStatus.REJECTED)
                .with(highRisk, reviewer, approvedBy, checkedBy, why)
                .decided(now);
    }

    /** Of high risk from now on; approvals of before don't count. */
    Onboarding foundRisky() {
        return with(true, reviewer, null, null, null);
    }

    /** The first of two. */
    Onboarding approveFirst(String by) {
        return with(highRisk, reviewer, by, null, null);
    }

    Onboarding approve(String by, Instant now) {
        return become(OnboardingStatus.APPROVED)
                .with(highRisk, reviewer, highRisk ? approvedBy : by, highRisk ? by : null, null)
                .decided(now);
    }

    private Onboarding become(OnboardingStatus next) {
        if (!status.canBecome(next)) {
            throw ApiException.of(
                    OnboardingProblems.WRONG_STATUS,
                    problem -> problem.with("status", status.text()));
        }
        return new Onboarding(
                id,
                merchantId,
                next,
                version,
                highRisk,
                submittedBy,
                reviewer,
                approvedBy,
                checkedBy,
                rejection,
                createdAt,
                updatedAt,
                submittedAt,
                decidedAt);
    }

    private Onboarding with(
            boolean risky,
            @Nullable String reviewing,
            @Nullable String approving,
            @Nullable String checking,
            @Nullable String why) {
        return new Onboarding(
                id,
                merchantId,
                status,
                version,
                risky,
                submittedBy,
                reviewing,
                approving,
                checking,
                why,
                createdAt,
                updatedAt,
                submittedAt,
                decidedAt);
    }

    private Onboarding submitted(String userId, Instant now) {
        return new Onboarding(
                id,
                merchantId,
                status,
                version,
                highRisk,
                userId,
                reviewer,
                approvedBy,
                checkedBy,
                rejection,
                createdAt,
                updatedAt,
                now,
                decidedAt);
    }

    private Onboarding decided(Instant now) {
        return new Onboarding(
                id,
                merchantId,
                status,
                version,
                highRisk,
                submittedBy,
                reviewer,
                approvedBy,
                checkedBy,
                rejection,
                createdAt,
                updatedAt,
                submittedAt,
                now);
    }

    @Override
    public String toString() {
        return "Onboarding[" + id + ", " + status + ", " + version + "]";
    }
}
