package io.ferrypay.paymentchannel.payment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does slow things for many items, a few at a time, so that one dead channel cannot stop the rest.
 */
public final class SideBySide {

    private static final Logger log = LoggerFactory.getLogger(SideBySide.class);
    private static final int AT_ONCE = 8;

    private SideBySide() {}

    /** The results in the order of the items; {@code otherwise} where {@code work} failed. */
    public static <T, R> List<R> each(List<T> items, Function<T, R> work, R otherwise) {
        var places = new Semaphore(AT_ONCE);
        var running = new ArrayList<Future<R>>(items.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var item : items) {
                running.add(
                        threads.submit(
                                (Callable<R>)
                                        () -> {
                                            places.acquire();
                                            try {
                                                return work.apply(item);
                                            } finally {
                                                places.release();
                                            }
                                        }));
            }
        }
        return running.stream().map(done -> result(done, otherwise)).toList();
    }

    private static <R> R result(Future<R> done, R otherwise) {
        try {
            return done.get();
        } catch (ExecutionException e) {
            log.warn("One of many failed", e.getCause());
            return otherwise;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise;
        }
    }
}
