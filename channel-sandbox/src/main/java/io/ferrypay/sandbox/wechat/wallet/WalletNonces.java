package io.ferrypay.sandbox.wechat.wallet;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes sure that a payment was confirmed on our page: the form carries a value only the server can
 * make, bound to the code and to a cookie other sites can neither read nor send.
 */
@Component
class WalletNonces {

    private static final int COOKIE_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    WalletNonces() {
        var secret = new byte[32];
        random.nextBytes(secret);
        key = new SecretKeySpec(secret, "HmacSHA256");
    }

    String newCookie() {
        var bytes = new byte[COOKIE_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String nonce(String cookie, String code) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(cookie.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(code.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isGenuine(@Nullable String cookie, String code, String nonce) {
        return cookie != null
                && MessageDigest.isEqual(
                        nonce(cookie, code).getBytes(StandardCharsets.US_ASCII),
                        nonce.getBytes(StandardCharsets.UTF_8));
    }
}
