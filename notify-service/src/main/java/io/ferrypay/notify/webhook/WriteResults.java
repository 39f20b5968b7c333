package io.ferrypay.notify.webhook;

import io.ferrypay.notify.webhook.Deliveries.Tried;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Writes what came of tries, in batches, for as long as it takes: the receivers have been told, and
 * the alternative is to tell them again. While the database takes nothing the queue fills up, who
 * hands in a result waits, and so no more webhooks are begun.
 */
final class WriteResults {

    private static final Logger log = LoggerFactory.getLogger(WriteResults.class);
    private static final Duration LOOK_FOR_THE_END = Duration.ofMillis(100);
    private static final int AT_ONCE = 200;
    private static final int TRIES_ALONE = 5;

    private final Consumer<List<Tried>> write;
    private final Duration pause;
    private final BlockingQueue<Tried> handedIn;

    private volatile boolean moreToCome;
    private @Nullable Thread thread;

    /**
     * @param write all or nothing, and may be repeated
     * @param pause after trouble
     */
    WriteResults(Consumer<List<Tried>> write, int room, Duration pause) {
        this.write = write;
        this.pause = pause;
        this.handedIn = new ArrayBlockingQueue<>(room);
    }

    void handIn(Tried tried) throws InterruptedException {
        handedIn.put(tried);
    }

    void start() {
        moreToCome = true;
        thread = Thread.ofVirtual().name("webhook-results").start(this::run);
    }

    /**
     * Everything is handed in: returns when it is written, or when patience ends. What is not
     * written then goes out again when its lease has run out.
     */
    void finish(Duration patience) throws InterruptedException {
        moreToCome = false;
        if (thread != null && !thread.join(patience)) {
            thread.interrupt();
            thread.join();
        }
    }

    private static final class Unwritten {

        private final Tried tried;
        private int failures;

        Unwritten(Tried tried) {
            this.tried = tried;
        }
    }

    private void run() {
        var unwritten = new ArrayDeque<Unwritten>();
        var atOnce = AT_ONCE;
        try {
            while (moreToCome || !handedIn.isEmpty() || !unwritten.isEmpty()) {
                collect(unwritten);
                if (!unwritten.isEmpty()) {
                    atOnce = writeSome(unwritten, Math.min(atOnce, unwritten.size()));
                }
            }
        } catch (InterruptedException _) {
            log.error(
                    "Stopped before the results of {} webhooks could be written; they will go out again",
                    unwritten.size() + handedIn.size());
        }
    }

    private void collect(Deque<Unwritten> unwritten) throws InterruptedException {
        if (unwritten.isEmpty()) {
            var first = handedIn.poll(LOOK_FOR_THE_END.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                unwritten.add(new Unwritten(first));
            }
        }
        var more = new ArrayList<Tried>();
        handedIn.drainTo(more, Math.max(0, AT_ONCE - unwritten.size()));
        more.forEach(tried -> unwritten.add(new Unwritten(tried)));
    }

    /**
     * The first few; how many to take the next time. When a batch is refused, a part of it may not
     * be, down to the one result that can't be written and keeps no other waiting.
     */
    private int writeSome(Deque<Unwritten> unwritten, int count) throws InterruptedException {
        var batch = unwritten.stream().limit(count).toList();
        try {
            write.accept(batch.stream().map(one -> one.tried).toList());
            batch.forEach(_ -> unwritten.remove());
            return Math.min(AT_ONCE, count * 2);
        } catch (RuntimeException e) {
            log.error("Results of {} webhooks could not be written; trying again", count, e);
            if (mayPass(e)) {
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
                return count;
            }
            if (count > 1) {
                return count / 2;
            }
            setAside(unwritten);
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            return 1;
        }
    }

    private static void setAside(Deque<Unwritten> unwritten) {
        var one = unwritten.remove();
        one.failures++;
        if (one.failures < TRIES_ALONE) {
            unwritten.add(one);
        } else {
            log.error(
                    "The result of webhook {} can't be written; it will go out again",
                    one.tried.due().eventId());
        }
    }

    /** Whether the database was in trouble, rather than disliking what it was to write. */
    private static boolean mayPass(RuntimeException failure) {
        return failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof NonTransientDataAccessResourceException
                || failure instanceof TransactionException;
    }
}
