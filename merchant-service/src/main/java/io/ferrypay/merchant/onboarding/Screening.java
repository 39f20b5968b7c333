package io.ferrypay.merchant.onboarding;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the list of sanctions said about an onboarding at one time.
 *
 * @param listSha256 of the list that was asked; null when none was
 */
public record Screening(Outcome outcome, @Nullable String listSha256, List<Hit> hits, Instant at) {

    /** What it came to. */
    public enum Outcome {
        CLEAR,
        HITS,
        /** There is no list. */
        NOT_CONFIGURED,
        /** The list could not be read; asked again before anybody approves. */
        FAILED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether two people have to approve. */
    boolean isRisky() {
        return outcome == Outcome.HITS || outcome == Outcome.NOT_CONFIGURED;
    }

    /**
     * Whether it says something that a reviewer of the other one has not seen; of a hit, too, that
     * had another name or birth date.
     */
    boolean hasMoreThan(Screening before) {
        return hits.stream().anyMatch(hit -> !before.hits.contains(hit));
    }

    @Override
    public String toString() {
        return "Screening[" + outcome + "]";
    }
}
