package io.ferrypay.events;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A virtual thread that is interrupted only while it waits, never in the middle of a transaction.
 */
final class Loop {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** What the thread does until {@link #goesOn} says no. */
    interface Work {
        void run(Loop me) throws InterruptedException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopped = lock.newCondition();
    private final Thread thread;
    private boolean stopping;
    private boolean waiting;

    private Loop(String name, Work work) {
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(work));
    }

    static Loop start(String name, Work work) {
        var started = new Loop(name, work);
        started.thread.start();
        return started;
    }

    boolean goesOn() {
        lock.lock();
        try {
            return !stopping;
        } finally {
            lock.unlock();
        }
    }

    void sleep(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            var left = pause.toNanos();
            while (!stopping && left > 0) {
                left = stopped.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    <T> T interruptibly(Callable<T> wait) throws InterruptedException {
        waits(true);
        try {
            return wait.call();
        } catch (RuntimeException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            waits(false);
        }
    }

    /**
     * Returns when the thread has ended; one that does not within 15 seconds is interrupted where
     * it is.
     */
    void stop() {
        lock.lock();
        try {
            stopping = true;
            stopped.signalAll();
            if (waiting) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
        try {
            if (!thread.join(PATIENCE)) {
                log.warn("{} did not end in {}", thread.getName(), PATIENCE);
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void waits(boolean now) throws InterruptedException {
        lock.lock();
        try {
            waiting = now;
            if (!now) {
                Thread.interrupted(); // Whoever interrupted the wait has also set `stopping`.
            } else if (stopping) {
                throw new InterruptedException("stopping");
            }
        } finally {
            lock.unlock();
        }
    }

    private void run(Work work) {
        try {
            work.run(this);
        } catch (InterruptedException e) {
            log.debug("{} was told to stop", thread.getName());
        }
    }
}
