package io.ferrypay.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;

/**
 * A closed loop: each client does its next piece of work when the last one is done. Clients warm up
 * before anything is counted.
 */
final class Load {

    private static final long HIGHEST_MICROS = Duration.ofMinutes(2).toNanos() / 1000;
    private static final int DIGITS = 3;

    private final int clients;
    private final Duration warmUp;
    private final Duration measured;

    Load(int clients, Duration warmUp, Duration measured) {
        this.clients = clients;
        this.warmUp = warmUp;
        this.measured = measured;
    }

    /** One client's work, made once for each client so that it can own a connection. */
    interface Client extends AutoCloseable {

        /** Does the work once; an exception counts as an error. */
        void once() throws Exception;

        @Override
        default void close() {}
    }

    Result run(String name, Callable<Client> newClient) throws InterruptedException {
        var firstError = new AtomicReference<String>("");
        var total = new Histogram(HIGHEST_MICROS, DIGITS);
        var errors = 0L;
        var start = System.nanoTime() + warmUp.toNanos();
        var end = start + measured.toNanos();
        try (var pool = Executors.newFixedThreadPool(clients)) {
            var runs = new ArrayList<Future<Counted>>();
            for (var i = 0; i < clients; i++) {
                runs.add(pool.submit(() -> drive(newClient, start, end, firstError)));
            }
            for (var run : runs) {
                var counted = run.get();
                total.add(counted.latencies());
                errors += counted.errors();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(name + " could not run", e.getCause());
        }
        return Result.of(name, clients, total, errors, measured, firstError.get());
    }

    private record Counted(Histogram latencies, long errors) {}

    private static Counted drive(
            Callable<Client> newClient, long start, long end, AtomicReference<String> firstError)
            throws Exception {
        var latencies = new Histogram(HIGHEST_MICROS, DIGITS);
        var errors = 0L;
        try (var client = newClient.call()) {
            while (true) {
                var begun = System.nanoTime();
                if (begun >= end) {
                    return new Counted(latencies, errors);
                }
                try {
                    client.once();
                    var done = System.nanoTime();
                    if (begun >= start && done <= end) {
                        latencies.recordValue(Math.min((done - begun) / 1000, HIGHEST_MICROS));
                    }
                } catch (Exception e) {
                    firstError.compareAndSet("", String.valueOf(e.getMessage()));
                    if (begun >= start) {
                        errors++;
                    }
                }
            }
        }
    }

    /**
     * Times in milliseconds; the rate counts only what began and ended within the measured time.
     */
    record Result(
            String name,
            int clients,
            double perSecond,
            double p50,
            double p99,
            double max,
            long count,
            long errors,
            String firstError) {

        static Result of(
                String name,
                int clients,
                Histogram latencies,
                long errors,
                Duration measured,
                String firstError) {
            return new Result(
                    name,
                    clients,
                    latencies.getTotalCount() / (measured.toMillis() / 1000.0),
                    latencies.getValueAtPercentile(50) / 1000.0,
                    latencies.getValueAtPercentile(99) / 1000.0,
                    latencies.getMaxValue() / 1000.0,
                    latencies.getTotalCount(),
                    errors,
                    firstError);
        }
    }
}
