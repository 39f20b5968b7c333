package io.ferrypay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.acceptance.RunningPlatform.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A shop changes its key without a moment in which it can't take payments. */
class RollingAKeyTest {

    /** The gateway may remember a key for half a minute. */
    private static final Duration SOON = Duration.ofSeconds(45);

    private final RunningPlatform platform = new RunningPlatform();

    @Test
    void a_rolled_key_pays_until_its_time_is_over_and_the_new_one_goes_on() {
        var old =
                made(
                        platform.shop(
                                "POST", "/v2/api_keys", Map.of("name", "shop", "kind", "secret")));
        assertThat(pay(old.secret()).status()).isEqualTo(201);

        var fresh =
                made(
                        platform.shop(
                                "POST",
                                "/v2/api_keys/" + old.id() + ":roll",
                                Map.of("expires_in", "1h")));

        assertThat(fresh.secret()).isNotEqualTo(old.secret());
        assertThat(pay(old.secret()).status()).isEqualTo(201);
        assertThat(pay(fresh.secret()).status()).isEqualTo(201);

        // An hour goes by.
        platform.update(
                "merchant",
                "update credential set expires_at = expires_at - interval '1 hour' where id = ?",
                old.id());
        await().atMost(SOON).until(() -> pay(old.secret()).status() == 401);
        var refused = pay(old.secret());
        assertThat(refused.code()).isEqualTo("unauthenticated");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(pay(fresh.secret()).status()).isEqualTo(201);
    }

    private record Key(String id, String secret) {}

    private static Key made(Answer answer) {
        assertThat(answer.status()).as(answer.code()).isEqualTo(201);
        return new Key(
                answer.body().path("id").asString(), answer.body().path("secret").asString());
    }

    private Answer pay(String secret) {
        return platform.shop(
                "POST",
                "/v2/payments",
                RunningPlatform.order(RunningPlatform.newReference(), null),
                Map.of(
                        "Authorization",
                        "Bearer " + secret,
                        "Idempotency-Key",
                        UUID.randomUUID().toString()));
    }
}
