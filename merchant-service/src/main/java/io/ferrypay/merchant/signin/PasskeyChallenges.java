package io.ferrypay.merchant.signin;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What devices are asked to sign: random, good once and for five minutes, kept as a hash. */
@Component
class PasskeyChallenges {

    static final Duration LIFE = Duration.ofMinutes(5);

    private static final int BYTES = 32;
    private static final int BATCH = 1000;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    PasskeyChallenges(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    enum Purpose {
        REGISTER,
        SIGN_IN,
        STEP_UP;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param userId who is asked; null where that is what the answer shall tell
     */
    byte[] make(Purpose purpose, @Nullable String userId) {
        var challenge = new byte[BYTES];
        random.nextBytes(challenge);
        jdbc.sql(
                        "insert into passkey_challenge (challenge_hash, purpose, user_id, ends_at) values (:hash, :purpose, :user, :end)")
                .param("hash", hash(challenge))
                .param("purpose", purpose.text())
                .param("user", userId)
                .param("end", clock.instant().plus(LIFE).atOffset(ZoneOffset.UTC))
                .update();
        return challenge;
    }

    private record Asked(String purpose, @Nullable String userId, boolean inTime) {}

    /**
     * Uses it up, whatever comes of it; of two with the same one, one gets it.
     *
     * @return whether it was made for this, and not too long ago
     */
    boolean take(byte[] challenge, Purpose purpose, @Nullable String userId) {
        Optional<Asked> asked =
                jdbc.sql(
                                "delete from passkey_challenge where challenge_hash = ? returning purpose, user_id, ends_at > ?")
                        .params(hash(challenge), clock.instant().atOffset(ZoneOffset.UTC))
                        .query((row, _) ->
                                new Asked(row.getString(1), row.getString(2), row.getBoolean(3)))
                        .optional();
        return asked.filter(found ->
                        found.inTime()
                                && found.purpose().equals(purpose.text())
                                && (purpose == Purpose.SIGN_IN
                                        || (userId != null && userId.equals(found.userId()))))
                .isPresent();
    }

    private static String hash(byte[] challenge) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(challenge));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Scheduled(fixedDelayString = "PT10M")
    void forgetOld() {
        jdbc.sql(
                        "delete from passkey_challenge where ctid in (select ctid from passkey_challenge where ends_at < ? limit ?)")
                .params(clock.instant().atOffset(ZoneOffset.UTC), BATCH)
                .update();
    }
}
