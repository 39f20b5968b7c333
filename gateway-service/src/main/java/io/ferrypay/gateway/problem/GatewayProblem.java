package io.ferrypay.gateway.problem;

import java.util.Locale;

/** The answers the gateway gives by itself; codes are part of the public API and never change. */
public enum GatewayProblem {
    INVALID_REQUEST(400, "The request is not valid", false),
    UNSUPPORTED_VERSION(400, "This Ferry-Version does not exist", false),
    UNAUTHENTICATED(401, "The request has no valid credentials", false),
    DIGEST_MISMATCH(401, "The body is not the one that Content-Digest speaks of", false),
    CLOCK_SKEWED(401, "The clock of this device is wrong", true),
    SIGNATURE_INVALID(401, "The signature does not fit the request", false),
    DEVICE_REVOKED(401, "This device is revoked for good", false),
    NONCE_USED(401, "A request with this nonce has been here before", true),
    FORBIDDEN_SCOPE(403, "These credentials may not do this", false),
    IP_NOT_ALLOWED(403, "This API key may not be used from here", false),
    MERCHANT_SUSPENDED(403, "The merchant is suspended", false),
    MERCHANT_NOT_LIVE(403, "The merchant is not approved for live mode yet", false),
    CSRF_TOKEN_INVALID(403, "The X-XSRF-TOKEN header must repeat the XSRF-TOKEN cookie", false),
    STEP_UP_REQUIRED(403, "Prove again who you are", false),
    NOT_FOUND(404, "There is nothing here", false),
    METHOD_NOT_ALLOWED(405, "This method is not allowed here", false),
    MERCHANT_SWITCHED(409, "The page shows another merchant than the session is for", false),
    REQUEST_TIMEOUT(408, "The body did not arrive in time", true),
    PAYLOAD_TOO_LARGE(413, "The body is too large", false),
    RATE_LIMITED(429, "Too many requests", true),
    TOO_MANY_WAITING(429, "Too many requests are held open", true),
    INTERNAL_ERROR(500, "Something went wrong on our side", true),
    SERVICE_UNAVAILABLE(503, "Not available at the moment", true),
    GATEWAY_TIMEOUT(504, "A part of the platform did not answer in time", true);

    private final int status;
    private final String code;
    private final String title;
    private final boolean retryable;

    GatewayProblem(int status, String title, boolean retryable) {
        this.status = status;
        this.code = name().toLowerCase(Locale.ROOT);
        this.title = title;
        this.retryable = retryable;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    String title() {
        return title;
    }

    boolean retryable() {
        return retryable;
    }

    /** What to say when a service failed in words of its own that must not reach the caller. */
    public static GatewayProblem inPlaceOf(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN_SCOPE;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 413 -> PAYLOAD_TOO_LARGE;
            case 429 -> RATE_LIMITED;
            case 502, 503 -> SERVICE_UNAVAILABLE;
            case 504 -> GATEWAY_TIMEOUT;
            default -> status < 500 ? INVALID_REQUEST : INTERNAL_ERROR;
        };
    }
}
