package io.ferrypay.paymentchannel.payment;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets a request wait until a payment changes: told at once by commits in this process, and within
 * half a second by those of other instances, with one query for all who wait. Waiting holds no
 * connection.
 */
@Component
public class PaymentChanges implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PaymentChanges.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration CROWDED = Duration.ofSeconds(1);
    private static final int MOST_WATCHERS = 4_000;

    private final JdbcClient jdbc;
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(MOST_WATCHERS);
    private volatile boolean running;
    private volatile Thread looker = Thread.currentThread();

    PaymentChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A place among those who watch the payment, until it is closed. Whoever has one can wait any
     * number of times and is never sent away in between.
     *
     * @param seen the payment's version that is known
     * @return empty when too many watch already
     */
    public Optional<Watching> watch(String paymentId, long seen) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        return Optional.of(
                new Watching(
                        paymentId,
                        watches.compute(
                                paymentId,
                                (_, present) ->
                                        (present == null ? new Watch(seen) : present).join())));
    }

    /**
     * Waits until the payment's version is above {@code seen}, and at the latest until {@code
     * patience} is over; not as long when too many wait already.
     *
     * @return whether it may have changed; false only when it is known that it has not
     */
    public boolean awaitOnce(String paymentId, long seen, Duration patience)
            throws InterruptedException {
        var place = watch(paymentId, seen).orElse(null);
        if (place == null) {
            // An answer at once would only be asked for again at once.
            Thread.sleep(patience.compareTo(CROWDED) < 0 ? patience : CROWDED);
            return true;
        }
        try (place) {
            return place.await(seen, patience) > seen;
        }
    }

    /** How many requests wait now. */
    public int waiting() {
        return MOST_WATCHERS - places.availablePermits();
    }

    /** To be called in the transaction that makes the change. */
    void afterCommit(String paymentId, long version) {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        changed(paymentId, version);
                    }
                });
    }

    private void changed(String paymentId, long version) {
        var watch = watches.get(paymentId);
        if (watch != null) {
            watch.reached(version);
        }
    }

    private void look() {
        while (running) {
            try {
                Thread.sleep(LOOK_EVERY);
                if (!watches.isEmpty()) {
                    var ids = watches.keySet().toArray(String[]::new);
                    jdbc.sql("select id, version from payment where id = any (?)")
                            .param(ids)
                            .query((row, _) -> {
                                changed(row.getString(1), row.getLong(2));
                                return row.getLong(2);
                            })
                            .list();
                }
            } catch (InterruptedException _) {
                return;
            } catch (DataAccessException e) {
                log.warn("Cannot look for changed payments: {}", e.getClass().getSimpleName());
            }
        }
    }

    @Override
    public void start() {
        running = true;
        looker = Thread.ofVirtual().name("payment-changes").start(this::look);
    }

    /** Sends everybody home, so that a shutdown does not wait for those who wait. */
    @Override
    public void stop() {
        running = false;
        looker.interrupt();
        watches.values().forEach(Watch::wake);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** A place among those who watch one payment. */
    public final class Watching implements AutoCloseable {
        private final String paymentId;
        private final Watch watch;
        private final AtomicBoolean left = new AtomicBoolean();

        private Watching(String paymentId, Watch watch) {
            this.paymentId = paymentId;
            this.watch = watch;
        }

        /**
         * Returns as soon as the payment's version is above {@code seen}, and at the latest after
         * {@code patience}; earlier only when the service is stopping.
         *
         * @return the newest version known; {@code seen} if there is none above it. The next wait
         *     has to begin from there, or it would return at once.
         */
        public long await(long seen, Duration patience) throws InterruptedException {
            return watch.await(seen, patience);
        }

        @Override
        public void close() {
            if (left.compareAndSet(false, true)) {
                watches.computeIfPresent(
                        paymentId, (_, present) -> present.leave() ? null : present);
                places.release();
            }
        }
    }

    private final class Watch {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition moved = lock.newCondition();
        private long version;
        private int waiting;

        Watch(long version) {
            this.version = version;
        }

        /** Only inside the map's own lock on this entry, as is {@link #leave()}. */
        Watch join() {
            waiting++;
            return this;
        }

        boolean leave() {
            waiting--;
            return waiting == 0;
        }

        void reached(long reached) {
            lock.lock();
            try {
                if (reached > version) {
                    version = reached;
                    moved.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        void wake() {
            lock.lock();
            try {
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }

        long await(long seen, Duration patience) throws InterruptedException {
            lock.lock();
            try {
                var left = TimeUnit.NANOSECONDS.convert(patience);
                while (version <= seen && running && left > 0) {
                    left = moved.awaitNanos(left);
                }
                return Math.max(version, seen);
            } finally {
                lock.unlock();
            }
        }
    }
}
