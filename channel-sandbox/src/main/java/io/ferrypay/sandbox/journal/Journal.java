package io.ferrypay.sandbox.journal;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The newest value of every key, kept as one JSON line per change.
 *
 * <p>A line is handed to the operating system before {@link #put} returns, so it survives {@code
 * kill -9}; it is not forced to the disk, so it may not survive a power cut. The file is rewritten
 * with the newest values only when the sandbox starts. A sandbox without a file forgets.
 */
public final class Journal implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** A stream and not a channel: an interrupted thread would close a channel for everybody. */
    private final @Nullable FileOutputStream file;

    private final Map<String, Map<String, JsonNode>> remembered;
    private final ReentrantLock writing = new ReentrantLock();

    private Journal(
            @Nullable FileOutputStream file, Map<String, Map<String, JsonNode>> remembered) {
        this.file = file;
        this.remembered = remembered;
    }

    /** A journal that keeps nothing. */
    public static Journal none() {
        return new Journal(null, Map.of());
    }

    /**
     * Opens the journal, or starts one.
     *
     * @throws IOException when the file cannot be used, or holds anything but a journal; a last
     *     line that was cut off by a crash is dropped
     */
    public static Journal open(Path path) throws IOException {
        var remembered =
                Files.exists(path)
                        ? read(path)
                        : new LinkedHashMap<String, Map<String, JsonNode>>();
        var compact = path.resolveSibling(path.getFileName() + ".new");
        try (var writer = Files.newBufferedWriter(compact)) {
            for (var kind : remembered.entrySet()) {
                for (var entry : kind.getValue().entrySet()) {
                    writer.write(line(kind.getKey(), entry.getKey(), entry.getValue()));
                }
            }
        }
        Files.move(
                compact, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return new Journal(new FileOutputStream(path.toFile(), true), remembered);
    }

    /** What was known of this kind when the sandbox started, oldest key first. */
    public Map<String, JsonNode> remembered(String kind) {
        return remembered.getOrDefault(kind, Map.of());
    }

    public boolean keeps() {
        return file != null;
    }

    /** Sets the newest value of a key. */
    public void put(String kind, String key, JsonNode value) {
        if (file == null) {
            return;
        }
        var bytes = line(kind, key, value).getBytes(StandardCharsets.UTF_8);
        writing.lock();
        try {
            file.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writing.unlock();
        }
    }

    /** Forgets everything. */
    public void clear() {
        if (file == null) {
            return;
        }
        writing.lock();
        try {
            file.getChannel().truncate(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    private static String line(String kind, String key, JsonNode value) {
        return JSON.writeValueAsString(new Line(kind, key, value)) + "\n";
    }

    private static Map<String, Map<String, JsonNode>> read(Path path) throws IOException {
        var kinds = new LinkedHashMap<String, Map<String, JsonNode>>();
        // A crash may have cut a character in two, which a strict reader would refuse.
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(path), StandardCharsets.UTF_8))) {
            long number = 0;
            for (var text = lines.readLine(); text != null; text = lines.readLine()) {
                number++;
                try {
                    var line = JSON.readValue(text, Line.class);
                    kinds.computeIfAbsent(line.kind(), _ -> new LinkedHashMap<>())
                            .put(line.key(), line.value());
                } catch (JacksonException e) {
                    if (lines.readLine() != null) {
                        throw new IOException(
                                "line " + number + " of " + path + " is not a journal entry", e);
                    }
                }
            }
        }
        return kinds;
    }

    private record Line(String kind, String key, JsonNode value) {}
}
