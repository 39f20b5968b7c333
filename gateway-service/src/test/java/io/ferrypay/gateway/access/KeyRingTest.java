package io.ferrypay.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class KeyRingTest {

    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicReference<Mono<Authentication>> answer = new AtomicReference<>();
    private final KeyRing ring =
            new KeyRing(
                    _ -> {
                        questions.incrementAndGet();
                        return answer.get();
                    },
                    Clock.fixed(NOW, ZoneOffset.UTC),
                    nanos::get);
    private final ApiKey key =
            ApiKey.in(List.of("Bearer sk_test_0000000000000000000000000000000000000000"));

    @Test
    void a_good_key_is_remembered_for_thirty_seconds_at_most() {
        answer.set(Mono.just(good(null)));
        ask();

        pass(Duration.ofMillis(29_999));
        assertThat(ring.remembered(key.fingerprint())).isEqualTo(good(null));

        pass(Duration.ofMillis(1));
        assertThat(ring.remembered(key.fingerprint())).isNull();
    }

    @Test
    void a_rolled_key_is_not_remembered_past_its_end() {
        answer.set(Mono.just(good(NOW.plusSeconds(3))));
        ask();

        pass(Duration.ofMillis(2_999));
        assertThat(ring.remembered(key.fingerprint())).isNotNull();

        pass(Duration.ofMillis(1));
        assertThat(ring.remembered(key.fingerprint())).isNull();
    }

    @Test
    void a_wrong_key_is_remembered_for_five_seconds() {
        answer.set(Mono.just(new Authentication.Rejected()));
        ask();

        pass(Duration.ofMillis(4_999));
        assertThat(ring.remembered(key.fingerprint())).isNotNull();

        pass(Duration.ofMillis(1));
        assertThat(ring.remembered(key.fingerprint())).isNull();
    }

    @Test
    void a_failed_question_is_asked_again() {
        answer.set(Mono.error(new IllegalStateException("no answer")));
        ring.ask(key, key.fingerprint()).onErrorComplete().block(Duration.ofSeconds(5));
        answer.set(Mono.just(good(null)));

        assertThat(ask()).isEqualTo(good(null));
        assertThat(questions).hasValue(2);
    }

    @Test
    void one_who_hangs_up_does_not_cancel_the_answer_for_the_others() {
        var slow = Sinks.<Authentication>one();
        answer.set(slow.asMono());
        var impatient = ring.ask(key, key.fingerprint()).subscribe();
        var patient = new AtomicReference<@Nullable Authentication>();
        ring.ask(key, key.fingerprint()).subscribe(patient::set);

        impatient.dispose();
        slow.tryEmitValue(good(null)).orThrow();

        assertThat(patient).hasValue(good(null));
        assertThat(questions).hasValue(1);
    }

    @Test
    void a_key_prints_nothing_of_itself() {
        assertThat(key.toString()).doesNotContain("0000");
    }

    private Authentication ask() {
        return ring.ask(key, key.fingerprint()).block(Duration.ofSeconds(5));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Authentication good(@Nullable Instant validUntil) {
        return new Authentication.Accepted(
                "key_1", "mer_1", "token", false, Set.of(), List.of(), 1, 1, "active", validUntil);
    }
}
