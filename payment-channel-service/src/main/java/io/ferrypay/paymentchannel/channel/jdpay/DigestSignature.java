package io.ferrypay.paymentchannel.channel.jdpay;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * JD's signature: RSA (PKCS#1 block type 1) straight over the 64 characters of the text's SHA-256
 * in lower-case hex. It is not {@code SHA256withRSA}, which would name the digest inside the block.
 */
final class DigestSignature {

    private static final String RSA_OVER_BYTES_AS_THEY_ARE = "NONEwithRSA";

    private final PrivateKey ours;
    private final PublicKey theirs;

    DigestSignature(PrivateKey ours, PublicKey theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    String sign(String text) {
        try {
            var signature = Signature.getInstance(RSA_OVER_BYTES_AS_THEY_ARE);
            signature.initSign(ours);
            signature.update(digest(text));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether JD signed the text; line breaks within the Base64 do not matter. */
    boolean isGenuine(String text, String sign) {
        try {
            var signature = Signature.getInstance(RSA_OVER_BYTES_AS_THEY_ARE);
            signature.initVerify(theirs);
            signature.update(digest(text));
            return signature.verify(Base64.getDecoder().decode(sign.replaceAll("\\s", "")));
        } catch (SignatureException | IllegalArgumentException e) {
            return false; // Not Base64, or not as long as the key.
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digest(String text) throws GeneralSecurityException {
        var sha256 =
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(sha256).getBytes(StandardCharsets.US_ASCII);
    }
}
