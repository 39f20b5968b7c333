package io.ferrypay.tradeadmin.withdrawal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Seals bank account numbers with AES-256-GCM under {@code ferry.secrets.key}: {@code
 * k1.<nonce>.<ciphertext>}. Each is bound to its account's id; moved to another row it does not
 * open.
 */
@Component
class NumberVault {

    private static final String KEY_ID = "k1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    NumberVault(@Value("${ferry.secrets.key}") String key) {
        var bytes = Base64.getDecoder().decode(key);
        if (bytes.length != 32) {
            throw new IllegalStateException("ferry.secrets.key must be 32 bytes in Base64");
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    String seal(String accountId, String number) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var base64 = Base64.getEncoder().withoutPadding();
        return KEY_ID
                + "."
                + base64.encodeToString(nonce)
                + "."
                + base64.encodeToString(
                        run(
                                Cipher.ENCRYPT_MODE,
                                nonce,
                                accountId,
                                number.getBytes(StandardCharsets.UTF_8)));
    }

    String open(String accountId, String sealed) {
        var parts = sealed.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(KEY_ID)) {
            throw new IllegalStateException("Sealed with a key this service does not have");
        }
        return new String(
                run(
                        Cipher.DECRYPT_MODE,
                        Base64.getDecoder().decode(parts[1]),
                        accountId,
                        Base64.getDecoder().decode(parts[2])),
                StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, byte[] nonce, String purpose, byte[] bytes) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(("bank-account/" + purpose).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A number could not be sealed or opened", e);
        }
    }
}
