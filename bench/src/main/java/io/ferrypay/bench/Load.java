package io.ferrypay.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/**
 * A closed loop: each client does its next piece of work when the last one is done. Nothing but
 * errors is counted before the work done with a second of processor time has stopped rising; that,
 * and not the rate, because the rate also follows what else the machine has to do.
 */
final class Load {

    private static final long HIGHEST_MICROS = Duration.ofMinutes(2).toNanos() / 1000;
    private static final int DIGITS = 3;

    private final int clients;
    private final Duration longestWarmUp;
    private final Duration measured;
    private final CpuTimes cpu;

    /**
     * @param longestWarmUp measuring begins after it in any case; the result says if it was too
     *     short
     */
    Load(int clients, Duration longestWarmUp, Duration measured, CpuTimes cpu) {
        this.clients = clients;
        this.longestWarmUp = longestWarmUp;
        this.measured = measured;
        this.cpu = cpu;
    }

    /** One client's work, made once for each client so that it can own a connection. */
    interface Client extends AutoCloseable {

        /** Does the work once; an exception counts as an error. */
        void once() throws Exception;

        @Override
        default void close() {}
    }

    Result run(String name, Callable<Client> newClient) throws InterruptedException {
        var run = new Run(newClient);
        try (var pool = Executors.newFixedThreadPool(clients)) {
            var drivers = new ArrayList<Future<Histogram>>();
            for (var i = 0; i < clients; i++) {
                drivers.add(pool.submit(run::drive));
            }
            try {
                return run.measure(name, drivers);
            } finally {
                run.phase = Phase.OVER;
            }
        }
    }

    private enum Phase {
        WARMING_UP,
        MEASURED,
        OVER
    }

    private final class Run {

        private final Callable<Client> newClient;
        private final LongAdder done = new LongAdder();
        private final LongAdder errors = new LongAdder();
        private final AtomicReference<String> firstError = new AtomicReference<>("");
        private volatile Phase phase = Phase.WARMING_UP;

        private Run(Callable<Client> newClient) {
            this.newClient = newClient;
        }

        private Histogram drive() throws Exception {
            var latencies = new Histogram(HIGHEST_MICROS, DIGITS);
            try (var client = newClient.call()) {
                while (phase != Phase.OVER) {
                    var began = phase;
                    var begun = System.nanoTime();
                    try {
                        client.once();
                        done.increment();
                        var micros = (System.nanoTime() - begun) / 1000;
                        if (began == Phase.MEASURED && phase == Phase.MEASURED) {
                            latencies.recordValue(Math.min(micros, HIGHEST_MICROS));
                        }
                    } catch (Exception e) {
                        errors.increment();
                        firstError.compareAndSet("", String.valueOf(e.getMessage()));
                    }
                }
            }
            return latencies;
        }

        private Result measure(String name, List<Future<Histogram>> drivers)
                throws InterruptedException {
            var warmUp = warmUp(drivers);
            var cpuBefore = cpu.read();
            var doneBefore = done.sum();
            var start = System.nanoTime();
            phase = Phase.MEASURED;
            TimeUnit.NANOSECONDS.sleep(measured.toNanos());
            var count = done.sum() - doneBefore;
            var seconds = (System.nanoTime() - start) / 1e9;
            var spent = cpu.read().since(cpuBefore);
            phase = Phase.OVER;
            var latencies = new Histogram(HIGHEST_MICROS, DIGITS);
            for (var driver : drivers) {
                latencies.add(endOf(driver, name));
            }
            return new Result(
                    name,
                    clients,
                    warmUp.seconds(),
                    warmUp.steady(),
                    count / seconds,
                    latencies.getValueAtPercentile(50) / 1000.0,
                    latencies.getValueAtPercentile(99) / 1000.0,
                    latencies.getMaxValue() / 1000.0,
                    each(spent, count),
                    count,
                    errors.sum(),
                    firstError.get());
        }

        private WarmUp warmUp(List<Future<Histogram>> drivers) throws InterruptedException {
            var steadiness = new Steadiness();
            var seconds = 0;
            var before = done.sum();
            var cpuBefore = cpu.read();
            while (seconds < longestWarmUp.toSeconds()) {
                TimeUnit.SECONDS.sleep(1);
                seconds++;
                var now = done.sum();
                var cpuNow = cpu.read();
                steadiness.add((now - before) / cpuNow.millisSince(cpuBefore));
                before = now;
                cpuBefore = cpuNow;
                if (steadiness.isReached() || drivers.stream().anyMatch(Future::isDone)) {
                    break;
                }
            }
            return new WarmUp(seconds, steadiness.isReached());
        }

        private static Histogram endOf(Future<Histogram> driver, String name)
                throws InterruptedException {
            try {
                return driver.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(name + " could not run", e.getCause());
            }
        }

        private static Map<String, Double> each(Map<String, Double> millis, long count) {
            var each = new TreeMap<String, Double>();
            millis.forEach((process, spent) -> each.put(process, spent / Math.max(1, count)));
            return each;
        }
    }

    private record WarmUp(int seconds, boolean steady) {}

    /**
     * Times in milliseconds. The rate counts what ended within the measured time, the latencies
     * what also began in it.
     *
     * @param steady whether it was warm when it was measured
     * @param cpuMillis processor time of one request, by process
     * @param errors also those of the warm-up
     */
    record Result(
            String name,
            int clients,
            int warmUpSeconds,
            boolean steady,
            double perSecond,
            double p50,
            double p99,
            double max,
            Map<String, Double> cpuMillis,
            long count,
            long errors,
            String firstError) {

        double cpuMillisOfAll() {
            return cpuMillis.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }
}
