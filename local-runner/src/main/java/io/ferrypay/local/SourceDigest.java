package io.ferrypay.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A fingerprint of source files: names and contents, not times, so that a fresh clone of the same
 * commit matches.
 */
final class SourceDigest {

    private static final Set<String> NOT_SOURCE =
            Set.of("target", "node_modules", "dist", "test-results", "playwright-report", ".git");

    private SourceDigest() {}

    /**
     * @param places files or folders below {@code root}; what does not exist counts as absent
     */
    static String of(Path root, List<String> places) {
        try {
            var files = new ArrayList<Path>();
            for (var place : places) {
                collect(root.resolve(place), files);
            }
            files.sort(null);
            var digest = MessageDigest.getInstance("SHA-256");
            for (var file : files) {
                digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(Files.readAllBytes(file));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void collect(Path place, List<Path> files) throws IOException {
        if (!Files.exists(place)) {
            return;
        }
        Files.walkFileTree(
                place,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        return NOT_SOURCE.contains(folder.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        files.add(file);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
