package io.ferrypay.problem;

import java.util.Locale;

/** What can go wrong with any request, whatever it is about. */
public enum CommonProblems implements ProblemCode {
    MALFORMED_JSON(400, "The body is not valid JSON"),
    INVALID_REQUEST(400, "The request is not valid"),
    UNKNOWN_FIELD(400, "The request has a field we do not know"),
    IDEMPOTENCY_KEY_MISSING(400, "This request needs an Idempotency-Key header"),
    IDEMPOTENCY_KEY_INVALID(400, "The Idempotency-Key is not valid"),
    UNAUTHENTICATED(401, "The request has no valid credentials"),
    FORBIDDEN_SCOPE(403, "These credentials may not do this"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
    NOT_ACCEPTABLE(406, "We can't answer in the wanted format"),
    IDEMPOTENCY_IN_PROGRESS(409, "A request with this Idempotency-Key is still running", true),
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "We can't read this content type"),
    IDEMPOTENCY_MISMATCH(422, "This Idempotency-Key was used for another request"),
    RATE_LIMITED(429, "Too many requests", true),
    INTERNAL_ERROR(500, "Something went wrong on our side", true),
    SERVICE_UNAVAILABLE(503, "Not available at the moment", true),
    GATEWAY_TIMEOUT(504, "A part of the platform did not answer in time", true);

    private final int status;
    private final String title;
    private final boolean retryable;

    CommonProblems(int status, String title) {
        this(status, title, false);
    }

    CommonProblems(int status, String title, boolean retryable) {
        this.status = status;
        this.title = title;
        this.retryable = retryable;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public boolean retryable() {
        return retryable;
    }
}
