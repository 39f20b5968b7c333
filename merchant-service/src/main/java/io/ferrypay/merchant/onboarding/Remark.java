package io.ferrypay.merchant.onboarding;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a reviewer wants changed about an item. */
public record Remark(
        Item item, String reason, String askedBy, Instant askedAt, @Nullable Instant resolvedAt) {

    @Override
    public String toString() {
        return "Remark[" + item + "]";
    }
}
