package io.ferrypay.local;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Tells a person what is being done and how long it took, one line a step, on standard error so
 * that standard output stays for results.
 */
public final class Progress {

    private final PrintStream out;
    private final long startedNanos = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    public void step(String what, Runnable work) {
        var begun = System.nanoTime();
        out.printf("%7s  %s ...%n", elapsed(), what);
        work.run();
        out.printf(
                "%7s  %s: done in %s%n",
                elapsed(), what, seconds(Duration.ofNanos(System.nanoTime() - begun)));
    }

    public void say(String line) {
        out.printf("%7s  %s%n", elapsed(), line);
    }

    private String elapsed() {
        return seconds(Duration.ofNanos(System.nanoTime() - startedNanos));
    }

    static String seconds(Duration duration) {
        return String.format("%.1f s", duration.toMillis() / 1000.0);
    }
}
