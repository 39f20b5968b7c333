package io.ferrypay.sandbox.wechat.oauth;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.wechat.wire.Nonces;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The codes given to browsers: each names a person once, within five minutes. */
@Component
class OauthCodes implements Resettable {

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 10_000;
    private static final int LENGTH = 32;

    private final ConcurrentHashMap<String, Code> codes = new ConcurrentHashMap<>();
    private final Nonces nonces;
    private final SandboxClock clock;

    OauthCodes(Nonces nonces, SandboxClock clock) {
        this.nonces = nonces;
        this.clock = clock;
    }

    /** What a code is good for. */
    sealed interface Answer {

        record Person(String openid) implements Answer {}

        record Used() implements Answer {}

        record Invalid() implements Answer {}
    }

    String give(String openid) {
        if (codes.size() >= MOST_REMEMBERED) {
            codes.clear();
        }
        var code = nonces.next(LENGTH);
        codes.put(code, new Code(openid, clock.instant().plus(LIFETIME), false));
        return code;
    }

    Answer take(String code) {
        var answer = new Answer[] {new Answer.Invalid()};
        codes.computeIfPresent(
                code,
                (_, known) -> {
                    if (known.used()) {
                        answer[0] = new Answer.Used();
                    } else if (clock.instant().isBefore(known.until())) {
                        answer[0] = new Answer.Person(known.openid());
                    }
                    return new Code(known.openid(), known.until(), true);
                });
        return answer[0];
    }

    @Override
    public void reset() {
        codes.clear();
    }

    private record Code(String openid, Instant until, boolean used) {}
}
