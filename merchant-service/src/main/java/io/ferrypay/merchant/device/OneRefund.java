package io.ferrypay.merchant.device;

/**
 * A refund that a PIN was given for: what is asked of that session under that key is the same
 * refund, however often it is sent. The body says how much, so it is the same to the last byte.
 *
 * @param sessionId {@code spot_…}
 * @param bodySha256 of the request's body, in Base64
 */
public record OneRefund(String sessionId, String idempotencyKey, String bodySha256) {

    private static final String SESSIONS = "/v2/spotpay/sessions/";

    /** Whether such a request asks for it. */
    boolean isAskedForBy(DeviceSignature request, String key) {
        return request.method().equals("POST")
                && request.path().equals(SESSIONS + sessionId + "/refunds")
                && request.bodySha256().equals(bodySha256)
                && key.equals(idempotencyKey);
    }
}
