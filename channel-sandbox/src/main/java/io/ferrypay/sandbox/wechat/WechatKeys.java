package io.ferrypay.sandbox.wechat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys WeChat has: its own, and what it knows of the institution's.
 *
 * @param merchantSerial the serial number requests must quote, upper-case hex
 * @param merchantKey verifies requests
 * @param apiV3Key AES-256 key shared with the institution
 * @param v2Key signs calls of the older interfaces
 * @param appSecret proves the official account's server to the OAuth interface
 * @param messageToken signs the official account's events
 * @param platformKey signs answers and notifications
 */
public record WechatKeys(
        String merchantSerial,
        PublicKey merchantKey,
        SecretKey apiV3Key,
        String v2Key,
        String appSecret,
        String messageToken,
        PrivateKey platformKey,
        X509Certificate platformCertificate) {

    private static final int API_V3_KEY_BYTES = 32;

    /**
     * Reads and checks the folder {@link GenerateWechatKeys} fills.
     *
     * @throws WechatKeysUnusable when something is missing or does not fit together; the message
     *     says what
     */
    static WechatKeys load(@Nullable Path directory) {
        if (directory == null || directory.toString().isBlank()) {
            throw new WechatKeysUnusable("No folder with WeChat Pay keys is configured.");
        }
        if (!Files.isDirectory(directory)) {
            throw new WechatKeysUnusable("There is no folder " + directory.toAbsolutePath() + ".");
        }
        for (var file : KeyFile.values()) {
            if (!Files.isReadable(file.in(directory))) {
                throw new WechatKeysUnusable(
                        file.in(directory).toAbsolutePath() + " is missing or cannot be read.");
            }
        }
        try {
            var keys =
                    new WechatKeys(
                            text(directory, KeyFile.MERCHANT_SERIAL),
                            merchantKey(directory),
                            apiV3Key(directory),
                            text(directory, KeyFile.V2_KEY),
                            text(directory, KeyFile.APP_SECRET),
                            text(directory, KeyFile.MESSAGE_TOKEN),
                            RsaSignatures.privateKey(der(directory, KeyFile.PLATFORM_KEY)),
                            certificate(directory, KeyFile.PLATFORM_CERTIFICATE));
            keys.check(directory);
            return keys;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new WechatKeysUnusable(
                    "The WeChat Pay keys in "
                            + directory.toAbsolutePath()
                            + " cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The serial answers and notifications quote. */
    public String platformSerial() {
        return GenerateWechatKeys.serial(platformCertificate);
    }

    /** Keys stay out of logs. */
    @Override
    public String toString() {
        return "WechatKeys[merchantSerial=%s, platformSerial=%s]"
                .formatted(merchantSerial, platformSerial());
    }

    private void check(Path directory) throws IOException, GeneralSecurityException {
        var merchant = certificate(directory, KeyFile.MERCHANT_CERTIFICATE);
        if (!GenerateWechatKeys.serial(merchant).equals(merchantSerial)) {
            throw new WechatKeysUnusable(
                    "merchant-serial.txt does not name the serial of merchant-cert.pem.");
        }
        var probe = "a key and its certificate".getBytes(StandardCharsets.US_ASCII);
        var platformPublicKey =
                RsaSignatures.publicKey(platformCertificate.getPublicKey().getEncoded());
        if (!RsaSignatures.verify(
                platformPublicKey, probe, RsaSignatures.sign(platformKey, probe))) {
            throw new WechatKeysUnusable("platform-key.pem does not belong to platform-cert.pem.");
        }
    }

    private static PublicKey merchantKey(Path directory)
            throws IOException, GeneralSecurityException {
        var certificate = certificate(directory, KeyFile.MERCHANT_CERTIFICATE);
        return RsaSignatures.publicKey(certificate.getPublicKey().getEncoded());
    }

    private static SecretKey apiV3Key(Path directory) throws IOException {
        var key = text(directory, KeyFile.API_V3_KEY).getBytes(StandardCharsets.US_ASCII);
        if (key.length != API_V3_KEY_BYTES) {
            throw new WechatKeysUnusable(
                    "api-v3-key.txt holds %d characters, an API v3 key has %d."
                            .formatted(key.length, API_V3_KEY_BYTES));
        }
        return new SecretKeySpec(key, "AES");
    }

    private static X509Certificate certificate(Path directory, KeyFile file)
            throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file.in(directory))) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static byte[] der(Path directory, KeyFile file) throws IOException {
        var base64 = text(directory, file).replaceAll("-----[A-Z ]+-----", "");
        return Base64.getMimeDecoder().decode(base64);
    }

    private static String text(Path directory, KeyFile file) throws IOException {
        return Files.readString(file.in(directory), StandardCharsets.US_ASCII).strip();
    }
}
