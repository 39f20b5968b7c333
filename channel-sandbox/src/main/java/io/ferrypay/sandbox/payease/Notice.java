package io.ferrypay.sandbox.payease;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A notification about one or several orders of one charset. Its fields are guarded by itself. */
final class Notice {

    /** How long it waits after each attempt; how the real one does is not public. */
    static final List<Duration> WAITS =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(3),
                    Duration.ofHours(6),
                    Duration.ofHours(12),
                    Duration.ofHours(24));

    final String id;
    final List<Ending> endings;

    private int attempts;
    private @Nullable Instant lastAttemptAt;
    private boolean sending;
    private boolean accepted;
    private @Nullable Future<?> alarm;

    Notice(String id, List<Ending> endings) {
        this.id = id;
        this.endings = List.copyOf(endings);
    }

    static Notice of(Kept kept) {
        var notice = new Notice(kept.id(), kept.endings());
        notice.attempts = kept.attempts();
        notice.lastAttemptAt = kept.lastAttemptAt();
        notice.accepted = kept.accepted();
        return notice;
    }

    /**
     * How one order ended, or failed for now.
     *
     * @param status {@code v_pstatus} of a notification: 1 paid, 3 refused
     */
    record Ending(
            String oid,
            String number,
            String bankName,
            String status,
            String words,
            long fen,
            boolean gbk) {

        static Ending of(Order order) {
            return new Ending(
                    order.oid(),
                    order.number(),
                    order.bankName(),
                    order.state() == Order.State.PAID ? "1" : "3",
                    order.words(),
                    order.fen(),
                    order.gbk());
        }
    }

    /** What a restarted sandbox needs to know to go on. */
    record Kept(
            String id,
            List<Ending> endings,
            int attempts,
            @Nullable Instant lastAttemptAt,
            boolean accepted) {}

    /** Begins an attempt and gives its number, counted from 1; 0 when it is not time for one. */
    synchronized int begin(Instant now, int compression) {
        var left = untilNext(now, compression);
        if (left == null || !left.isZero()) {
            return 0;
        }
        sending = true;
        attempts++;
        return attempts;
    }

    /** Ends the attempt; the wait for the next one starts here. */
    synchronized void end(Instant now, boolean success) {
        lastAttemptAt = now;
        sending = false;
        accepted |= success;
    }

    /** How long until the next attempt; null when one is under way or there is none. */
    synchronized @Nullable Duration untilNext(Instant now, int compression) {
        if (sending || accepted || isExhausted()) {
            return null;
        }
        if (lastAttemptAt == null) {
            return Duration.ZERO;
        }
        var wait = WAITS.get(attempts - 1).dividedBy(compression);
        var left = Duration.between(now, lastAttemptAt.plus(wait));
        return left.isNegative() ? Duration.ZERO : left;
    }

    synchronized boolean isExhausted() {
        return attempts > WAITS.size();
    }

    synchronized boolean isAccepted() {
        return accepted;
    }

    synchronized void alarm(@Nullable Future<?> next) {
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarm = next;
    }

    synchronized Kept kept() {
        return new Kept(id, endings, attempts, lastAttemptAt, accepted);
    }
}
