package io.ferrypay.problem;

import java.time.Duration;

/** The value of the header: whole seconds, never zero. */
final class RetryAfter {

    private RetryAfter() {}

    static String seconds(Duration wait) {
        return String.valueOf(Math.max(1, (wait.toMillis() + 999) / 1000));
    }
}
