package io.ferrypay.sandbox.payease;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/**
 * Fills a folder with what Payease and a merchant would have exchanged: the shared key, Payease's
 * signing key, and {@code Public1024.key}. Running it again changes nothing while all of them are
 * there. Files are readable by their owner only.
 */
public final class GeneratePayeaseKeys {

    private GeneratePayeaseKeys() {}

    /** Takes one argument, the folder; it is created when missing. */
    public static void main(String... arguments) throws IOException {
        if (arguments.length != 1 || arguments[0].isBlank()) {
            throw new IllegalArgumentException("Name one folder for the Payease keys.");
        }
        generate(Path.of(arguments[0]));
    }

    /** Writes them, unless all are there: the three belong together. */
    public static void generate(Path directory) throws IOException {
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (Files.exists(directory.resolve(PayeaseKeys.MAC_KEY_FILE))
                && Files.exists(directory.resolve(PayeaseKeys.SIGN_KEY_FILE))
                && Files.exists(directory.resolve(PayeaseKeys.PUBLIC_KEY_FILE))) {
            return;
        }
        var made = PayeaseKeys.Made.now();
        var base64 =
                Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(made.keys().signKey().getEncoded());
        write(directory, PayeaseKeys.MAC_KEY_FILE, made.keys().macKey() + "\n");
        write(
                directory,
                PayeaseKeys.SIGN_KEY_FILE,
                "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
        write(directory, PayeaseKeys.PUBLIC_KEY_FILE, made.publicKeyFile() + "\n");
    }

    private static void write(Path directory, String name, String text) throws IOException {
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
                    directory.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
