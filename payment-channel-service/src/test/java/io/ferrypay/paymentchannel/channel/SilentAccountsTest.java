package io.ferrypay.paymentchannel.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SilentAccountsTest {

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-11-28T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final SetClock clock = new SetClock();
    private final SilentAccounts silent = new SilentAccounts(clock);

    @Test
    void a_round_of_silence_gives_an_account_a_rest_and_no_other() {
        for (var i = 1; i < SilentAccounts.SILENT_QUESTIONS; i++) {
            silent.asked("one", false);
            silent.asked("other", i > 1);
        }
        assertThat(silent.resting()).isEmpty();

        silent.asked("one", false);
        silent.asked("other", false);

        assertThat(silent.resting()).containsExactly("one");
    }

    @Test
    void after_its_rest_one_answer_is_enough_to_be_asked_again() {
        rests();

        clock.now = clock.now.plus(SilentAccounts.REST).plusMillis(1);
        assertThat(silent.resting()).isEmpty();
        silent.asked("one", true);
        silent.asked("one", false);

        assertThat(silent.resting()).isEmpty();
    }

    @Test
    void after_its_rest_one_more_silence_is_another_rest() {
        rests();

        clock.now = clock.now.plus(SilentAccounts.REST).plusMillis(1);
        assertThat(silent.resting()).isEmpty();
        silent.asked("one", false);

        assertThat(silent.resting()).containsExactly("one");
    }

    private void rests() {
        for (var i = 0; i < SilentAccounts.SILENT_QUESTIONS; i++) {
            silent.asked("one", false);
        }
        assertThat(silent.resting()).containsExactly("one");
    }
}
