package io.ferrypay.signin;

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

/**
 * Counts tries at what must not be guessed, before they are made, so that many at once can't slip
 * through; all instances count together. Accounts that don't exist are locked like those that do.
 */
public class Tries {

    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int BATCH = 1000;

    /**
     * What is counted.
     *
     * @param name stable: what was counted under it stays counted
     * @param most how much of it is let through in a window
     */
    public record Kind(String name, int most, Duration window) {

        /** Sign-ins to one account. */
        public static final Kind ACCOUNT = new Kind("ACCOUNT", 10);

        /**
         * Sign-ins to one account from all networks, where {@link #ACCOUNT} counts those from one:
         * so many that no stranger alone locks somebody out, and few enough that guessing is slow.
         */
        public static final Kind ACCOUNT_ANYWHERE = new Kind("ACCOUNT_ANYWHERE", 300);

        /** Whatever strangers try from one address, which many people may share. */
        public static final Kind ADDRESS = new Kind("ADDRESS", 60);

        /** Second factors of one person. */
        public static final Kind SECOND_FACTOR = new Kind("SECOND_FACTOR", 10);

        /** In fifteen minutes. */
        public Kind(String name, int most) {
            this(name, most, WINDOW);
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
                        .param("end", now.plus(kind.window()).atOffset(ZoneOffset.UTC))
                        .query((row, _) ->
                                new Count(
                                        row.getInt("tries"),
                                        row.getTimestamp("window_ends_at").toInstant()))
                        .single();
        if (counted.tries() > kind.most()) {
            throw ApiException.of(
                            SignInProblems.TOO_MANY_ATTEMPTS,
                            "Try again after the time in Retry-After.")
                    .retryAfter(Duration.between(now, counted.windowEndsAt()));
        }
    }

    /**
     * Counts a try at the password of an account, by the account and the network it comes from, and
     * over all networks. Refuses as {@link #count}.
     *
     * @param network as {@link ClientAddress#subscriber} tells
     */
    public void countPassword(String account, String network) {
        count(Kind.ACCOUNT, at(account, network));
        count(Kind.ACCOUNT_ANYWHERE, account);
    }

    /** The password was right: what was tried from this network is forgiven. */
    public void forgivePassword(String account, String network) {
        forgive(Kind.ACCOUNT, at(account, network));
        takeBack(Kind.ACCOUNT_ANYWHERE, account);
    }

    private static String at(String account, String network) {
        return account + "\n" + network;
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
                        "delete from sign_in_attempt where ctid in (select ctid from"
                                + " sign_in_attempt where window_ends_at < ? limit ?)")
                .params(clock.instant().atOffset(ZoneOffset.UTC), BATCH)
                .update();
    }
}
