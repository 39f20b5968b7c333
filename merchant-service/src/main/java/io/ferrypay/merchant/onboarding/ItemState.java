package io.ferrypay.merchant.onboarding;

import io.ferrypay.problem.FieldProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an item is.
 *
 * @param reason what a reviewer wants changed
 * @param documents how many there are of this kind
 * @param missing what is in the way of submitting
 */
public record ItemState(
        Item item,
        Progress progress,
        @Nullable String reason,
        int documents,
        List<FieldProblem> missing) {

    /** As people see it. */
    public enum Progress {
        NEEDED,
        OPTIONAL,
        READY,
        IN_REVIEW,
        /** A reviewer wants it changed, and it has not been. */
        FIX,
        ACCEPTED,
        /** The onboarding was rejected. */
        CLOSED
    }

    @Override
    public String toString() {
        return "ItemState[" + item + ", " + progress + "]";
    }
}
