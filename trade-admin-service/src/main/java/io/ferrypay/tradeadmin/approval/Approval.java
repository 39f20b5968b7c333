package io.ferrypay.tradeadmin.approval;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that another person than its maker decides.
 *
 * @param id {@code apr_…}
 * @param kind the name of its {@link ApprovalKind}
 * @param subject what it is about, such as {@code staff/sta_…}
 * @param diff what people are shown
 * @param version grows with everything that happens to it; whoever decides names what they saw
 * @param decisions so far, the first one first
 */
public record Approval(
        String id,
        String kind,
        String subject,
        List<Change> diff,
        String reason,
        Maker maker,
        int approversNeeded,
        ApprovalStatus status,
        long version,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant closedAt,
        List<Decision> decisions) {

    public Approval {
        diff = List.copyOf(diff);
        decisions = List.copyOf(decisions);
    }

    /**
     * @param personId who decided
     * @param reason needed for a rejection
     */
    public record Decision(
            String accountId,
            String personId,
            boolean approves,
            @Nullable String reason,
            Instant decidedAt) {}

    public int approvals() {
        return Math.toIntExact(decisions.stream().filter(Decision::approves).count());
    }

    @Override
    public String toString() {
        return "Approval[" + id + " " + kind + " " + status + "]";
    }
}
