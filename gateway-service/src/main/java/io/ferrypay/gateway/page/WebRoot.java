package io.ferrypay.gateway.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The built web app on disk, kept packed in memory. A file that changed is read again, so that a
 * new build needs no restart.
 */
@Component
class WebRoot {

    private static final long MAX_FILE = 4L << 20;
    private static final long MAX_MEMORY = 64L << 20;
    private static final int WORTH_PACKING = 512;

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("mjs", "text/javascript; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("json", "application/json"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("txt", "text/plain; charset=utf-8"),
                    Map.entry("png", "image/png"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff2", "font/woff2"));

    @ConfigurationProperties("ferry.gateway")
    record Properties(Path webRoot) {}

    private record Version(Path file, FileTime changedAt, long size) {}

    private final Path root;
    private final Cache<Version, WebFile> files =
            Caffeine.newBuilder()
                    .maximumWeight(MAX_MEMORY)
                    .weigher((Version _, WebFile file) -> file.weight())
                    .build();

    WebRoot(Properties properties) {
        this.root = properties.webRoot().toAbsolutePath().normalize();
    }

    /** Null when there is no such file of a known type inside the root. Blocks on the disk. */
    @Nullable WebFile find(String relative) {
        var type = TYPES.get(relative.substring(relative.lastIndexOf('.') + 1));
        var file = root.resolve(relative).normalize();
        if (type == null || !file.startsWith(root)) {
            return null;
        }
        try {
            var attributes =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile() || attributes.size() > MAX_FILE) {
                return null;
            }
            var version = new Version(file, attributes.lastModifiedTime(), attributes.size());
            var known = files.getIfPresent(version);
            if (known == null) {
                known = read(file, type);
                files.put(version, known);
            }
            return known;
        } catch (IOException _) {
            return null;
        }
    }

    private static WebFile read(Path file, String type) throws IOException {
        var plain = Files.readAllBytes(file);
        var text = type.startsWith("text/") || type.contains("json") || type.contains("svg");
        return new WebFile(
                type,
                readOnly(plain),
                readOnly(text && plain.length >= WORTH_PACKING ? pack(plain) : plain),
                "\"" + HexFormat.of().formatHex(sha256(plain), 0, 12) + "\"");
    }

    private static ByteBuffer readOnly(byte[] bytes) {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    private static byte[] pack(byte[] plain) throws IOException {
        var packed = new ByteArrayOutputStream(plain.length / 2);
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
