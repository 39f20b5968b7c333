package io.ferrypay.paymentchannel.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallGuardTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final String account = "guarded-" + UUID.randomUUID();
    private final CallGuard guard = new CallGuard(account, 4, new ChannelHealth());

    @BeforeEach
    void listen() {
        Metrics.addRegistry(meters);
    }

    @AfterEach
    void leave() {
        Metrics.removeRegistry(meters);
    }

    @Test
    void how_long_calls_take_is_told_by_account_and_kind() {
        for (var answer : new String[] {"good", "good", "bad"}) {
            guard.around("query", () -> answer, "good"::equals, why -> why);
        }

        assertThat(calls("query", "true")).isEqualTo(2);
        assertThat(calls("query", "false")).isEqualTo(1);
        assertThat(
                        meters.get("ferry.channel.calls")
                                .tags("account", account, "usable", "true")
                                .timer()
                                .totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
    }

    private long calls(String operation, String usable) {
        return meters.get("ferry.channel.calls")
                .tags("account", account, "operation", operation, "usable", usable)
                .timer()
                .count();
    }
}
