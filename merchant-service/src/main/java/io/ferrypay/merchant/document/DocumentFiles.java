package io.ferrypay.merchant.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The folder of documents: {@code ab/abcd….doc_…}, the SHA-256 of the content and the document's
 * id. A file appears whole or not at all, and only what was sealed before gets here.
 */
@Component
class DocumentFiles {

    private static final String INCOMING = "incoming";

    private final Path folder;
    private final Path incoming;

    DocumentFiles(DocumentProperties properties) throws IOException {
        this.folder = properties.folder().toAbsolutePath();
        this.incoming = folder.resolve(INCOMING);
        Files.createDirectories(
                incoming,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** One file of the folder, as its name tells. */
    record Found(Path file, String documentId) {}

    /** On disk, and the folder's entry too, when this returns. Leaves nothing when it fails. */
    void write(String documentId, String sha256, byte[] sealed) {
        var fresh = incoming.resolve(documentId + ".part");
        try {
            try (var channel =
                    FileChannel.open(
                            fresh,
                            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")))) {
                var rest = ByteBuffer.wrap(sealed);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            var shelf = Files.createDirectories(shelf(sha256));
            Files.move(fresh, place(documentId, sha256), StandardCopyOption.ATOMIC_MOVE);
            force(shelf);
            force(folder);
        } catch (IOException e) {
            removeQuietly(fresh);
            throw new UncheckedIOException("A document could not be kept", e);
        }
    }

    byte[] read(String documentId, String sha256) {
        try {
            return Files.readAllBytes(place(documentId, sha256));
        } catch (IOException e) {
            throw new UncheckedIOException("A document could not be read", e);
        }
    }

    /** Nothing happens when there is none. */
    void remove(String documentId, String sha256) {
        try {
            Files.deleteIfExists(place(documentId, sha256));
        } catch (IOException e) {
            throw new UncheckedIOException("A document could not be removed", e);
        }
    }

    void remove(Found found) throws IOException {
        Files.deleteIfExists(found.file());
    }

    /** What was written before this time, finished or not. */
    List<Found> writtenBefore(Instant time) throws IOException {
        var found = new ArrayList<Found>();
        try (var folders = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (var one : folders) {
                try (var files = Files.newDirectoryStream(one, Files::isRegularFile)) {
                    for (var file : files) {
                        var name = file.getFileName().toString();
                        if (Files.getLastModifiedTime(file).toInstant().isBefore(time)) {
                            found.add(
                                    new Found(
                                            file,
                                            one.equals(incoming)
                                                    ? ""
                                                    : name.substring(name.indexOf('.') + 1)));
                        }
                    }
                }
            }
        }
        return found;
    }

    private Path place(String documentId, String sha256) {
        if (!documentId.matches("doc_[0-9A-HJKMNP-TV-Z]{26}") || !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("No name of a document");
        }
        return shelf(sha256).resolve(sha256 + "." + documentId);
    }

    private Path shelf(String sha256) {
        return folder.resolve(sha256.substring(0, 2));
    }

    /** A file's name is on disk only when its folder is. */
    private static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void removeQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // The sweep finds it later.
        }
    }
}
