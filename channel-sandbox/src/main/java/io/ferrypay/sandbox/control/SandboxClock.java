package io.ferrypay.sandbox.control;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/**
 * The sandbox's idea of time, which tests may move.
 *
 * <p>Three things move apart: the business time (when orders run out, what a payment's time is),
 * the time on the wire (signature timestamps, so that a moved calendar does not make every
 * signature stale), and how much faster than written the waiting times between notifications pass.
 */
@Component
public class SandboxClock extends Clock {

    /** The settings, replaced as one. */
    private record Setting(Duration offset, Duration wireSkew, int compression) {}

    private static final Setting TRUE_TIME = new Setting(Duration.ZERO, Duration.ZERO, 1);

    private final Clock real = Clock.systemUTC();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Setting setting = TRUE_TIME;

    /** Business time. */
    @Override
    public Instant instant() {
        return real.instant().plus(setting.offset());
    }

    /** The time signatures carry and are judged by. */
    public Instant wireTime() {
        return real.instant().plus(setting.wireSkew());
    }

    public Duration offset() {
        return setting.offset();
    }

    public Duration wireSkew() {
        return setting.wireSkew();
    }

    /** How many times faster than written the retry waiting times pass; at least 1. */
    public int compression() {
        return setting.compression();
    }

    void set(Duration offset, Duration wireSkew, int compression) {
        setting = new Setting(offset, wireSkew, compression);
        listeners.forEach(Runnable::run);
    }

    void showTrueTime() {
        set(Duration.ZERO, Duration.ZERO, 1);
    }

    /** Has something run after every change of the clock. */
    public void whenChanged(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Sandbox time has one zone: the protocols say theirs where they need one. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
