package io.ferrypay.paymentchannel.channel.payease;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Payease's own signature ({@code v_sign}): RSA over the 32 characters of the text's MD5 in
 * lower-case hex, without the usual name of the digest in front of them.
 */
final class Sign {

    private static final Pattern KEY_FILE =
            Pattern.compile(
                    "\\s*m\\s*=\\s*([0-9a-fA-F]+)\\s*;\\s*e\\s*=\\s*([0-9a-fA-F]+)\\s*;?\\s*");
    private static final int FEWEST_BITS = 1024;
    private static final int LONGEST_HEX = 1024;

    private final PublicKey key;

    private Sign(PublicKey key) {
        this.key = key;
    }

    /**
     * Reads {@code Public1024.key}: {@code m=<hex modulus>;e=<hex exponent>;}.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    static Sign ofKeyFile(String text) {
        var parts = KEY_FILE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not m=<hex>;e=<hex>;");
        }
        var modulus = new BigInteger(parts.group(1), 16);
        if (modulus.bitLength() < FEWEST_BITS) {
            throw new IllegalArgumentException("a key of less than 1024 bits");
        }
        try {
            return new Sign(
                    KeyFactory.getInstance("RSA")
                            .generatePublic(
                                    new RSAPublicKeySpec(
                                            modulus, new BigInteger(parts.group(2), 16))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an RSA public key", e);
        }
    }

    /** Whether Payease signed those values, joined without separators. */
    boolean covers(String signHex, String... values) {
        if (signHex.isEmpty() || signHex.length() > LONGEST_HEX) {
            return false;
        }
        try {
            var signature = Signature.getInstance("NONEwithRSA");
            signature.initVerify(key);
            signature.update(digest(String.join("", values)));
            return signature.verify(HexFormat.of().parseHex(signHex));
        } catch (SignatureException | IllegalArgumentException e) {
            return false; // Of the wrong length, or no hex at all.
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] digest(String text) throws GeneralSecurityException {
        var md5 = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(md5).getBytes(StandardCharsets.US_ASCII);
    }
}
