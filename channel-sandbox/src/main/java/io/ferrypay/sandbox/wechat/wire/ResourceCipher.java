package io.ferrypay.sandbox.wechat.wire;

import io.ferrypay.sandbox.wechat.WechatKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.springframework.stereotype.Component;

/** AES-256-GCM under the API v3 key, for certificates and notifications. */
@Component
public class ResourceCipher {

    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private final WechatKeys keys;
    private final Nonces nonces;

    ResourceCipher(WechatKeys keys, Nonces nonces) {
        this.keys = keys;
        this.nonces = nonces;
    }

    /**
     * What the receiver needs besides the key.
     *
     * @param ciphertext Base64 of the cipher text followed by its 16-byte tag
     */
    public record Sealed(
            String algorithm, String nonce, String associatedData, String ciphertext) {}

    public Sealed seal(byte[] plain, String associatedData) {
        var nonce = nonces.next(NONCE_LENGTH);
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    keys.apiV3Key(),
                    new GCMParameterSpec(TAG_BITS, nonce.getBytes(StandardCharsets.US_ASCII)));
            cipher.updateAAD(associatedData.getBytes(StandardCharsets.US_ASCII));
            return new Sealed(
                    "AEAD_AES_256_GCM",
                    nonce,
                    associatedData,
                    Base64.getEncoder().encodeToString(cipher.doFinal(plain)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
