package io.ferrypay.sandbox.wechat.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A notification nobody has accepted yet. Its fields are guarded by itself. */
final class PendingNotice {

    final News news;

    private int attempts;
    private @Nullable Instant lastAttemptAt;
    private boolean sending;
    private @Nullable Future<?> alarm;

    PendingNotice(News news, int attempts, @Nullable Instant lastAttemptAt) {
        this.news = news;
        this.attempts = attempts;
        this.lastAttemptAt = lastAttemptAt;
    }

    String key() {
        return news.key();
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
        var wait = RetryTable.waitAfter(attempts, compression);
        if (wait == null) {
            return null;
        }
        var left = Duration.between(now, lastAttemptAt.plus(wait));
        return left.isNegative() ? Duration.ZERO : left;
    }

    synchronized boolean isExhausted() {
        return attempts > RetryTable.WAITS.size();
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

    /** What a restarted sandbox needs to know to go on. */
    record Progress(int attempts, @Nullable Instant lastAttemptAt, boolean accepted) {}
}
