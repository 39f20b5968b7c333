package io.ferrypay.sandbox.alipay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Fills a folder with the keys Alipay and a partner would have exchanged. What is there stays
 * untouched, so running it again changes nothing. Files are readable by their owner only.
 */
public final class GenerateAlipayKeys {

    private static final String ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int MD5_KEY_LENGTH = 32;

    private final Path directory;

    private GenerateAlipayKeys(Path directory) {
        this.directory = directory;
    }

    /** Writes what is missing; the folder is created when missing. */
    public static void generate(Path directory) throws IOException, GeneralSecurityException {
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var keys = new GenerateAlipayKeys(directory);
        keys.pair(AlipayKeyFile.MERCHANT_KEY, AlipayKeyFile.MERCHANT_PUBLIC_KEY);
        keys.pair(AlipayKeyFile.ALIPAY_KEY, AlipayKeyFile.ALIPAY_PUBLIC_KEY);
        if (!Files.exists(AlipayKeyFile.MD5_KEY.in(directory))) {
            keys.write(AlipayKeyFile.MD5_KEY, md5Key());
        }
    }

    private void pair(AlipayKeyFile secret, AlipayKeyFile open)
            throws IOException, GeneralSecurityException {
        if (Files.exists(secret.in(directory)) && Files.exists(open.in(directory))) {
            return;
        }
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        write(open, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        write(secret, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    private static String md5Key() {
        var random = new SecureRandom();
        var key = new StringBuilder(MD5_KEY_LENGTH);
        for (int i = 0; i < MD5_KEY_LENGTH; i++) {
            key.append(ALPHANUMERIC.charAt(random.nextInt(ALPHANUMERIC.length())));
        }
        return key.toString();
    }

    private static String pem(String type, byte[] der) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, base64, type);
    }

    private void write(AlipayKeyFile file, String text) throws IOException {
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
                    file.in(directory),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
