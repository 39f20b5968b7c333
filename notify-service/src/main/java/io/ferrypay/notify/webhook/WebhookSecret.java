package io.ferrypay.notify.webhook;

import io.ferrypay.notify.secret.Vault;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A merchant's secret for HMAC-SHA256 signatures: 32 random bytes, shown as {@code whsec_} and
 * Base64 (Standard Webhooks 1.0).
 */
final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    private WebhookSecret(byte[] key) {
        this.key = key;
    }

    static WebhookSecret random() {
        var key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return new WebhookSecret(key);
    }

    static WebhookSecret open(Vault vault, String sealed) {
        return new WebhookSecret(vault.open(sealed));
    }

    String sealedBy(Vault vault) {
        return vault.seal(key);
    }

    String reveal() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /** One entry of the signature header. */
    String sign(byte[] content) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
