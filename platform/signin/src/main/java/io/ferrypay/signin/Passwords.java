package io.ferrypay.signin;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Passwords, kept as Argon2id with 19 MiB and two passes (OWASP's first choice). Few are hashed at
 * once, because each takes that memory; the others wait, and are refused after five seconds. The
 * metric {@code signin.password.hashes} counts them.
 */
public class Passwords {

    /** NIST SP 800-63B asks for length, not for kinds of characters. */
    public static final int SHORTEST = 12;

    public static final int LONGEST = 128;

    private static final int AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final String nobodys = encoder.encode(UUID.randomUUID().toString());
    private final Guesses guesses = new Guesses();
    private final Counter hashes;

    Passwords(MeterRegistry meters) {
        this.hashes = meters.counter("signin.password.hashes");
    }

    /**
     * The hash of what a person chose as password; refuses with 422 {@code password_too_easy} what
     * a guesser would try among the first hundred million.
     *
     * @param about words that are no secret here, such as the person's address and name
     */
    public String choose(String password, String... about) {
        if (guesses.areFew(password, about)) {
            throw ApiException.of(
                    SignInProblems.PASSWORD_TOO_EASY,
                    "Well-known passwords, rows of keys, dates and repeats are guessed first.");
        }
        return hash(password);
    }

    /** The hash of a secret that is short by its nature and has its own limit of tries. */
    public String hash(String secret) {
        return placed(() -> encoder.encode(secret));
    }

    /** Takes as long without a hash as with one, so that nobody learns which accounts exist. */
    public boolean matches(String password, @Nullable String hash) {
        return placed(() -> encoder.matches(password, hash == null ? nobodys : hash))
                && hash != null;
    }

    /** Refuses with 503 when many others are waiting. */
    private <T> T placed(Supplier<T> work) {
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ApiException.of(CommonProblems.SERVICE_UNAVAILABLE)
                        .retryAfter(Duration.ofSeconds(2));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ApiException.of(CommonProblems.SERVICE_UNAVAILABLE);
        }
        hashes.increment();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
