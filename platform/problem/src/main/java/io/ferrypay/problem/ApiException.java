package io.ferrypay.problem;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that becomes a problem answer. Cheap: it carries no stack trace, because it is an
 * answer and not a fault.
 */
public final class ApiException extends RuntimeException {

    private final transient ProblemCode code;
    private final transient Problem.Builder problem;
    private final @Nullable Duration retryAfter;

    private ApiException(ProblemCode code, Problem.Builder problem, @Nullable Duration retryAfter) {
        super(code.code(), null, false, false);
        this.code = code;
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    public static ApiException of(ProblemCode code) {
        return new ApiException(code, Problem.of(code), null);
    }

    public static ApiException of(ProblemCode code, String detail) {
        return new ApiException(code, Problem.of(code).detail(detail), null);
    }

    /** With all that a problem can say. */
    public static ApiException of(ProblemCode code, UnaryOperator<Problem.Builder> more) {
        return new ApiException(code, more.apply(Problem.of(code)), null);
    }

    /** One field of the request is wrong. */
    public static ApiException invalid(String pointer, String errorCode, String message) {
        return of(
                CommonProblems.INVALID_REQUEST,
                problem ->
                        problem.detail(pointer + " " + message).error(pointer, errorCode, message));
    }

    /** The same refusal with a {@code Retry-After} header, in whole seconds, at least one. */
    public ApiException retryAfter(Duration wait) {
        return new ApiException(code, problem, wait);
    }

    public ProblemCode code() {
        return code;
    }

    @Nullable Duration retryAfter() {
        return retryAfter;
    }

    Problem problem(@Nullable String requestId) {
        return problem.build(requestId);
    }
}
