package io.ferrypay.paymentchannel.channel.wechat;

import com.wechat.pay.java.core.cipher.Verifier;
import com.wechat.pay.java.core.util.PemUtil;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Says whether WeChat signed something, with the key its serial names: the public key of public-key
 * mode, or a platform certificate. Both may be held while an account moves from one to the other.
 */
final class PlatformKeys implements Verifier {

    enum Verdict {
        VALID,
        UNKNOWN_SERIAL,
        BAD_SIGNATURE
    }

    private final @Nullable String publicKeyId;
    private final @Nullable PublicKey publicKey;
    private final @Nullable PlatformCertificates certificates;

    PlatformKeys(
            @Nullable String publicKeyId,
            @Nullable PublicKey publicKey,
            @Nullable PlatformCertificates certificates) {
        this.publicKeyId = publicKeyId;
        this.publicKey = publicKey;
        this.certificates = certificates;
    }

    /**
     * Checks {@code timestamp\nnonce\nbody\n} against the signature; the body's bytes as received.
     */
    Verdict check(String serial, String timestamp, String nonce, byte[] body, String signature) {
        var key = key(serial);
        if (key == null) {
            return Verdict.UNKNOWN_SERIAL;
        }
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            // WeChat's own probes ("WECHATPAY/SIGNTEST/…") end here.
            return Verdict.BAD_SIGNATURE;
        }
        try {
            var verification = Signature.getInstance("SHA256withRSA");
            verification.initVerify(key);
            verification.update((timestamp + "\n" + nonce + "\n").getBytes(StandardCharsets.UTF_8));
            verification.update(body);
            verification.update((byte) '\n');
            return verification.verify(decoded) ? Verdict.VALID : Verdict.BAD_SIGNATURE;
        } catch (SignatureException e) {
            return Verdict.BAD_SIGNATURE; // Not even of the right length.
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A platform key cannot be used", e);
        }
    }

    @Override
    public boolean verify(
            @Nullable String serialNumber, String message, @Nullable String signature) {
        if (serialNumber == null || signature == null) {
            return false;
        }
        var key = key(serialNumber);
        if (key == null) {
            return false;
        }
        try {
            var verification = Signature.getInstance("SHA256withRSA");
            verification.initVerify(key);
            verification.update(message.getBytes(StandardCharsets.UTF_8));
            return verification.verify(Base64.getDecoder().decode(signature));
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A platform key cannot be used", e);
        }
    }

    /**
     * The serial sent with every request; it tells WeChat which key to sign the answer with.
     *
     * @throws PlatformKeyUnavailable when no key is at hand
     */
    @Override
    public String getSerialNumber() {
        if (publicKeyId != null) {
            return publicKeyId;
        }
        if (certificates == null) {
            throw new IllegalStateException("No platform key is configured");
        }
        return PemUtil.getSerialNumber(certificates.getAvailableCertificate());
    }

    private @Nullable PublicKey key(String serial) {
        if (serial.equals(publicKeyId)) {
            return publicKey;
        }
        if (certificates == null) {
            return null;
        }
        var certificate = certificates.getCertificate(serial);
        return certificate == null ? null : certificate.getPublicKey();
    }
}
