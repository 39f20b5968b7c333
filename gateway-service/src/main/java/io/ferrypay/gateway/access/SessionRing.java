package io.ferrypay.gateway.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Remembers what was said about a session for three seconds, good or wrong: a page asks for many
 * things at once, and one who signs out, or loses a role, is out soon. A failed question is not
 * remembered.
 */
@Component
class SessionRing {

    static final Duration MEMORY = Duration.ofSeconds(3);
    private static final int MAX_SESSIONS = 50_000;

    private record Key(ApiKey.Fingerprint secret, String mode, @Nullable String merchant) {}

    private final AsyncCache<Key, Authentication> known;
    private final SessionDirectory directory;

    @Autowired
    SessionRing(SessionDirectory directory) {
        this(directory, Ticker.systemTicker());
    }

    SessionRing(SessionDirectory directory, Ticker ticker) {
        this.directory = directory;
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(MAX_SESSIONS)
                        .ticker(ticker)
                        .expireAfterWrite(MEMORY)
                        .buildAsync();
    }

    /** What is remembered; else joins the question already under way, or asks it. */
    Mono<Authentication> ask(PortalCookie cookie) {
        // One caller who hangs up must not cancel the answer the others wait for.
        return Mono.fromFuture(
                () -> known.get(keyOf(cookie), (_, _) -> directory.lookUp(cookie).toFuture()),
                true);
    }

    /** Whatever is remembered is forgotten first. */
    Mono<Authentication> askAgain(PortalCookie cookie) {
        return Mono.defer(() -> {
            known.synchronous().invalidate(keyOf(cookie));
            return ask(cookie);
        });
    }

    private static Key keyOf(PortalCookie cookie) {
        return new Key(ApiKey.Fingerprint.of(cookie.secret()), cookie.mode(), cookie.merchant());
    }
}
