package io.ferrypay.problem;

/** What can go wrong with any request, whatever it is about. */
public final class CommonProblems {

    public static final ProblemCode MALFORMED_JSON =
            ProblemCode.of("malformed_json", 400, "The body is not valid JSON");
    public static final ProblemCode INVALID_REQUEST =
            ProblemCode.of("invalid_request", 400, "The request is not valid");
    public static final ProblemCode UNKNOWN_FIELD =
            ProblemCode.of("unknown_field", 400, "The request has a field we do not know");
    public static final ProblemCode IDEMPOTENCY_KEY_MISSING =
            ProblemCode.of(
                    "idempotency_key_missing", 400, "This request needs an Idempotency-Key header");
    public static final ProblemCode IDEMPOTENCY_KEY_INVALID =
            ProblemCode.of("idempotency_key_invalid", 400, "The Idempotency-Key is not valid");
    public static final ProblemCode UNAUTHENTICATED =
            ProblemCode.of("unauthenticated", 401, "The request has no valid credentials");
    public static final ProblemCode FORBIDDEN_SCOPE =
            ProblemCode.of("forbidden_scope", 403, "These credentials may not do this");
    public static final ProblemCode NOT_FOUND =
            ProblemCode.of("not_found", 404, "There is nothing here");
    public static final ProblemCode METHOD_NOT_ALLOWED =
            ProblemCode.of("method_not_allowed", 405, "This method is not allowed here");
    public static final ProblemCode NOT_ACCEPTABLE =
            ProblemCode.of("not_acceptable", 406, "We can't answer in the wanted format");
    public static final ProblemCode IDEMPOTENCY_IN_PROGRESS =
            ProblemCode.temporary(
                    "idempotency_in_progress",
                    409,
                    "A request with this Idempotency-Key is still running");
    public static final ProblemCode PAYLOAD_TOO_LARGE =
            ProblemCode.of("payload_too_large", 413, "The body is too large");
    public static final ProblemCode UNSUPPORTED_MEDIA_TYPE =
            ProblemCode.of("unsupported_media_type", 415, "We can't read this content type");
    public static final ProblemCode IDEMPOTENCY_MISMATCH =
            ProblemCode.of(
                    "idempotency_mismatch",
                    422,
                    "This Idempotency-Key was used for another request");
    public static final ProblemCode RATE_LIMITED =
            ProblemCode.temporary("rate_limited", 429, "Too many requests");
    public static final ProblemCode INTERNAL_ERROR =
            ProblemCode.temporary("internal_error", 500, "Something went wrong on our side");
    public static final ProblemCode SERVICE_UNAVAILABLE =
            ProblemCode.temporary("service_unavailable", 503, "Not available at the moment");
    public static final ProblemCode GATEWAY_TIMEOUT =
            ProblemCode.temporary(
                    "gateway_timeout", 504, "A part of the platform did not answer in time");

    private CommonProblems() {}
}
