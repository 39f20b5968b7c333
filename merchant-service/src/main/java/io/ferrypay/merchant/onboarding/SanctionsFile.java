package io.ferrypay.merchant.onboarding;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A list of sanctions in a file: CSV (RFC 4180) in UTF-8 with the columns {@code list}, {@code
 * entry_id}, {@code name} and {@code birth_date}. An entry has a line for each of its names; its
 * birth date may be a day, a month, a year or empty. A new file works at once; it is exchanged by
 * renaming. What was read is kept until then, and one thread at a time reads: a list is large. A
 * file without entries is a broken one.
 */
final class SanctionsFile implements ScreeningList {

    private static final Set<String> COLUMNS = Set.of("list", "entry_id", "name", "birth_date");
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();

    private final Path file;
    private final ReentrantLock reading = new ReentrantLock();
    private @Nullable Known known;

    SanctionsFile(Path file) {
        this.file = file;
    }

    record Entry(String list, String id, String name, String birthDate, PlainName plain) {}

    /** Tells one file from the next under the same name. */
    record Mark(@Nullable Object key, FileTime changed, long size) {

        static Mark of(Path file) throws IOException {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Mark(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
        }
    }

    /** A list as it was read. */
    record Known(Mark mark, String sha256, List<Entry> entries) {}

    private record Wanted(Subject subject, PlainName plain) {}

    static final class Unreadable extends Exception {

        Unreadable(String why) {
            super(why);
        }
    }

    @Override
    public Answer ask(List<Subject> subjects) {
        try {
            var list = current();
            return new Answer.Answered(list.sha256(), hits(list.entries(), subjects));
        } catch (Unreadable e) {
            return new Answer.Failed(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return new Answer.Failed(e.getClass().getSimpleName());
        }
    }

    /** The list that is in the file now. */
    Known current() throws IOException, Unreadable {
        reading.lock();
        try {
            var mark = Mark.of(file); // Before the content: a change meanwhile is seen next time.
            if (known == null || !known.mark().equals(mark)) {
                known = null; // There is no room for two.
                var bytes = Files.readAllBytes(file);
                known = new Known(mark, sha256(bytes), entries(bytes));
            }
            return known;
        } finally {
            reading.unlock();
        }
    }

    private static List<Entry> entries(byte[] bytes) throws IOException, Unreadable {
        var entries = new ArrayList<Entry>();
        var texts = new HashMap<String, String>();
        try (var csv = FORMAT.parse(new StringReader(text(bytes)))) {
            if (!Set.copyOf(csv.getHeaderNames()).containsAll(COLUMNS)) {
                throw new Unreadable("a column is missing");
            }
            for (var record : csv) {
                entries.add(entry(record, texts));
            }
        }
        if (entries.isEmpty()) {
            throw new Unreadable("it has no entries");
        }
        return entries;
    }

    private static String text(byte[] bytes) throws Unreadable {
        try {
            var text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw new Unreadable("it is not UTF-8");
        }
    }

    /**
     * @param texts each that was met, because the same names and lists come again and again, and
     *     all of it stays in memory
     */
    private static Entry entry(CSVRecord record, Map<String, String> texts) throws Unreadable {
        if (!record.isConsistent()) {
            throw new Unreadable("line " + record.getRecordNumber() + " has other columns");
        }
        var name = PlainName.of(record.get("name"));
        if (name.words().isEmpty() || record.get("entry_id").isEmpty()) {
            throw new Unreadable("line " + record.getRecordNumber() + " names nobody");
        }
        return new Entry(
                once(record.get("list"), texts),
                once(record.get("entry_id"), texts),
                record.get("name"),
                once(record.get("birth_date"), texts),
                new PlainName(
                        name.words().stream()
                                .map(word -> once(word, texts))
                                .collect(Collectors.toUnmodifiableSet())));
    }

    private static String once(String text, Map<String, String> texts) {
        var known = texts.putIfAbsent(text, text);
        return known == null ? text : known;
    }

    private static List<Hit> hits(List<Entry> entries, List<Subject> subjects) {
        var wanted =
                subjects.stream()
                        .map(subject -> new Wanted(subject, PlainName.of(subject.name())))
                        .toList();
        var hits = new ArrayList<Hit>();
        for (var entry : entries) {
            for (var one : wanted) {
                if (entry.plain().matches(one.plain())) {
                    hits.add(
                            new Hit(
                                    one.subject().where(),
                                    entry.list(),
                                    entry.id(),
                                    entry.name(),
                                    compared(entry.birthDate(), one.subject().birthDate())));
                }
            }
        }
        return List.copyOf(hits);
    }

    /** What the list knows of a birth date may be less than a day. */
    private static String compared(String known, @Nullable String said) {
        if (known.isEmpty() || said == null) {
            return "unknown";
        }
        return said.startsWith(known) ? "matches" : "differs";
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
