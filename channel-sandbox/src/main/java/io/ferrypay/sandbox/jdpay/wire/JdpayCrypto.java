package io.ferrypay.sandbox.jdpay.wire;

import io.ferrypay.sandbox.jdpay.JdpayKeys;
import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** JD's side of the cryptography: triple DES for secrecy, RSA over a digest's hex for proof. */
@Component
@OnlyWithJdpayKeys
class JdpayCrypto {

    private static final int BLOCK = 8;
    private static final int MAX_BYTES = 16_384;

    private final JdpayKeys keys;
    private final SecureRandom random = new SecureRandom();

    JdpayCrypto(JdpayKeys keys) {
        this.keys = keys;
    }

    String encrypt(String text) {
        try {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var block = new ByteArrayOutputStream();
            var data = new DataOutputStream(block);
            data.writeInt(bytes.length);
            data.write(bytes);
            while (block.size() % BLOCK != 0) {
                data.write(0);
            }
            return HexFormat.of()
                    .formatHex(tripleDes(Cipher.ENCRYPT_MODE).doFinal(block.toByteArray()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Null when it was not encrypted with the shared key. */
    @Nullable String decrypt(String hex) {
        try {
            var block =
                    ByteBuffer.wrap(
                            tripleDes(Cipher.DECRYPT_MODE).doFinal(HexFormat.of().parseHex(hex)));
            int length = block.remaining() < 4 ? -1 : block.getInt();
            if (length < 0 || length > MAX_BYTES || length > block.remaining()) {
                return null;
            }
            var bytes = new byte[length];
            block.get(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    String sign(String text) {
        try {
            var rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            rsa.init(Cipher.ENCRYPT_MODE, keys.jdKey());
            return Base64.getEncoder().encodeToString(rsa.doFinal(digest(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As long as a signature, and nobody's. */
    String forge() {
        var bytes = new byte[256];
        random.nextBytes(bytes);
        bytes[0] = 1; // Less than any modulus of that length.
        return Base64.getEncoder().encodeToString(bytes);
    }

    boolean isMerchants(String text, String sign) {
        try {
            var rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            rsa.init(Cipher.DECRYPT_MODE, keys.merchantKey());
            var signed = rsa.doFinal(Base64.getDecoder().decode(sign.replaceAll("\\s", "")));
            return MessageDigest.isEqual(signed, digest(text));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] digest(String text) throws GeneralSecurityException {
        var sha256 =
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(sha256).getBytes(StandardCharsets.US_ASCII);
    }

    /** JD's choice of algorithm, faithfully repeated. */
    @SuppressWarnings("InsecureCryptoUsage")
    private Cipher tripleDes(int mode) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("DESede/ECB/NoPadding");
        cipher.init(mode, keys.desKey());
        return cipher;
    }
}
