package io.ferrypay.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The results of all rounds. Figures are medians; a share of one rate in another is taken round by
 * round first, because what disturbs a machine disturbs neighbours in time alike.
 */
final class Report {

    private final Map<String, List<Load.Result>> results = new LinkedHashMap<>();

    void add(Load.Result result) {
        results.computeIfAbsent(result.name(), _ -> new ArrayList<>()).add(result);
        System.err.printf(
                Locale.ROOT,
                "  %-30s %7.0f/s  p50 %.1f ms  p99 %.1f ms  cpu %.2f ms  %s  errors %d %s%n",
                result.name(),
                result.perSecond(),
                result.p50(),
                result.p99(),
                result.cpuMillisOfAll(),
                (result.steady() ? "warm after " : "not yet warm after ")
                        + result.warmUpSeconds()
                        + " s",
                result.errors(),
                result.firstError());
    }

    Map<String, List<Load.Result>> results() {
        return results;
    }

    /** Why the figures prove nothing; empty if they do. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        for (var result : results.values().stream().flatMap(List::stream).toList()) {
            if (result.errors() > 0) {
                problems.add(
                        "%s: %d errors, the first: %s"
                                .formatted(result.name(), result.errors(), result.firstError()));
            }
            if (result.count() == 0) {
                problems.add(
                        "%s: none ended in the measured time, %d clients at once; measure longer"
                                .formatted(result.name(), result.clients()));
            }
        }
        return problems;
    }

    void print(PrintStream out) {
        printRates(out);
        out.println();
        printCpu(out);
    }

    /** Of one rate in another, if both were measured. */
    void printShare(PrintStream out, String part, String whole) {
        if (results.containsKey(part) && results.containsKey(whole)) {
            out.printf(Locale.ROOT, "%s: %.0f %% of %s%n", part, 100 * share(part, whole), whole);
        }
    }

    private void printRates(PrintStream out) {
        out.printf(
                "%-30s %8s %9s %9s %9s %9s %8s%n",
                "medians", "clients", "per s", "p50 ms", "p99 ms", "max ms", "errors");
        results.forEach((name, rounds) ->
                out.printf(
                        Locale.ROOT,
                        "%-30s %8d %9.0f %9.1f %9.1f %9.1f %8d%n",
                        name,
                        rounds.getFirst().clients(),
                        median(rounds, Load.Result::perSecond),
                        median(rounds, Load.Result::p50),
                        median(rounds, Load.Result::p99),
                        median(rounds, Load.Result::max),
                        rounds.stream().mapToLong(Load.Result::errors).sum()));
    }

    /** One row a process, one column a part of the bench. */
    private void printCpu(PrintStream out) {
        out.printf("%-30s", "processor ms of one");
        results.keySet().forEach(name -> out.printf(" %28s", name));
        out.println();
        var processes = new TreeSet<String>();
        results.values()
                .forEach(rounds -> processes.addAll(rounds.getFirst().cpuMillis().keySet()));
        for (var process : processes) {
            row(out, process, result -> result.cpuMillis().getOrDefault(process, 0.0));
        }
        row(out, "all", Load.Result::cpuMillisOfAll);
    }

    private void row(PrintStream out, String name, ToDoubleFunction<Load.Result> millis) {
        out.printf("%-30s", name);
        results.values()
                .forEach(rounds -> out.printf(Locale.ROOT, " %28.2f", median(rounds, millis)));
        out.println();
    }

    /** Of one rate in another, as the median over the rounds. */
    private double share(String part, String whole) {
        var parts = results.getOrDefault(part, List.of());
        var wholes = results.getOrDefault(whole, List.of());
        return median(
                IntStream.range(0, Math.min(parts.size(), wholes.size()))
                        .mapToDouble(round ->
                                parts.get(round).perSecond() / wholes.get(round).perSecond()));
    }

    private static double median(List<Load.Result> results, ToDoubleFunction<Load.Result> figure) {
        return median(results.stream().mapToDouble(figure));
    }

    static double median(DoubleStream figures) {
        var sorted = figures.sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
