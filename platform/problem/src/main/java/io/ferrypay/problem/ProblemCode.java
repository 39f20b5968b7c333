package io.ferrypay.problem;

/**
 * A kind of error that callers may rely on. Each capability lists its own; codes are permanent once
 * published.
 *
 * @param code lower-case words joined by underscores, such as {@code reference_exists}
 * @param status the HTTP status it is answered with
 * @param title one short sentence for people, the same every time
 * @param retryable whether the same request may succeed later
 */
public record ProblemCode(String code, int status, String title, boolean retryable) {

    /** What the same request will meet again. */
    public static ProblemCode of(String code, int status, String title) {
        return new ProblemCode(code, status, title, false);
    }

    /** What may be over when the same request comes again. */
    public static ProblemCode temporary(String code, int status, String title) {
        return new ProblemCode(code, status, title, true);
    }
}
