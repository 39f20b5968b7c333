package io.ferrypay.tradeadmin.audit;

import io.ferrypay.tradeadmin.chain.ChainHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One link of the audit's chain.
 *
 * @param eventId the event that told of it, where it happened in another service
 * @param service where it happened
 * @param action what was done, such as {@code approval.approved} or {@code audit.exported}
 * @param subject what it was done to
 * @param before what was, as JSON
 * @param after what is, as JSON
 */
public record AuditEntry(
        long sequence,
        Instant at,
        @Nullable String eventId,
        String service,
        Who who,
        String action,
        String subject,
        @Nullable String before,
        @Nullable String after,
        @Nullable String reason) {

    /** The form is permanent. */
    byte[] hashAfter(byte[] previous) {
        return ChainHash.after(previous)
                .number(sequence)
                .time(at)
                .longText(eventId)
                .longText(service)
                .longText(who.name())
                .longText(who.accountId())
                .longText(who.sessionId())
                .longText(who.address())
                .longText(action)
                .longText(subject)
                .longText(before)
                .longText(after)
                .longText(reason)
                .sha256();
    }

    @Override
    public String toString() {
        return "AuditEntry[" + sequence + " " + action + " " + subject + "]";
    }
}
