package io.ferrypay.problem;

/**
 * A kind of error that callers may rely on. Each service lists its own in an enum; codes are
 * permanent once published.
 */
public interface ProblemCode {

    /** Lower-case words joined by underscores, such as {@code reference_exists}. */
    String code();

    /** The HTTP status it is answered with. */
    int status();

    /** One short sentence for people, the same every time. */
    String title();

    /** Whether the same request may succeed later. */
    default boolean retryable() {
        return false;
    }
}
