package io.ferrypay.merchant.onboarding;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did with an onboarding.
 *
 * @param name {@code submitted}, {@code taken}, {@code released}, {@code changes_requested}, {@code
 *     screening_changed}, {@code approved_first}, {@code approved} or {@code rejected}
 * @param who a person of the merchant ({@code usr_…}) or a reviewer
 */
public record Step(long version, String name, String who, @Nullable String reason, Instant at) {

    @Override
    public String toString() {
        return "Step[" + version + ", " + name + "]";
    }
}
