package io.ferrypay.signin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals text and files with AES-256-GCM under this service's key, {@code ferry.secrets.key}: {@code
 * k1.<nonce>.<ciphertext>}, where {@code k1} names the key for the day there is a second one.
 *
 * <p>Every text is bound to what it is for; sealed text moved to another row's column, or another
 * person's, does not open.
 */
public class Vault {

    private static final String KEY_ID = "k1";
    private static final byte[] PREFIX = (KEY_ID + ".").getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    Vault(String key) {
        var bytes = Base64.getDecoder().decode(key);
        if (bytes.length != 32) {
            throw new IllegalStateException("ferry.secrets.key must be 32 bytes in Base64");
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /**
     * @param purpose what the text is for and whose it is; the same is needed to open it
     */
    public String seal(String purpose, String text) {
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
                                purpose,
                                text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Fails when it was sealed for something else, or with another key. */
    public String open(String purpose, String sealed) {
        var parts = sealed.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(KEY_ID)) {
            throw new IllegalStateException("Sealed with a key this service does not have");
        }
        return new String(
                run(
                        Cipher.DECRYPT_MODE,
                        Base64.getDecoder().decode(parts[1]),
                        purpose,
                        Base64.getDecoder().decode(parts[2])),
                StandardCharsets.UTF_8);
    }

    /**
     * A file's content: {@code k1.}, the nonce and the ciphertext.
     *
     * @param purpose as for text
     */
    public byte[] sealBytes(String purpose, byte[] content) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var start = PREFIX.length + NONCE_BYTES;
        var sealed = new byte[start + content.length + TAG_BITS / 8];
        System.arraycopy(PREFIX, 0, sealed, 0, PREFIX.length);
        System.arraycopy(nonce, 0, sealed, PREFIX.length, NONCE_BYTES);
        try {
            cipher(Cipher.ENCRYPT_MODE, nonce, purpose)
                    .doFinal(content, 0, content.length, sealed, start);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A file could not be sealed", e);
        }
    }

    /** Fails when it was sealed for something else, with another key, or changed since. */
    public byte[] openBytes(String purpose, byte[] sealed) {
        var start = PREFIX.length + NONCE_BYTES;
        if (sealed.length < start
                || !Arrays.equals(sealed, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
            throw new IllegalStateException("Sealed with a key this service does not have");
        }
        try {
            return cipher(
                            Cipher.DECRYPT_MODE,
                            Arrays.copyOfRange(sealed, PREFIX.length, start),
                            purpose)
                    .doFinal(sealed, start, sealed.length - start);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A file could not be opened", e);
        }
    }

    private byte[] run(int mode, byte[] nonce, String purpose, byte[] bytes) {
        try {
            return cipher(mode, nonce, purpose).doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A secret could not be sealed or opened", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
