package io.ferrypay.sandbox.wechat.wire;

/**
 * The four headers that prove who wrote a body.
 *
 * @param timestamp seconds since 1970
 * @param signature Base64
 */
public record SignatureHeaders(String timestamp, String nonce, String signature, String serial) {}
