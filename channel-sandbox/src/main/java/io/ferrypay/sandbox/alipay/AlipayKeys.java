package io.ferrypay.sandbox.alipay;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Alipay's own key, the partner's public one, the one they share, and what is done with them. */
public final class AlipayKeys {

    /** In the order of age. */
    public static final Set<String> SIGN_TYPES = Set.of("MD5", "RSA", "RSA2");

    private final PrivateKey alipayKey;
    private final PublicKey merchantKey;
    private final byte[] md5Key;

    private AlipayKeys(PrivateKey alipayKey, PublicKey merchantKey, byte[] md5Key) {
        this.alipayKey = alipayKey;
        this.merchantKey = merchantKey;
        this.md5Key = md5Key;
    }

    static AlipayKeys load(Path directory) throws IOException, GeneralSecurityException {
        for (var file : AlipayKeyFile.values()) {
            if (!Files.isReadable(file.in(directory))) {
                throw new IOException(
                        file.in(directory).toAbsolutePath()
                                + " is missing: fill a folder with --generate-alipay-keys=<folder>"
                                + " and name it in FERRY_SANDBOX_ALIPAY_DIRECTORY");
            }
        }
        var rsa = KeyFactory.getInstance("RSA");
        return new AlipayKeys(
                rsa.generatePrivate(
                        new PKCS8EncodedKeySpec(der(AlipayKeyFile.ALIPAY_KEY.in(directory)))),
                rsa.generatePublic(
                        new X509EncodedKeySpec(
                                der(AlipayKeyFile.MERCHANT_PUBLIC_KEY.in(directory)))),
                text(AlipayKeyFile.MD5_KEY.in(directory)).getBytes(StandardCharsets.US_ASCII));
    }

    /** What is signed: what has a value, sorted by name, without the signature itself. */
    public static String content(Map<String, String> parameters) {
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .filter(p -> !p.getKey().equals("sign") && !p.getKey().equals("sign_type"))
                        .filter(p -> !p.getValue().isEmpty())
                        .map(p -> p.getKey() + "=" + p.getValue())
                        .collect(Collectors.joining("&"));
    }

    /** As Alipay signs. */
    public String sign(Map<String, String> parameters, String signType, Charset charset) {
        var content = content(parameters).getBytes(charset);
        try {
            if (signType.equals("MD5")) {
                return md5(content);
            }
            var signature = Signature.getInstance(algorithm(signType));
            signature.initSign(alipayKey);
            signature.update(content);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A signature that fits nothing. */
    public String forge(String signType, Charset charset) {
        return sign(Map.of("forged", "yes"), signType, charset);
    }

    /** Whether the partner signed this. */
    public boolean verify(
            Map<String, String> parameters, String sign, String signType, Charset charset) {
        var content = content(parameters).getBytes(charset);
        try {
            if (signType.equals("MD5")) {
                return MessageDigest.isEqual(
                        md5(content).getBytes(StandardCharsets.US_ASCII),
                        sign.getBytes(StandardCharsets.UTF_8));
            }
            var signature = Signature.getInstance(algorithm(signType));
            signature.initVerify(merchantKey);
            signature.update(content);
            return signature.verify(Base64.getDecoder().decode(sign));
        } catch (SignatureException | IllegalArgumentException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keys stay out of logs. */
    @Override
    public String toString() {
        return "AlipayKeys[hidden]";
    }

    private String md5(byte[] content) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("MD5");
        digest.update(content);
        return HexFormat.of().formatHex(digest.digest(md5Key));
    }

    private static String algorithm(String signType) {
        return signType.equals("RSA") ? "SHA1withRSA" : "SHA256withRSA";
    }

    private static byte[] der(Path file) throws IOException {
        return Base64.getMimeDecoder().decode(text(file).replaceAll("-----[A-Z ]+-----", ""));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }
}
