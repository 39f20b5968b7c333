package io.ferrypay.merchant.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The folder of documents: {@code ab/abcd….doc_…}, the SHA-256 of the content and the document's
 * id. A file appears whole or not at all, and only what was sealed before gets here.
 */
@Component
class DocumentFiles {

    private static final Logger log = LoggerFactory.getLogger(DocumentFiles.class);
    private static final String INCOMING = "incoming";
    private static final Pattern SHELF = Pattern.compile("[0-9a-f]{2}");

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

    /**
     * What was written before this time, finished or not. Looks into folders of ours only, and goes
     * on where one of them or a file of it can't be read.
     */
    List<Found> writtenBefore(Instant time) throws IOException {
        var found = new ArrayList<Found>();
        try (var folders = Files.newDirectoryStream(folder, this::isOurs)) {
            for (var one : folders) {
                try (var files = Files.newDirectoryStream(one, Files::isRegularFile)) {
                    for (var file : files) {
                        if (isOlder(file, time)) {
                            found.add(new Found(file, one.equals(incoming) ? "" : idOf(file)));
                        }
                    }
                } catch (IOException | DirectoryIteratorException e) {
                    log.warn("A folder of documents can't be read: {}", e.getClass().getName());
                }
            }
        }
        return found;
    }

    private boolean isOurs(Path one) {
        return (one.equals(incoming) || SHELF.matcher(one.getFileName().toString()).matches())
                && Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS);
    }

    private static String idOf(Path file) {
        var name = file.getFileName().toString();
        return name.substring(name.indexOf('.') + 1);
    }

    /** Not when it is gone: somebody took it out, or an upload moved it to its place. */
    private static boolean isOlder(Path file, Instant time) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(time);
        } catch (IOException _) {
            return false;
        }
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
