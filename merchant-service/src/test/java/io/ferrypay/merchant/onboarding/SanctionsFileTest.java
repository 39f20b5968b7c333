package io.ferrypay.merchant.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SanctionsFileTest {

    private static final String HEADER = "list,entry_id,name,birth_date\n";

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "Ivan Petrov, Ivan Petrov, true",
        "Ivan Petrov, PETROV IVAN, true",
        "Ivan Petrov, 'Petrov, Ivan Sergeyevich', true",
        "José Müller-Núñez, jose muller nunez, true",
        "Søren Łukasz Groß, SOREN LUKASZ GROSS, true",
        "O’Neill Shane, ONEILL SHANE, true",
        "王小明, 王小明, true",
        "Ｉｖａｎ Petrov, Ivan Petrov, true",
        "'Ivan Pe\u200btrov', Ivan Petrov, true",
        "'Iv\u00adan Petrov', Ivan Petrov, true",
        "'\u202eIvan Petrov', Ivan Petrov, true",
        "'Ivan Petr\u3164ov', Ivan Petrov, true",
        "'Ivan Petr\u034f\u115f\u2800\uffa0ov', Ivan Petrov, true",
        "'Ivan Petr\udb40\udc41ov', Ivan Petrov, true",
        "'Ivan\u3000Petrov', Ivan Petrov, true",
        "Ivan Petrova, Ivan Petrov, false",
        "Ivan, Ivan Petrov, false",
        "王小明, 王小芳, false"
    })
    void names_match_whatever_their_case_accents_and_order(
            String said, String listed, boolean matches) throws IOException {
        var answer = ask(HEADER + "UN,1,\"" + listed + "\",\n", said, null);

        assertThat(hits(answer)).hasSize(matches ? 1 : 0);
    }

    @Test
    void a_hit_says_whether_the_birth_date_fits() throws IOException {
        var file =
                HEADER + "UN,1,Ivan Petrov,1970\nNZ,2,Ivan Petrov,\nEU,3,Ivan Petrov,1971-01-02\n";

        assertThat(hits(ask(file, "Ivan Petrov", "1970-05-06")))
                .extracting(Hit::birthDate)
                .containsExactly("matches", "unknown", "differs");
    }

    @Test
    void a_new_list_works_at_once_and_is_named_by_its_hash() throws IOException {
        var before = ask(HEADER + "UN,1,Somebody Else,\n", "Ivan Petrov", null);
        var after = ask(HEADER + "UN,1,Ivan Petrov,\n", "Ivan Petrov", null);

        assertThat(hits(before)).isEmpty();
        assertThat(hits(after)).hasSize(1);
        assertThat(((ScreeningList.Answer.Answered) after).listSha256())
                .hasSize(64)
                .isNotEqualTo(((ScreeningList.Answer.Answered) before).listSha256());
    }

    @Test
    void a_list_is_read_once_however_many_ask() throws Exception {
        var path = folder.resolve("list.csv");
        Files.writeString(path, HEADER + "UN,1,Ivan Petrov,\n".repeat(5_000));
        var file = new SanctionsFile(path);
        var asks = Collections.<Callable<SanctionsFile.Known>>nCopies(50, file::current);

        var lists = Collections.newSetFromMap(new IdentityHashMap<SanctionsFile.Known, Boolean>());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var asked : threads.invokeAll(asks)) {
                lists.add(asked.get());
            }
        }

        assertThat(lists).hasSize(1);
    }

    @Test
    void a_list_that_was_renamed_or_written_over_works_at_once() throws IOException {
        var path = folder.resolve("list.csv");
        Files.writeString(path, HEADER + "UN,1,Ivan Petrov,\n");
        var file = new SanctionsFile(path);
        var wanted = List.of(new Subject("people/0/name", "Ivan Petrov", null));
        assertThat(hits(file.ask(wanted))).hasSize(1);

        var time = Files.getLastModifiedTime(path);
        var fresh = Files.writeString(folder.resolve("fresh"), HEADER + "UN,1,Olga Petrov,\n");
        Files.setLastModifiedTime(fresh, time);
        Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
        assertThat(hits(file.ask(wanted))).isEmpty();

        Files.writeString(path, HEADER + "UN,1,Ivan Petrov,\n");
        Files.setLastModifiedTime(path, FileTime.from(time.toInstant().plusMillis(1)));
        assertThat(hits(file.ask(wanted))).hasSize(1);

        Files.writeString(path, "");
        assertThat(file.ask(wanted)).isInstanceOf(ScreeningList.Answer.Failed.class);
        Files.delete(path);
        assertThat(file.ask(wanted)).isInstanceOf(ScreeningList.Answer.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                HEADER,
                "list,entry_id,name\nUN,1,Ivan Petrov\n",
                HEADER + "UN,1,,\n",
                HEADER + "UN,,Ivan Petrov,\n",
                HEADER + "UN,1\n",
                HEADER + "UN,1,\"Ivan Petrov"
            })
    void a_broken_list_is_no_all_clear(String file) throws IOException {
        assertThat(ask(file, "Ivan Petrov", null)).isInstanceOf(ScreeningList.Answer.Failed.class);
    }

    @Test
    void a_list_that_is_not_there_or_not_text_is_no_all_clear() throws IOException {
        assertThat(new SanctionsFile(folder.resolve("none.csv")).ask(List.of()))
                .isInstanceOf(ScreeningList.Answer.Failed.class);
        var file = folder.resolve("latin.csv");
        Files.write(file, (HEADER + "UN,1,José,\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(new SanctionsFile(file).ask(List.of()))
                .isInstanceOf(ScreeningList.Answer.Failed.class);
    }

    private ScreeningList.Answer ask(String content, String name, @Nullable String birthDate)
            throws IOException {
        var file = folder.resolve("list.csv");
        Files.writeString(file, content);
        return new SanctionsFile(file).ask(List.of(new Subject("people/0/name", name, birthDate)));
    }

    private static List<Hit> hits(ScreeningList.Answer answer) {
        return ((ScreeningList.Answer.Answered) answer).hits();
    }
}
