package io.ferrypay.sandbox.jdpay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys JD has: its own, and what it knows of the merchant's.
 *
 * @param merchantKey verifies what the merchant sends
 * @param jdKey signs what JD says
 * @param desKey 24 bytes shared with the merchant
 * @param md5Key shared too, for bills
 */
public record JdpayKeys(PublicKey merchantKey, PrivateKey jdKey, SecretKey desKey, String md5Key) {

    private static final int DES_KEY_BYTES = 24;

    /**
     * Reads the folder {@link GenerateJdpayKeys} fills.
     *
     * @throws JdpayKeysUnusable when something is missing or is not what it should be; the message
     *     says what
     */
    static JdpayKeys load(Path directory) {
        for (var file : JdpayKeyFile.values()) {
            if (!Files.isReadable(file.in(directory))) {
                throw new JdpayKeysUnusable(
                        file.in(directory).toAbsolutePath() + " is missing or cannot be read.");
            }
        }
        try {
            var rsa = KeyFactory.getInstance("RSA");
            var desKey = bytes(directory, JdpayKeyFile.DES_KEY);
            if (desKey.length != DES_KEY_BYTES) {
                throw new JdpayKeysUnusable("des-key.txt is not Base64 of 24 bytes.");
            }
            return new JdpayKeys(
                    rsa.generatePublic(
                            new X509EncodedKeySpec(
                                    bytes(directory, JdpayKeyFile.MERCHANT_PUBLIC_KEY))),
                    rsa.generatePrivate(
                            new PKCS8EncodedKeySpec(bytes(directory, JdpayKeyFile.JD_KEY))),
                    new SecretKeySpec(desKey, "DESede"),
                    text(directory, JdpayKeyFile.MD5_KEY));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new JdpayKeysUnusable(
                    "The JD Pay keys in " + directory.toAbsolutePath() + " cannot be read.", e);
        }
    }

    /** Keys stay out of logs. */
    @Override
    public String toString() {
        return "JdpayKeys[hidden]";
    }

    private static byte[] bytes(Path directory, JdpayKeyFile file) throws IOException {
        var base64 = text(directory, file).replaceAll("-----[A-Z ]+-----", "");
        return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    }

    private static String text(Path directory, JdpayKeyFile file) throws IOException {
        return Files.readString(file.in(directory), StandardCharsets.US_ASCII).strip();
    }
}
