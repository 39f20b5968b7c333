package io.ferrypay.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Says when a figure has stopped rising: a virtual machine compiles what is busy for a long while,
 * and figures taken before it has are figures of the compiler. Compares the last seconds with as
 * many before them.
 */
final class Steadiness {

    private static final int SECONDS = 5;
    private static final double RISE_THAT_IS_NOISE = 1.04;

    private final List<Double> seconds = new ArrayList<>();

    void add(double figureOfThisSecond) {
        seconds.add(figureOfThisSecond);
    }

    boolean isReached() {
        var now = seconds.size();
        if (now < 2 * SECONDS) {
            return false;
        }
        var last = sum(now - SECONDS, now);
        return last > 0 && last <= sum(now - 2 * SECONDS, now - SECONDS) * RISE_THAT_IS_NOISE;
    }

    private double sum(int from, int to) {
        return seconds.subList(from, to).stream().mapToDouble(Double::doubleValue).sum();
    }
}
