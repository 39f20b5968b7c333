package io.ferrypay.merchant.signin;

import io.ferrypay.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts tries at what must not be guessed, before they are made, so that many at once can't slip
 * through; all instances count together. Accounts that don't exist are locked like those that do.
 */
@Component
public class Tries {

    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int BATCH = 1000;

    /** What is counted, and how much of it is let through in fifteen minutes or what it says. */
    public enum Kind {
        /** Sign-ins to one account. */
        ACCOUNT(10),
        /** Whatever strangers try from one address; a shop's staff may share it. */
        ADDRESS(60),
        /** Second factors of one person. */
        SECOND_FACTOR(10),
        /** Mails that strangers make us send to one address. */
        MAIL(5),
        /** Pairing codes typed at one address. */
        PAIRING(20),
        /** Wrong pairing codes of the whole platform: few are right, and addresses are cheap. */
        PAIRING_ANYWHERE(200, Duration.ofMinutes(1)),
        /** PINs of one cashier. */
        CASHIER_PIN(5),
        /** PINs of whoever stands at one device. */
        DEVICE_PIN(15);

        private final int most;
        private final Duration window;

        Kind(int most) {
            this(most, WINDOW);
        }

        Kind(int most, Duration window) {
            this.most = most;
            this.window = window;
        }
    }

    private final JdbcClient jdbc;
    private final Clock clock;

    Tries(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Count(int tries, Instant windowEndsAt) {}

    /**
     * Refuses with 429 {@code too_many_attempts} beyond the limit; not to be called in a
     * transaction, whose end could undo the count.
     */
    public void count(Kind kind, String whose) {
        var now = clock.instant();
        var counted =
                jdbc.sql(
                                """
                                insert into sign_in_attempt as known (subject, tries, window_ends_at)
                                values (:subject, 1, :end)
                                on conflict (subject) do update set
                                    tries = case when known.window_ends_at <= :now then 1 else known.tries + 1 end,
                                    window_ends_at = case when known.window_ends_at <= :now then :end
                                        else known.window_ends_at end
                                returning tries, window_ends_at
                                """)
                        .param("subject", subject(kind, whose))
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("end", now.plus(kind.window).atOffset(ZoneOffset.UTC))
                        .query((row, _) ->
                                new Count(
                                        row.getInt("tries"),
                                        row.getTimestamp("window_ends_at").toInstant()))
                        .single();
        if (counted.tries() > kind.most) {
            throw ApiException.of(
                            SignInProblems.TOO_MANY_ATTEMPTS,
                            "Try again after the time in Retry-After.")
                    .retryAfter(Duration.between(now, counted.windowEndsAt()));
        }
    }

    /** The try was good and does not count; those before it still do. */
    public void takeBack(Kind kind, String whose) {
        jdbc.sql("update sign_in_attempt set tries = tries - 1 where subject = ? and tries > 0")
                .param(subject(kind, whose))
                .update();
    }

    /** The try was good: those before it are forgiven. */
    public void forgive(Kind kind, String whose) {
        jdbc.sql("delete from sign_in_attempt where subject = ?")
                .param(subject(kind, whose))
                .update();
    }

    private static String subject(Kind kind, String whose) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest((kind.name() + "\n" + whose).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Scheduled(fixedDelayString = "PT10M")
    void forgetOld() {
        jdbc.sql(
                        "delete from sign_in_attempt where ctid in (select ctid from sign_in_attempt where window_ends_at < ? limit ?)")
                .params(clock.instant().atOffset(ZoneOffset.UTC), BATCH)
                .update();
    }
}
