package io.ferrypay.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AllowancesTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Allowances allowances =
            new Allowances(
                    new TimeMeter() {
                        @Override
                        public long currentTimeNanos() {
                            return nanos.get();
                        }

                        @Override
                        public boolean isWallClockBased() {
                            return false;
                        }
                    });

    @Test
    void a_burst_passes_and_then_no_more() {
        for (var left = 2; left >= 0; left--) {
            assertThat(allowances.take("writes", "key_1", 1, 3))
                    .isEqualTo(new Allowance(true, 3, left, 3 - left, 0));
        }

        assertThat(allowances.take("writes", "key_1", 1, 3))
                .isEqualTo(new Allowance(false, 3, 0, 3, 1));
    }

    @Test
    void time_gives_back_what_was_taken() {
        allowances.take("writes", "key_1", 1, 1);
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(allowances.take("writes", "key_1", 1, 1).granted()).isFalse();

        nanos.addAndGet(Duration.ofMillis(1).toNanos());

        assertThat(allowances.take("writes", "key_1", 1, 1).granted()).isTrue();
    }

    @Test
    void subjects_and_kinds_are_counted_apart() {
        allowances.take("writes", "key_1", 1, 1);

        assertThat(allowances.take("reads", "key_1", 1, 1).granted()).isTrue();
        assertThat(allowances.take("writes", "key_2", 1, 1).granted()).isTrue();
        assertThat(allowances.take("writes", "key_1", 1, 1).granted()).isFalse();
    }

    @Test
    void a_changed_limit_counts_at_once() {
        allowances.take("writes", "key_1", 1, 1);

        assertThat(allowances.take("writes", "key_1", 5, 5).granted()).isTrue();
    }
}
