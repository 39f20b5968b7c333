package io.ferrypay.gateway.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Remembers what was said about a key: good ones for 30 s at most, so that a revoked key dies soon,
 * wrong ones for 5 s. However many requests bring an unknown key at once, it is asked about once. A
 * failed question is not remembered.
 */
@Component
class KeyRing {

    static final Duration GOOD = Duration.ofSeconds(30);
    static final Duration WRONG = Duration.ofSeconds(5);
    private static final int MAX_KEYS = 50_000;

    private final AsyncCache<ApiKey.Fingerprint, Authentication> known;
    private final KeyDirectory directory;

    @Autowired
    KeyRing(KeyDirectory directory, Clock clock) {
        this(directory, clock, Ticker.systemTicker());
    }

    KeyRing(KeyDirectory directory, Clock clock, Ticker ticker) {
        this.directory = directory;
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(MAX_KEYS)
                        .ticker(ticker)
                        .expireAfter(
                                Expiry.<ApiKey.Fingerprint, Authentication>creating(
                                        (_, answer) -> memory(answer, clock)))
                        .buildAsync();
    }

    /** What is remembered about the key, or null when it has to be asked about. */
    @Nullable Authentication remembered(ApiKey.Fingerprint fingerprint) {
        var answer = known.getIfPresent(fingerprint);
        return answer == null || !answer.isDone() || answer.isCompletedExceptionally()
                ? null
                : answer.getNow(null);
    }

    /** Joins the question already under way about this key, or asks it. */
    Mono<Authentication> ask(ApiKey key, ApiKey.Fingerprint fingerprint) {
        // One caller who hangs up must not cancel the answer the others wait for.
        return Mono.fromFuture(
                () -> known.get(fingerprint, (_, _) -> directory.lookUp(key).toFuture()), true);
    }

    private static Duration memory(Authentication answer, Clock clock) {
        return switch (answer) {
            case Authentication.Rejected _, Authentication.TurnedAway _ -> WRONG;
            case Authentication.Accepted accepted -> {
                if (accepted.validUntil() == null) {
                    yield GOOD;
                }
                var left = Duration.between(clock.instant(), accepted.validUntil());
                yield left.isNegative() ? Duration.ZERO : left.compareTo(GOOD) < 0 ? left : GOOD;
            }
        };
    }
}
