package io.ferrypay.reconcile.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Bytes that are all on the disk, under a name that nobody looks for; gone when it is closed. */
record ArrivingFile(Path path, String sha256, long bytes) implements AutoCloseable {

    static final int PIECE = 64 * 1024;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * Reads the stream to its end.
     *
     * @throws IOException when the stream or the disk fails; then nothing is left
     */
    static ArrivingFile read(InputStream in, Path folder) throws IOException {
        Files.createDirectories(folder);
        var part = Files.createTempFile(folder, "arriving-", ".part");
        boolean all = false;
        try (var file = FileChannel.open(part, StandardOpenOption.WRITE)) {
            var sha256 = digest();
            long bytes = 0;
            var piece = new byte[PIECE];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                sha256.update(piece, 0, read);
                var rest = ByteBuffer.wrap(piece, 0, read);
                while (rest.hasRemaining()) {
                    bytes += file.write(rest);
                }
            }
            file.force(true);
            var arrived = new ArrivingFile(part, HexFormat.of().formatHex(sha256.digest()), bytes);
            all = true;
            return arrived;
        } finally {
            if (!all) {
                Files.deleteIfExists(part);
            }
        }
    }

    /** Refuses what is no hash, before it becomes a part of a path. */
    static String checked(String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("no SHA-256");
        }
        return sha256;
    }

    FileStore.Stored stored() {
        return new FileStore.Stored(sha256, bytes);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
