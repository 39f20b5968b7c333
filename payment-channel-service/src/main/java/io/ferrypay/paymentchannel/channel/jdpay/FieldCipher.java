package io.ferrypay.paymentchannel.channel.jdpay;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * JD's encryption of a value: triple DES without padding over the value's length (four bytes, big
 * end first), its UTF-8 bytes and zeros up to a whole block, written as lower-case hex.
 */
final class FieldCipher {

    static final int KEY_BYTES = 24;

    private static final int BLOCK = 8;
    private static final int LENGTH_BYTES = 4;

    /** JD's own library refuses more when it decrypts. */
    private static final int MAX_BYTES = 16_384;

    private final SecretKey key;

    FieldCipher(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a DES key of JD Pay has " + KEY_BYTES + " bytes");
        }
        this.key = new SecretKeySpec(key, "DESede");
    }

    String encrypt(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = LENGTH_BYTES + bytes.length;
        var block = ByteBuffer.allocate((length + BLOCK - 1) / BLOCK * BLOCK);
        block.putInt(bytes.length).put(bytes);
        try {
            return HexFormat.of().formatHex(cipher(Cipher.ENCRYPT_MODE).doFinal(block.array()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value, or null when this is nothing that was encrypted with our key. */
    @Nullable String decrypt(String hex) {
        if (hex.isEmpty() || hex.length() % (2 * BLOCK) != 0) {
            return null;
        }
        try {
            var block =
                    ByteBuffer.wrap(
                            cipher(Cipher.DECRYPT_MODE).doFinal(HexFormat.of().parseHex(hex)));
            int length = block.getInt();
            if (length < 0 || length > MAX_BYTES || length > block.remaining()) {
                return null;
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(block.slice().limit(length))
                    .toString();
        } catch (GeneralSecurityException | CharacterCodingException e) {
            return null;
        } catch (IllegalArgumentException e) {
            return null; // Not hex.
        }
    }

    /** JD's choice, and not ours to better: the signature is what we rely on. */
    @SuppressWarnings("InsecureCryptoUsage")
    private Cipher cipher(int mode) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("DESede/ECB/NoPadding");
        cipher.init(mode, key);
        return cipher;
    }
}
