package io.ferrypay.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.notify.webhook.Deliveries.Sent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;

class RetryScheduleTest {

    private static final WebhookSettings SETTINGS =
            new Binder().bindOrCreate("ferry.webhooks", WebhookSettings.class);
    private static final List<Duration> PUBLISHED = SETTINGS.schedule();

    @Test
    void the_tries_span_three_days() {
        assertThat(PUBLISHED).hasSize(10).startsWith(Duration.ZERO).endsWith(Duration.ofHours(24));
        assertThat(PUBLISHED.stream().reduce(Duration.ZERO, Duration::plus))
                .isGreaterThan(Duration.ofDays(3));
    }

    @Test
    void the_deadline_leaves_time_for_every_try_however_late() {
        assertThat(SETTINGS.giveUpAfter())
                .isGreaterThan(
                        PUBLISHED.stream()
                                .reduce(Duration.ZERO, Duration::plus)
                                .multipliedBy(12)
                                .dividedBy(10))
                .isLessThanOrEqualTo(Duration.ofDays(4));
    }

    @ParameterizedTest
    @CsvSource({"1, PT5S", "2, PT5M", "3, PT30M", "4, PT2H", "9, PT24H"})
    void a_wait_is_spread_by_a_fifth_to_both_sides(int tries, Duration wait) {
        assertThat(schedule(0).next(tries, sent(500, null)))
                .contains(wait.multipliedBy(8).dividedBy(10));
        assertThat(schedule(0.5).next(tries, sent(500, null))).contains(wait);
        assertThat(schedule(1).next(tries, sent(500, null)))
                .contains(wait.multipliedBy(12).dividedBy(10));
    }

    @Test
    void after_the_last_there_is_none() {
        assertThat(schedule(0.5).next(10, sent(500, null))).isEmpty();
    }

    @Test
    void who_is_overloaded_is_left_alone_for_a_minute_at_least() {
        for (var status : List.of(429, 502, 504)) {
            assertThat(schedule(0.5).next(1, sent(status, null))).contains(Duration.ofMinutes(1));
        }
    }

    @Test
    void who_says_when_is_asked_then_but_never_before_the_schedule() {
        assertThat(schedule(0.5).next(1, sent(429, Duration.ofSeconds(30))))
                .contains(Duration.ofSeconds(30));
        assertThat(schedule(0.5).next(2, sent(503, Duration.ofSeconds(1))))
                .contains(Duration.ofMinutes(5));
    }

    private static RetrySchedule schedule(double random) {
        return new RetrySchedule(PUBLISHED, () -> random);
    }

    private static Sent sent(int status, @Nullable Duration retryAfter) {
        return new Sent(status, "status_" + status, "", "", retryAfter);
    }
}
