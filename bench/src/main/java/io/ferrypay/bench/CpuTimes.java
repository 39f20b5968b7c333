package io.ferrypay.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Processor time of the platform's processes and of this one. On a machine that others use as well
 * it says more than a rate does: what one request costs, whoever else is at work.
 */
final class CpuTimes {

    static final String LOAD_GENERATOR = "load generator";

    private final Map<String, Long> processes;

    /**
     * @param processes names and process ids
     */
    CpuTimes(Map<String, Long> processes) {
        this.processes = new LinkedHashMap<>(processes);
        this.processes.put(LOAD_GENERATOR, ProcessHandle.current().pid());
    }

    /** What each process id of each name had used. */
    record Reading(Map<String, Map<Long, Duration>> used) {

        /** Milliseconds of processor time that each name has used since an earlier reading. */
        Map<String, Double> since(Reading earlier) {
            var spent = new LinkedHashMap<String, Double>();
            used.forEach((name, now) ->
                    spent.put(name, millis(now, earlier.used().getOrDefault(name, Map.of()))));
            return spent;
        }

        /** As {@link #since}, of all together; never zero. */
        double millisSince(Reading earlier) {
            return Math.max(
                    1, since(earlier).values().stream().mapToDouble(Double::doubleValue).sum());
        }

        /** Process by process: one that has ended in between takes nothing away. */
        private static double millis(Map<Long, Duration> now, Map<Long, Duration> before) {
            return now.entrySet().stream()
                    .map(each ->
                            each.getValue()
                                    .minus(before.getOrDefault(each.getKey(), Duration.ZERO)))
                    .mapToDouble(spent -> spent.toNanos() / 1e6)
                    .sum();
        }
    }

    Reading read() {
        var used = new LinkedHashMap<String, Map<Long, Duration>>();
        processes.forEach((name, pid) ->
                used.put(
                        name,
                        withChildren(pid)
                                .collect(
                                        Collectors.toMap(
                                                ProcessHandle::pid,
                                                process ->
                                                        process.info()
                                                                .totalCpuDuration()
                                                                .orElse(Duration.ZERO)))));
        return new Reading(used);
    }

    /** PostgreSQL works in a process for each connection. */
    private static Stream<ProcessHandle> withChildren(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
    }
}
