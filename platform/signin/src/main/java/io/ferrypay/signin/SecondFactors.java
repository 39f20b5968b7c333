package io.ferrypay.signin;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.ferrypay.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a person proves besides the password: codes of an authenticator app (TOTP, RFC 6238: SHA-1,
 * six digits, 30 seconds, as every app has it), or one of ten recovery codes.
 *
 * <p>A code of the app is good once: the step of time it belongs to is stored, and only a later one
 * is taken. Recovery codes are random (80 bits), kept as hashes and good once.
 */
public class SecondFactors {

    private static final int SECRET_BYTES = 20;
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 10;
    private static final String HMAC = "HmacSHA1";

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Tries tries;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final SecureRandom random = new SecureRandom();
    private final TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();

    SecondFactors(
            JdbcClient jdbc,
            Vault vault,
            Tries tries,
            Clock clock,
            TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.tries = tries;
        this.clock = clock;
        this.transactions = transactions;
    }

    /**
     * For the app, once; good only after a code of it was shown.
     *
     * @param secret in Base32, to be typed
     * @param uri to be shown as a QR code
     */
    public record Offer(String secret, String uri) {

        @Override
        public String toString() {
            return "Offer[…]";
        }
    }

    private record App(String sealed, long lastStep) {}

    /** Whether the codes of an app are on. */
    public boolean hasApp(String userId) {
        return app(userId, true).isPresent();
    }

    public int recoveryCodesLeft(String userId) {
        return jdbc.sql("select count(*) from recovery_code where user_id = ?")
                .param(userId)
                .query(Integer.class)
                .single();
    }

    /** A fresh secret; an earlier offer is void. Refuses with 409 when codes are on already. */
    @Transactional
    public Offer offer(String userId, String email) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var secret = new Base32().encodeToString(bytes);
        var written =
                jdbc.sql(
                                """
                                insert into totp as known (user_id, sealed, last_step, confirmed, created_at)
                                values (?, ?, 0, false, ?)
                                on conflict (user_id) do update set
                                    sealed = excluded.sealed, last_step = 0, created_at = excluded.created_at
                                where not known.confirmed
                                """)
                        .params(
                                userId,
                                vault.seal(purpose(userId), secret),
                                clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
        if (written == 0) {
            throw ApiException.of(SignInProblems.SECOND_FACTOR_IS_ON);
        }
        return new Offer(
                secret,
                "otpauth://totp/FerryPay:"
                        + java.net.URLEncoder.encode(email, StandardCharsets.UTF_8)
                        + "?secret="
                        + secret
                        + "&issuer=FerryPay");
    }

    /**
     * Switches codes on for one who shows that the app has the secret.
     *
     * @return the recovery codes, shown this once
     */
    public List<String> confirm(String userId, String code) {
        return confirm(userId, code, () -> {});
    }

    /**
     * As {@link #confirm(String, String)}.
     *
     * @param also done in the same transaction
     */
    public List<String> confirm(String userId, String code, Runnable also) {
        tries.count(Tries.Kind.SECOND_FACTOR, userId);
        var fresh =
                transactions.execute(_ -> {
                    if (!takes(userId, code, false)) {
                        throw ApiException.of(SignInProblems.WRONG_CODE);
                    }
                    jdbc.sql("update totp set confirmed = true where user_id = ?")
                            .param(userId)
                            .update();
                    also.run();
                    return freshRecoveryCodes(userId);
                });
        tries.forgive(Tries.Kind.SECOND_FACTOR, userId);
        return fresh;
    }

    /** Replaces all that are left. */
    @Transactional
    public List<String> freshRecoveryCodes(String userId) {
        jdbc.sql("delete from recovery_code where user_id = ?").param(userId).update();
        var fresh = new ArrayList<String>();
        for (var i = 0; i < RECOVERY_CODES; i++) {
            var bytes = new byte[RECOVERY_BYTES];
            random.nextBytes(bytes);
            var code = new Base32().encodeToString(bytes).toLowerCase(Locale.ROOT);
            jdbc.sql("insert into recovery_code (user_id, code_hash) values (?, ?)")
                    .params(userId, hash(userId, code))
                    .update();
            fresh.add(
                    code.substring(0, 4)
                            + "-"
                            + code.substring(4, 8)
                            + "-"
                            + code.substring(8, 12)
                            + "-"
                            + code.substring(12));
        }
        return List.copyOf(fresh);
    }

    /** The recovery codes stay. */
    public void forgetApp(String userId) {
        jdbc.sql("delete from totp where user_id = ?").param(userId).update();
    }

    public void forgetRecoveryCodes(String userId) {
        jdbc.sql("delete from recovery_code where user_id = ?").param(userId).update();
    }

    /** Refuses with 401 {@code wrong_code}, also for a code that was used before. */
    public void proveByApp(String userId, String code) {
        tries.count(Tries.Kind.SECOND_FACTOR, userId);
        if (!takes(userId, code, true)) {
            throw ApiException.of(SignInProblems.WRONG_CODE);
        }
        tries.forgive(Tries.Kind.SECOND_FACTOR, userId);
    }

    /** Refuses with 401 {@code wrong_code}; uses the recovery code up. */
    public void proveByRecoveryCode(String userId, String code) {
        tries.count(Tries.Kind.SECOND_FACTOR, userId);
        var plain = code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        var used =
                jdbc.sql("delete from recovery_code where user_id = ? and code_hash = ?")
                        .params(userId, hash(userId, plain))
                        .update();
        if (used == 0) {
            throw ApiException.of(SignInProblems.WRONG_CODE);
        }
        tries.forgive(Tries.Kind.SECOND_FACTOR, userId);
    }

    /** The clock of a phone may be one step off; of two who show one code at once, one wins. */
    private boolean takes(String userId, String code, boolean confirmed) {
        var app = app(userId, confirmed).orElse(null);
        if (app == null) {
            return false;
        }
        var secret = new Base32().decode(vault.open(purpose(userId), app.sealed()));
        var now = clock.instant();
        var stepSeconds = codes.getTimeStep().toSeconds();
        for (var offset : new int[] {0, -1, 1}) {
            var at = now.plusSeconds(offset * stepSeconds);
            var step = at.getEpochSecond() / stepSeconds;
            if (step > app.lastStep() && isCode(secret, at, code)) {
                return jdbc.sql("update totp set last_step = ? where user_id = ? and last_step < ?")
                                .params(step, userId, step)
                                .update()
                        == 1;
            }
        }
        return false;
    }

    private boolean isCode(byte[] secret, Instant at, String shown) {
        try {
            var expected =
                    codes.generateOneTimePasswordString(
                            new SecretKeySpec(secret, HMAC), at, Locale.ROOT);
            return MessageDigest.isEqual(
                    expected.getBytes(StandardCharsets.US_ASCII),
                    shown.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("A secret of ours is no key", e);
        }
    }

    private Optional<App> app(String userId, boolean confirmed) {
        return jdbc.sql("select sealed, last_step from totp where user_id = ? and confirmed = ?")
                .params(userId, confirmed)
                .query((row, _) -> new App(row.getString(1), row.getLong(2)))
                .optional();
    }

    private static String purpose(String userId) {
        return "totp " + userId;
    }

    private static String hash(String userId, String code) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(
                                            (userId + "\n" + code)
                                                    .getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
