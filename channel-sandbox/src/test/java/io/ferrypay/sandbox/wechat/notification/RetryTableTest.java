package io.ferrypay.sandbox.wechat.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryTableTest {

    @Test
    void all_waits_together_are_24_hours_and_4_minutes() {
        var sum = RetryTable.WAITS.table().stream().reduce(Duration.ZERO, Duration::plus);

        assertThat(sum).isEqualTo(Duration.ofHours(24).plusMinutes(4));
        assertThat(RetryTable.WAITS.table()).hasSize(15);
    }

    @Test
    void the_first_waits_are_short() {
        assertThat(RetryTable.WAITS.after(1, 1)).isEqualTo(Duration.ofSeconds(15));
        assertThat(RetryTable.WAITS.after(2, 1)).isEqualTo(Duration.ofSeconds(15));
        assertThat(RetryTable.WAITS.after(3, 1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(RetryTable.WAITS.after(4, 1)).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void compressed_time_shortens_every_wait() {
        assertThat(RetryTable.WAITS.after(1, 60)).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void the_sixteenth_attempt_is_the_last() {
        assertThat(RetryTable.WAITS.after(15, 1)).isEqualTo(Duration.ofHours(6));
        assertThat(RetryTable.WAITS.after(16, 1)).isNull();
    }
}
