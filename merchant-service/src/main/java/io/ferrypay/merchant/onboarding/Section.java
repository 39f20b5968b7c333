package io.ferrypay.merchant.onboarding;

import java.time.Instant;

/**
 * A section as it is stored.
 *
 * @param version grows with each change, from 1
 */
public record Section(Item item, SectionData data, long version, Instant updatedAt) {

    @Override
    public String toString() {
        return "Section[" + item + ", " + version + "]";
    }
}
