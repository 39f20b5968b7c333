package io.ferrypay.paymentchannel.channel.jdpay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secrets of one account, read from its files once. */
final class JdpayCredentials {

    private static final Logger log = LoggerFactory.getLogger(JdpayCredentials.class);

    private final byte[] desKey;
    private final PrivateKey privateKey;
    private final PublicKey jdPublicKey;
    private final @Nullable String md5Key;

    private JdpayCredentials(
            byte[] desKey, PrivateKey privateKey, PublicKey jdPublicKey, @Nullable String md5Key) {
        this.desKey = desKey;
        this.privateKey = privateKey;
        this.jdPublicKey = jdPublicKey;
        this.md5Key = md5Key;
    }

    /**
     * @throws IllegalStateException naming the file that is missing or unusable, never its content
     */
    static JdpayCredentials load(JdpayProperties.Account account) {
        var md5KeyFile = account.md5KeyFile();
        warnWhenOthersCanRead(account.privateKeyFile());
        warnWhenOthersCanRead(account.desKeyFile());
        return new JdpayCredentials(
                desKey(account.desKeyFile()),
                privateKey(account.privateKeyFile()),
                publicKey(account.jdPublicKeyFile()),
                md5KeyFile == null ? null : read(md5KeyFile).strip());
    }

    FieldCipher cipher() {
        return new FieldCipher(desKey);
    }

    DigestSignature signature() {
        return new DigestSignature(privateKey, jdPublicKey);
    }

    @Nullable String md5Key() {
        return md5Key;
    }

    @Override
    public String toString() {
        return "JdpayCredentials[hidden]";
    }

    private static byte[] desKey(Path file) {
        var key = base64(file);
        if (key.length != FieldCipher.KEY_BYTES) {
            throw new IllegalStateException(
                    "%s holds %d bytes; a DES key of JD Pay has %d"
                            .formatted(file, key.length, FieldCipher.KEY_BYTES));
        }
        return key;
    }

    private static PrivateKey privateKey(Path file) {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(base64(file)));
        } catch (GeneralSecurityException e) {
            // The cause's message may quote the key, so it stays behind.
            throw new IllegalStateException(file + " is not an RSA private key in PKCS#8 form");
        }
    }

    private static PublicKey publicKey(Path file) {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(base64(file)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(file + " is not an RSA public key in X.509 form", e);
        }
    }

    /** JD's console gives bare Base64, tools give PEM; both will do. */
    private static byte[] base64(Path file) {
        try {
            return Base64.getDecoder()
                    .decode(read(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + " is not Base64");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static void warnWhenOthersCanRead(Path file) {
        try {
            var open = EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
            open.retainAll(Files.getPosixFilePermissions(file));
            if (!open.isEmpty()) {
                log.warn("{} holds a secret and can be read by others", file);
            }
        } catch (IOException | UnsupportedOperationException e) {
            log.debug("Cannot look at the permissions of {}", file, e);
        }
    }
}
