package io.ferrypay.merchant.device;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Hashes what is short enough to be found by trying all there is (a pairing code, a PIN) under a
 * key that is not in the database (HMAC-SHA256, the key by HKDF from {@code ferry.secrets.key}).
 */
@Component
class KeyedHash {

    private static final String MAC = "HmacSHA256";

    private final SecretKey key;

    KeyedHash(@Value("${ferry.secrets.key}") String secret) {
        try {
            this.key =
                    KDF.getInstance("HKDF-SHA256")
                            .deriveKey(
                                    MAC,
                                    HKDFParameterSpec.ofExtract()
                                            .addIKM(Base64.getDecoder().decode(secret))
                                            .thenExpand(
                                                    "ferrypay devices v1"
                                                            .getBytes(StandardCharsets.US_ASCII),
                                                    32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param purpose what the text is for, and whose it is
     */
    byte[] of(String purpose, String text) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac.doFinal((purpose + "\n" + text).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
