package io.ferrypay.notify.wechatmessage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The accounts' access tokens, by {@code stable_token}: every instance that asks is given the same
 * one until five minutes before its end, so nothing has to be shared. Forcing a new one ends the
 * old and may be done 20 times a day, 30 seconds apart; that is left to whoever was told that the
 * token is bad.
 */
@Component
class AccessTokens {

    private static final Duration BEFORE_ITS_END = Duration.ofMinutes(4);
    private static final Duration BETWEEN_FORCED = Duration.ofSeconds(30);
    private static final int MOST_FORCED_A_DAY = 15;

    private final WechatApi api;
    private final Clock clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    AccessTokens(WechatApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /** What asking for a token came to. */
    sealed interface Answer {

        /**
         * @param text never written down
         */
        record Token(String text) implements Answer {

            @Override
            public String toString() {
                return "Token";
            }
        }

        /** WeChat refuses; the account is not set up as it must be, or may not ask right now. */
        record Refused(int errcode) implements Answer {}

        record NoAnswer(String why) implements Answer {}
    }

    private static final class Kept {

        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable String token;
        private Instant until = Instant.EPOCH;
        private Instant forcedAt = Instant.EPOCH;
        private int forcedToday;
        private Instant dayBegan = Instant.EPOCH;
    }

    Answer of(OfficialAccount account) {
        var mine = kept.computeIfAbsent(account.appid(), _ -> new Kept());
        mine.lock.lock();
        try {
            var token = mine.token;
            return token != null && clock.instant().isBefore(mine.until)
                    ? new Answer.Token(token)
                    : ask(account, mine, false);
        } finally {
            mine.lock.unlock();
        }
    }

    /**
     * Another token than one that WeChat called bad; whoever else noticed may have asked already.
     */
    Answer insteadOf(OfficialAccount account, String bad) {
        var mine = kept.computeIfAbsent(account.appid(), _ -> new Kept());
        mine.lock.lock();
        try {
            var token = mine.token;
            if (token != null && !token.equals(bad)) {
                return new Answer.Token(token);
            }
            var now = clock.instant();
            if (now.isAfter(mine.dayBegan.plus(Duration.ofDays(1)))) {
                mine.dayBegan = now;
                mine.forcedToday = 0;
            }
            if (now.isBefore(mine.forcedAt.plus(BETWEEN_FORCED))
                    || mine.forcedToday >= MOST_FORCED_A_DAY) {
                return new Answer.NoAnswer("token_forced_lately");
            }
            mine.forcedAt = now;
            mine.forcedToday++;
            return ask(account, mine, true);
        } finally {
            mine.lock.unlock();
        }
    }

    private Answer ask(OfficialAccount account, Kept mine, boolean force) {
        try {
            var answer =
                    api.post(
                            account,
                            "cgi-bin/stable_token",
                            Map.of(),
                            Map.of(
                                    "grant_type",
                                    "client_credential",
                                    "appid",
                                    account.appid(),
                                    "secret",
                                    account.secret(),
                                    "force_refresh",
                                    force));
            var token = answer.path("access_token").asString("");
            if (token.isEmpty()) {
                return answer.path("errcode").asInt(0) == 0
                        ? new Answer.NoAnswer("no_token")
                        : new Answer.Refused(answer.path("errcode").asInt());
            }
            mine.token = token;
            mine.until =
                    clock.instant()
                            .plusSeconds(answer.path("expires_in").asLong(0))
                            .minus(BEFORE_ITS_END);
            return new Answer.Token(token);
        } catch (WechatApi.NoAnswer e) {
            return new Answer.NoAnswer(String.valueOf(e.getMessage()));
        }
    }
}
