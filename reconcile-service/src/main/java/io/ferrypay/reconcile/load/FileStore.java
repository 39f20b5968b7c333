package io.ferrypay.reconcile.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Files by the SHA-256 of their bytes, in a folder: nothing is ever overwritten, and the same bytes
 * are there once. A file is on the disk before its name is.
 */
final class FileStore {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int PIECE = 64 * 1024;

    private final Path folder;

    FileStore(Path folder) {
        this.folder = folder;
    }

    record Stored(String sha256, long bytes) {}

    /**
     * @throws IOException when the stream or the disk fails; then nothing was stored
     */
    Stored add(InputStream in) throws IOException {
        Files.createDirectories(folder);
        var part = Files.createTempFile(folder, "arriving-", ".part");
        try {
            var sha256 = digest();
            long bytes = 0;
            try (var file = FileChannel.open(part, StandardOpenOption.WRITE)) {
                var piece = new byte[PIECE];
                for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                    sha256.update(piece, 0, read);
                    var rest = ByteBuffer.wrap(piece, 0, read);
                    while (rest.hasRemaining()) {
                        bytes += file.write(rest);
                    }
                }
                file.force(true);
            }
            var name = HexFormat.of().formatHex(sha256.digest());
            var place = place(name);
            Files.createDirectories(place.getParent());
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
            return new Stored(name, bytes);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * @throws java.nio.file.NoSuchFileException when it is not there
     */
    InputStream open(String sha256) throws IOException {
        return new BufferedInputStream(Files.newInputStream(place(sha256)), PIECE);
    }

    private Path place(String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("no SHA-256");
        }
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
