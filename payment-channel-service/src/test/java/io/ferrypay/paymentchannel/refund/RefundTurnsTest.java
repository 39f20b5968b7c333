package io.ferrypay.paymentchannel.refund;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefundTurnsTest {

    private static final Instant TAKEN = Instant.parse("2026-11-24T01:02:03Z");

    @Test
    void a_call_that_goes_well_is_soon_looked_at() {
        assertThat(RefundTurns.untilNextLook(TAKEN, TAKEN)).isEqualTo(RefundTurns.UNDER_WAY);
        assertThat(RefundTurns.untilNextLook(TAKEN.plusMillis(20), TAKEN))
                .isEqualTo(RefundTurns.UNDER_WAY); // Another instance's clock.
    }

    @Test
    void a_call_that_hangs_is_looked_at_ever_less_often() {
        var looks = 0;
        for (var now = TAKEN;
                now.isBefore(TAKEN.plus(RefundSchedule.CALL));
                now = now.plus(RefundTurns.untilNextLook(TAKEN, now))) {
            looks++;
        }

        assertThat(looks).isBetween(8, 20);
        assertThat(RefundTurns.untilNextLook(TAKEN, TAKEN.plusSeconds(3)))
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(RefundTurns.untilNextLook(TAKEN, TAKEN.plusSeconds(60)))
                .isEqualTo(RefundTurns.LONGEST_LOOK);
    }
}
