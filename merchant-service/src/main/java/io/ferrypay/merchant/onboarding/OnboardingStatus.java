package io.ferrypay.merchant.onboarding;

import java.util.Locale;

/** Where an onboarding stands. */
public enum OnboardingStatus {
    /** Being filled in. */
    DRAFT,
    /** Waits for a reviewer. */
    SUBMITTED,
    /** A reviewer has it. */
    IN_REVIEW,
    /** Back at the merchant, with remarks. */
    NEEDS_CHANGES,
    /** The merchant is active. */
    APPROVED,
    /** For good. */
    REJECTED;

    /** Whether the merchant's people may change it. */
    public boolean isEditable() {
        return this == DRAFT || this == NEEDS_CHANGES;
    }

    boolean canBecome(OnboardingStatus next) {
        return switch (this) {
            case DRAFT, NEEDS_CHANGES -> next == SUBMITTED;
            case SUBMITTED -> next == IN_REVIEW;
            case IN_REVIEW ->
                    next == SUBMITTED
                            || next == NEEDS_CHANGES
                            || next == APPROVED
                            || next == REJECTED;
            case APPROVED, REJECTED -> false;
        };
    }

    /** As it stands in tables and on the wire. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static OnboardingStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
