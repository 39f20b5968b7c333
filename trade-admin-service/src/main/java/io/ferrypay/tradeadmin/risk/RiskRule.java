package io.ferrypay.tradeadmin.risk;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One version of what we say of payments. It stays as it was written.
 *
 * @param id {@code rsk_…}
 * @param merchantId whose payments it is for; null for everybody's
 * @param priority the lowest is asked first
 * @param effectiveFrom it fits no payment before that
 * @param enabled false takes the rule out of force
 * @param writtenBy the person, {@code per_…}
 */
public record RiskRule(
        String id,
        int version,
        String name,
        @Nullable String merchantId,
        Action action,
        int priority,
        Instant effectiveFrom,
        JsonNode condition,
        boolean enabled,
        String writtenBy,
        Instant writtenAt) {

    /** What is done with a payment that the rule fits. */
    public enum Action {
        /** Let it through, whatever later rules say. */
        ALLOW,
        /** Let it through, and open a case. */
        ALERT,
        /** Take the money, open a case, and let somebody decide. */
        HOLD,
        /** Make no payment. */
        DENY;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Action ofText(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }
}
