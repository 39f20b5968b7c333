package io.ferrypay.merchant.device;

/**
 * A refund that a PIN was given for: what is asked of that session under that key is the same
 * refund, however often it is sent.
 *
 * @param sessionId {@code spot_…}
 */
public record OneRefund(String sessionId, String idempotencyKey) {

    private static final String SESSIONS = "/v2/spotpay/sessions/";

    /** Whether such a request asks for it. */
    boolean isAskedForBy(String method, String path, String key) {
        return method.equals("POST")
                && path.equals(SESSIONS + sessionId + "/refunds")
                && key.equals(idempotencyKey);
    }
}
