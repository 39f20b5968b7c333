package io.ferrypay.merchant.signin;

import io.ferrypay.signin.Vault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The secrets in links that we mail. Each is good once, for one purpose, until it is too old; kept
 * as a hash, with what it stands for sealed.
 */
@Component
class MailedTokens {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BATCH = 1000;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final JsonMapper json;
    private final Clock clock;

    MailedTokens(JdbcClient jdbc, Vault vault, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.json = json;
        this.clock = clock;
    }

    static String random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String issue(String purpose, Object content, Duration life) {
        var token = random();
        var now = clock.instant();
        jdbc.sql(
                        "insert into mailed_token (token_hash, purpose, sealed, created_at, expires_at) values (?, ?, ?, ?, ?)")
                .params(
                        hash(token),
                        purpose,
                        vault.seal(purpose, json.writeValueAsString(content)),
                        now.atOffset(ZoneOffset.UTC),
                        now.plus(life).atOffset(ZoneOffset.UTC))
                .update();
        return token;
    }

    /** Uses the token up; of two at the same time one gets it. */
    <T> Optional<T> take(String purpose, String token, Class<T> content) {
        return jdbc.sql(
                        "delete from mailed_token where token_hash = ? and purpose = ? and expires_at > ? returning sealed")
                .params(hash(token), purpose, clock.instant().atOffset(ZoneOffset.UTC))
                .query(String.class)
                .optional()
                .map(sealed -> json.readValue(vault.open(purpose, sealed), content));
    }

    @Scheduled(fixedDelayString = "PT10M")
    void forgetOld() {
        jdbc.sql(
                        "delete from mailed_token where ctid in (select ctid from mailed_token where expires_at < ? limit ?)")
                .params(clock.instant().atOffset(ZoneOffset.UTC), BATCH)
                .update();
    }

    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
