package io.ferrypay.paymentchannel.channel.alipay;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Signs what one account sends and checks what Alipay sends to it: the parameters with a value,
 * sorted by name, joined raw, as bytes of the account's charset.
 */
final class AlipaySigner {

    private final SignType type;
    private final Charset charset;
    private final byte[] md5Key;
    private final @Nullable PrivateKey privateKey;
    private final @Nullable PublicKey alipayKey;

    private AlipaySigner(
            SignType type,
            Charset charset,
            byte[] md5Key,
            @Nullable PrivateKey privateKey,
            @Nullable PublicKey alipayKey) {
        this.type = type;
        this.charset = charset;
        this.md5Key = md5Key;
        this.privateKey = privateKey;
        this.alipayKey = alipayKey;
    }

    /**
     * Reads the account's secrets once.
     *
     * @throws IllegalStateException naming the file that is missing or unusable, never its content
     */
    static AlipaySigner of(AlipayProperties.Account account) {
        if (account.signType() == SignType.MD5) {
            var file = Objects.requireNonNull(account.md5KeyFile());
            var key = read(file).strip();
            if (key.isEmpty()) {
                throw new IllegalStateException(file + " is empty");
            }
            return withMd5Key(key, account.encoding());
        }
        return new AlipaySigner(
                account.signType(),
                account.encoding(),
                new byte[0],
                privateKey(Objects.requireNonNull(account.privateKeyFile())),
                publicKey(Objects.requireNonNull(account.publicKeyFile())));
    }

    static AlipaySigner withMd5Key(String key, Charset charset) {
        return new AlipaySigner(
                SignType.MD5, charset, key.getBytes(StandardCharsets.US_ASCII), null, null);
    }

    SignType type() {
        return type;
    }

    Charset charset() {
        return charset;
    }

    /** What is signed of these parameters. */
    static String content(Map<String, String> parameters) {
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .filter(p -> !p.getKey().equals("sign") && !p.getKey().equals("sign_type"))
                        .filter(p -> !p.getValue().isEmpty())
                        .map(p -> p.getKey() + "=" + p.getValue())
                        .collect(Collectors.joining("&"));
    }

    String sign(Map<String, String> parameters) {
        var bytes = content(parameters).getBytes(charset);
        try {
            if (type == SignType.MD5) {
                return md5(bytes);
            }
            var signature = Signature.getInstance(type.algorithm());
            signature.initSign(privateKey);
            signature.update(bytes);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether Alipay made that signature over these parameters. */
    boolean verify(Map<String, String> parameters, String sign) {
        var bytes = content(parameters).getBytes(charset);
        try {
            if (type == SignType.MD5) {
                return MessageDigest.isEqual(
                        md5(bytes).getBytes(StandardCharsets.US_ASCII),
                        sign.getBytes(StandardCharsets.UTF_8));
            }
            // Some framework on the way may have taken a plus sign for a space.
            var candidate = Base64.getDecoder().decode(sign.replace(' ', '+'));
            var signature = Signature.getInstance(type.algorithm());
            signature.initVerify(alipayKey);
            signature.update(bytes);
            return signature.verify(candidate);
        } catch (IllegalArgumentException | SignatureException e) {
            return false; // Not Base64, or not a signature.
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "AlipaySigner[" + type + "]";
    }

    private String md5(byte[] content) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("MD5");
        digest.update(content);
        return HexFormat.of().formatHex(digest.digest(md5Key));
    }

    private static PrivateKey privateKey(Path file) {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(der(file)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // The cause's message may quote the key, so it stays behind.
            throw new IllegalStateException(file + " is not an RSA private key in PKCS#8 form");
        }
    }

    private static PublicKey publicKey(Path file) {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der(file)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(file + " is not an RSA public key in X.509 form");
        }
    }

    /** PEM, or the bare Base64 that Alipay's tools hand out. */
    private static byte[] der(Path file) {
        return Base64.getMimeDecoder()
                .decode(read(file).replaceAll("-----[A-Z ]+-----", "").strip());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
