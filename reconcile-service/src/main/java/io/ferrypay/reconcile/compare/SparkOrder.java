package io.ferrypay.reconcile.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/**
 * What one job is asked and what it answers, in a folder of its own. After a success nothing of it
 * stays; after a failure it does, until the day is tried again. Whatever an older try is still
 * writing goes into another folder.
 */
final class SparkOrder implements AutoCloseable {

    private static final int SHORT = 12;

    private final Path folder;
    private final Properties said = new Properties();
    private boolean done;

    SparkOrder(Path work, String accountId, LocalDate day) throws IOException {
        Files.createDirectories(work);
        var name = shortened(accountId) + "-" + day + "-";
        for (var older : beginning(work, name)) {
            delete(older);
        }
        folder = Files.createTempDirectory(work, name);
    }

    void say(String name, Object value) {
        said.setProperty(name, value.toString());
    }

    /** A file of the order. */
    OutputStream add(String name) throws IOException {
        var file = folder.resolve(name);
        say(name, file.toUri());
        return Files.newOutputStream(file);
    }

    /**
     * @throws IllegalStateException when the job fails; then nothing of its answer counts
     */
    void carryOut(SparkJob job) throws IOException {
        say("out", folder.resolve("out").toUri());
        var order = folder.resolve("order.properties");
        try (var out = Files.newBufferedWriter(order)) {
            said.store(out, null);
        }
        job.run(order, folder.resolve("log"));
    }

    /** All parts of an answer, in one stream. */
    InputStream answer(String name) throws IOException {
        return new SequenceInputStream(
                Collections.enumeration(
                        parts(name).stream()
                                .map(part -> {
                                    try {
                                        return Files.newInputStream(part);
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                })
                                .toList()));
    }

    private List<Path> parts(String name) throws IOException {
        var answer = folder.resolve("out").resolve(name);
        if (!Files.exists(answer.resolve("_SUCCESS"))) {
            throw new IllegalStateException("A job of Spark left no whole answer: " + answer);
        }
        return beginning(answer, "part-");
    }

    /** What was answered is in the tables: the folder may go. */
    void done() {
        done = true;
    }

    @Override
    public void close() throws IOException {
        if (done) {
            delete(folder);
        }
    }

    private static List<Path> beginning(Path folder, String name) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** An account's name may hold what a file's may not. */
    private static String shortened(String accountId) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(accountId.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, SHORT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
