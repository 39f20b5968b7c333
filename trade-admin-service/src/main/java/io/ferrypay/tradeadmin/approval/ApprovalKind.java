package io.ferrypay.tradeadmin.approval;

import java.time.Duration;
import java.util.List;

/**
 * One kind of request. A capability registers its own by a Spring bean; asking, deciding, expiry
 * and the rules about people are the same for all.
 *
 * <p>Payload and diff are kept for good and shown to people: neither may hold a secret. A field
 * whose name sounds like one is refused when somebody asks.
 *
 * @param <P> what is asked for, a record that JSON can hold
 */
public interface ApprovalKind<P> {

    /** Stable, in lower case with underscores, such as {@code role_change}. */
    String name();

    Class<P> payload();

    /** The permission that somebody of our staff needs to ask, such as {@code staff:write}. */
    String askPermission();

    /** The permission that is needed to decide. */
    String decidePermission();

    /** What it is about. A second request about the same is refused while one is open. */
    String subject(P payload);

    /**
     * What it is now and what it would be. It is read when somebody asks, and again before the last
     * approval: where it says something else then, what the checkers saw is not true any more, and
     * the approval is refused with 409 {@code approval_outdated}. So it may hold nothing that moves
     * by itself, such as a balance.
     */
    List<Change> diff(P payload);

    /**
     * Keeps what it is about as it is until the transaction ends: called before the last approval
     * reads {@link #diff} again, so that nothing changes between that and {@link #apply}. Needed
     * where something else changes the same without asking, such as in an emergency. It is called
     * before a refusal, too; what {@link #apply} and {@link #closed} lock is locked here, because
     * the audit is locked from then on.
     */
    default void lock(P payload) {}

    /** How many people must approve, from 1 to 5. */
    default int approvers(P payload) {
        return 1;
    }

    /** How long there is to decide. */
    default Duration life() {
        return Duration.ofDays(7);
    }

    /** Whether this one is small enough to be approved together with others of its kind. */
    default boolean inBulk(P payload) {
        return false;
    }

    /**
     * Does what was asked for, in the transaction of the last approval. It may refuse by an {@link
     * io.ferrypay.problem.ApiException}: then that approval did not happen. No other service is
     * asked here; what must happen elsewhere is told by an event.
     */
    void apply(P payload, Approval approval);

    /**
     * It was rejected or withdrawn, or expired: gives back what was set aside for it, in the same
     * transaction. Must not refuse.
     */
    default void closed(P payload, Approval approval) {}

    /**
     * As {@link #closed} for a request whose payload can't be read any more: {@link
     * Approval#subject()} says what it was about.
     */
    default void closedUnread(Approval approval) {}
}
