package io.ferrypay.sandbox.jdpay;

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
import java.util.HexFormat;
import java.util.List;

/**
 * Fills a folder with everything JD Pay and a merchant would have exchanged: the keys both sign
 * with, the key fields are encrypted with, and the one for bills.
 *
 * <p>Files that belong together and are all there stay untouched, so running it again changes
 * nothing. Files are readable by their owner only.
 */
public final class GenerateJdpayKeys {

    private static final int DES_KEY_BYTES = 24;
    private static final int MD5_KEY_BYTES = 16;

    private final Path directory;
    private final SecureRandom random = new SecureRandom();

    private GenerateJdpayKeys(Path directory) {
        this.directory = directory;
    }

    /** Takes one argument, the folder; it is created when missing. */
    public static void main(String... arguments) throws Exception {
        if (arguments.length != 1 || arguments[0].isBlank()) {
            throw new IllegalArgumentException("Name one folder for the JD Pay keys.");
        }
        generate(Path.of(arguments[0]));
    }

    /** Writes what is missing. */
    public static void generate(Path directory) throws IOException, GeneralSecurityException {
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        new GenerateJdpayKeys(directory).generate();
    }

    private void generate() throws IOException, GeneralSecurityException {
        pair(JdpayKeyFile.MERCHANT_KEY, JdpayKeyFile.MERCHANT_PUBLIC_KEY);
        pair(JdpayKeyFile.JD_KEY, JdpayKeyFile.JD_PUBLIC_KEY);
        if (isMissing(JdpayKeyFile.DES_KEY)) {
            write(
                    JdpayKeyFile.DES_KEY,
                    Base64.getEncoder().encodeToString(bytes(DES_KEY_BYTES)) + "\n");
        }
        if (isMissing(JdpayKeyFile.MD5_KEY)) {
            write(JdpayKeyFile.MD5_KEY, HexFormat.of().formatHex(bytes(MD5_KEY_BYTES)) + "\n");
        }
    }

    private void pair(JdpayKeyFile privateKey, JdpayKeyFile publicKey)
            throws IOException, GeneralSecurityException {
        if (isMissing(privateKey, publicKey)) {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            write(publicKey, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            write(privateKey, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        }
    }

    private boolean isMissing(JdpayKeyFile... files) {
        return !List.of(files).stream().allMatch(file -> Files.exists(file.in(directory)));
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String pem(String type, byte[] der) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, base64, type);
    }

    private void write(JdpayKeyFile file, String text) throws IOException {
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
