package io.ferrypay.sandbox.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Something that nobody has accepted yet. Its fields are guarded by itself. */
final class Pending<N> {

    final N news;

    private final Waits waits;
    private int attempts;
    private @Nullable Instant lastAttemptAt;
    private boolean sending;
    private @Nullable Future<?> alarm;

    Pending(N news, Waits waits, Progress progress) {
        this.news = news;
        this.waits = waits;
        this.attempts = progress.attempts();
        this.lastAttemptAt = progress.lastAttemptAt();
    }

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
    synchronized void end(Instant now) {
        lastAttemptAt = now;
        sending = false;
    }

    /** How long until the next attempt; null when one is under way or there is none. */
    synchronized @Nullable Duration untilNext(Instant now, int compression) {
        if (sending) {
            return null;
        }
        if (lastAttemptAt == null) {
            return Duration.ZERO;
        }
        var wait = waits.after(attempts, compression);
        if (wait == null) {
            return null;
        }
        var left = Duration.between(now, lastAttemptAt.plus(wait));
        return left.isNegative() ? Duration.ZERO : left;
    }

    synchronized boolean isExhausted() {
        return attempts > waits.table().size();
    }

    synchronized void alarm(@Nullable Future<?> next) {
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarm = next;
    }

    synchronized Progress progress(boolean accepted) {
        return new Progress(attempts, lastAttemptAt, accepted);
    }
}
