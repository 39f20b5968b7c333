package io.ferrypay.tradeadmin.staff;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Secrets in links that let somebody in for the first time; each is good once, for a time. */
@Component
class StaffLinks {

    static final Duration LIFE = Duration.ofDays(3);

    private static final int BYTES = 32;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    StaffLinks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param accountId null for one of the first two people, who has no account yet
     */
    record Taken(@Nullable String accountId) {}

    /** An earlier one for the same account is void. */
    String issue(@Nullable String accountId) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var now = clock.instant();
        if (accountId != null) {
            jdbc.sql("delete from staff_link where account_id = ?").param(accountId).update();
        }
        jdbc.sql(
                        "insert into staff_link (token_hash, account_id, created_at, expires_at)"
                                + " values (:hash, :account, :now, :end)")
                .param("hash", hash(token))
                .param("account", accountId)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("end", now.plus(LIFE).atOffset(ZoneOffset.UTC))
                .update();
        return token;
    }

    /** Uses the link up; of two at the same time one gets it. */
    Optional<Taken> take(String token) {
        return jdbc.sql(
                        "delete from staff_link where token_hash = ? and expires_at > ? returning account_id")
                .params(hash(token), clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Taken(row.getString(1)))
                .optional();
    }

    /** Whether a link is for somebody who has no account yet; empty when it is not good. */
    Optional<Taken> look(String token) {
        return jdbc.sql("select account_id from staff_link where token_hash = ? and expires_at > ?")
                .params(hash(token), clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Taken(row.getString(1)))
                .optional();
    }

    void forgetFirst() {
        jdbc.sql("delete from staff_link where account_id is null").update();
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
