package io.ferrypay.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadTest {

    private final CpuTimes cpu = new CpuTimes(Map.of());

    @Test
    void what_spans_the_end_is_part_of_the_rate() throws Exception {
        // Four clients whose work takes longer than a fifth of the measured time.
        var result =
                new Load(4, Duration.ofSeconds(1), Duration.ofSeconds(1), cpu)
                        .run("sleeper", () -> () -> TimeUnit.MILLISECONDS.sleep(220));

        assertThat(result.perSecond()).isBetween(14.0, 20.1);
        assertThat(result.p50()).isBetween(210.0, 400.0);
        assertThat(result.steady()).as("one second of warm-up proves nothing").isFalse();
        assertThat(result.errors()).isZero();
    }

    @Test
    void processor_time_is_counted_by_request() throws Exception {
        var result =
                new Load(1, Duration.ZERO, Duration.ofSeconds(1), cpu)
                        .run("spinner", () -> () -> spin(Duration.ofMillis(20)));

        assertThat(result.cpuMillis().get(CpuTimes.LOAD_GENERATOR)).isBetween(5.0, 60.0);
    }

    @Test
    void errors_of_the_warm_up_count() throws Exception {
        var calls = new AtomicLong();
        var result =
                new Load(1, Duration.ofSeconds(1), Duration.ofMillis(200), cpu)
                        .run(
                                "stumbler",
                                () ->
                                        () -> {
                                            if (calls.incrementAndGet() == 1) {
                                                throw new IOException("the first");
                                            }
                                            TimeUnit.MILLISECONDS.sleep(1);
                                        });

        assertThat(result.errors()).isEqualTo(1);
        assertThat(result.firstError()).isEqualTo("the first");
    }

    @Test
    void a_client_that_cannot_start_ends_it() {
        assertThatThrownBy(() ->
                        new Load(2, Duration.ofMinutes(1), Duration.ofMillis(100), cpu)
                                .run(
                                        "nobody",
                                        () -> {
                                            throw new IOException("no connection");
                                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("no connection");
    }

    private static void spin(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
