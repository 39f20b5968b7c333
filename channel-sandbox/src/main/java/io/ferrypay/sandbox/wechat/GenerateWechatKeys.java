package io.ferrypay.sandbox.wechat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Fills a folder with everything WeChat Pay and an institution would have exchanged: the
 * institution's key and certificate, the API v3 key, the older interfaces' key, the official
 * account's secret and token, and the platform's key and certificate.
 *
 * <p>Files that belong together and are all there stay untouched, so running it again changes
 * nothing. Files are readable by their owner only.
 */
public final class GenerateWechatKeys {

    private static final Duration VALIDITY = Duration.ofDays(5 * 365);
    private static final int SERIAL_BITS = 160;
    private static final int API_V3_KEY_LENGTH = 32;
    private static final int V2_KEY_LENGTH = 32;
    private static final int APP_SECRET_LENGTH = 32;
    private static final String ALPHANUMERIC =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Path directory;
    private final SecureRandom random = new SecureRandom();

    private GenerateWechatKeys(Path directory) {
        this.directory = directory;
    }

    /** Takes one argument, the folder; it is created when missing. */
    public static void main(String... arguments) throws Exception {
        if (arguments.length != 1 || arguments[0].isBlank()) {
            throw new IllegalArgumentException("Name one folder for the WeChat Pay keys.");
        }
        generate(Path.of(arguments[0]));
    }

    /** Writes what is missing. */
    public static void generate(Path directory) throws IOException, GeneralSecurityException {
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        new GenerateWechatKeys(directory).generate();
    }

    private void generate() throws IOException, GeneralSecurityException {
        if (isMissing(
                KeyFile.MERCHANT_KEY, KeyFile.MERCHANT_CERTIFICATE, KeyFile.MERCHANT_SERIAL)) {
            var pair = keyPair();
            var certificate = certificate(pair, "CN=1900000100,O=FerryPay test institution,C=NZ");
            write(KeyFile.MERCHANT_SERIAL, serial(certificate) + "\n");
            write(KeyFile.MERCHANT_CERTIFICATE, pem(certificate));
            write(KeyFile.MERCHANT_KEY, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        }
        if (isMissing(KeyFile.API_V3_KEY)) {
            write(KeyFile.API_V3_KEY, random(API_V3_KEY_LENGTH));
        }
        if (isMissing(KeyFile.V2_KEY)) {
            write(KeyFile.V2_KEY, random(V2_KEY_LENGTH));
        }
        if (isMissing(KeyFile.APP_SECRET)) {
            write(KeyFile.APP_SECRET, random(APP_SECRET_LENGTH));
        }
        if (isMissing(KeyFile.MESSAGE_TOKEN)) {
            write(KeyFile.MESSAGE_TOKEN, random(APP_SECRET_LENGTH));
        }
        if (isMissing(KeyFile.PLATFORM_KEY, KeyFile.PLATFORM_CERTIFICATE)) {
            var pair = keyPair();
            var certificate = certificate(pair, "CN=Pretended WeChat Pay platform,C=CN");
            write(KeyFile.PLATFORM_CERTIFICATE, pem(certificate));
            write(KeyFile.PLATFORM_KEY, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        }
    }

    private boolean isMissing(KeyFile... files) {
        return !List.of(files).stream().allMatch(file -> Files.exists(file.in(directory)));
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private X509Certificate certificate(KeyPair pair, String name) throws GeneralSecurityException {
        var subject = new X500Name(name);
        var from = Instant.now().minus(Duration.ofHours(1));
        // The top bit makes every serial 40 hex digits long, so nobody has to care about zeros.
        var serial = new BigInteger(SERIAL_BITS - 1, random).setBit(SERIAL_BITS - 2);
        try {
            var signer = new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate());
            var holder =
                    new JcaX509v3CertificateBuilder(
                                    subject,
                                    serial,
                                    Date.from(from),
                                    Date.from(from.plus(VALIDITY)),
                                    subject,
                                    pair.getPublic())
                            .build(signer);
            return new JcaX509CertificateConverter().getCertificate(holder);
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** The serial as API v3 quotes it: upper-case hex. */
    static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
    }

    private String random(int length) {
        var key = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            key.append(ALPHANUMERIC.charAt(random.nextInt(ALPHANUMERIC.length())));
        }
        return key.toString();
    }

    private static String pem(X509Certificate certificate) throws CertificateEncodingException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    private static String pem(String type, byte[] der) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, base64, type);
    }

    private void write(KeyFile file, String text) throws IOException {
        var target = file.in(directory);
        var temporary =
                Files.createTempFile(
                        directory,
                        ".new-",
                        ".tmp",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(temporary, text, StandardCharsets.US_ASCII);
            Files.move(
                    temporary,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
