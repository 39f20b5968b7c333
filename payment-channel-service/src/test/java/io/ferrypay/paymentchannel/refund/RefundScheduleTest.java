package io.ferrypay.paymentchannel.refund;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.RefundRules.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefundScheduleTest {

    private static final Pause NIGHT = new Pause(LocalTime.MIDNIGHT, LocalTime.of(1, 30));

    /** Alipay's synchronous refunds do not run from 00:00 to 01:30 in Beijing (alipay.md). */
    @ParameterizedTest
    @CsvSource({
        "2026-11-24T15:59:59Z,",
        "2026-11-24T16:00:00Z,2026-11-24T17:30:00Z",
        "2026-11-24T17:29:59Z,2026-11-24T17:30:00Z",
        "2026-11-24T17:30:00Z,",
        "2026-11-25T04:00:00Z,"
    })
    void the_night_is_over_at_half_past_one_in_beijing(Instant now, Instant end) {
        assertThat(RefundSchedule.endOf(NIGHT, now).orElse(null)).isEqualTo(end);
    }

    @Test
    void without_a_pause_there_is_none() {
        assertThat(RefundSchedule.endOf(null, Instant.parse("2026-11-24T16:00:00Z"))).isEmpty();
    }

    @Test
    void pauses_grow_up_to_an_hour() {
        assertThat(IntStream.range(0, 100).mapToObj(RefundSchedule::query).toList())
                .isSorted()
                .startsWith(Duration.ofSeconds(5))
                .endsWith(Duration.ofHours(1));
        assertThat(IntStream.range(0, 100).mapToObj(RefundSchedule::askAgain).toList())
                .isSorted()
                .startsWith(Duration.ofMinutes(1))
                .endsWith(Duration.ofHours(1));
    }
}
