package io.ferrypay.notify.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Seals secrets for the database with AES-256-GCM: {@code k1.<nonce>.<ciphertext>}, where {@code
 * k1} names the key for the day there is a second one.
 */
@Component
public class Vault {

    private static final String KEY_ID = "k1";
    private static final String HMAC = "HmacSHA256";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    Vault(@Value("${ferry.secrets.key}") String key) {
        var bytes = Base64.getDecoder().decode(key);
        if (bytes.length != 32) {
            throw new IllegalStateException("ferry.secrets.key must be 32 bytes in Base64");
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /** Sealed differently each time, even for the same secret. */
    public String seal(byte[] secret) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var base64 = Base64.getEncoder().withoutPadding();
        return KEY_ID
                + "."
                + base64.encodeToString(nonce)
                + "."
                + base64.encodeToString(run(Cipher.ENCRYPT_MODE, nonce, secret));
    }

    /**
     * The same mark for the same value and purpose, by which it is found again without being kept:
     * an HMAC, so that nobody without the key can try values.
     *
     * @param purpose keeps marks of different things apart
     */
    public String mark(String purpose, byte[] value) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(hmac(key.getEncoded(), purpose), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(value));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A mark could not be made", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @throws IllegalStateException if this service's key did not seal it
     */
    public byte[] open(String sealed) {
        var parts = sealed.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(KEY_ID)) {
            throw new IllegalStateException("Sealed with a key this service does not have");
        }
        return run(
                Cipher.DECRYPT_MODE,
                Base64.getDecoder().decode(parts[1]),
                Base64.getDecoder().decode(parts[2]));
    }

    private byte[] run(int mode, byte[] nonce, byte[] bytes) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A secret could not be sealed or opened", e);
        }
    }
}
