package io.ferrypay.sandbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

class JournalTest {

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void name_a_file() {
        file = folder.resolve("journal");
    }

    @Test
    void the_newest_value_of_every_key_is_remembered() throws IOException {
        try (var journal = Journal.open(file)) {
            journal.put("order", "a", value("1"));
            journal.put("order", "b", value("2"));
            journal.put("order", "a", value("3"));
            journal.put("notice", "a", value("4"));
        }

        try (var journal = Journal.open(file)) {
            assertThat(journal.remembered("order"))
                    .containsExactly(Map.entry("a", value("3")), Map.entry("b", value("2")));
            assertThat(journal.remembered("notice")).containsEntry("a", value("4"));
            assertThat(journal.remembered("other")).isEmpty();
        }
        assertThat(Files.readAllLines(file)).hasSize(3);
    }

    @Test
    void a_line_cut_off_by_a_crash_is_dropped() throws IOException {
        try (var journal = Journal.open(file)) {
            journal.put("order", "a", value("whole"));
        }
        var half =
                "{\"kind\":\"order\",\"key\":\"b\",\"value\":\"支".getBytes(StandardCharsets.UTF_8);
        Files.write(file, Arrays.copyOf(half, half.length - 1), StandardOpenOption.APPEND);

        try (var journal = Journal.open(file)) {
            assertThat(journal.remembered("order")).containsOnlyKeys("a");
        }
    }

    @Test
    void a_file_that_is_no_journal_is_not_overwritten() throws IOException {
        Files.writeString(file, "something\nelse\n");

        assertThatThrownBy(() -> Journal.open(file)).hasMessageContaining("not a journal entry");
        assertThat(file).hasContent("something\nelse\n");
    }

    @Test
    void clearing_forgets_everything() throws IOException {
        try (var journal = Journal.open(file)) {
            journal.put("order", "a", value("1"));
            journal.clear();
            journal.put("order", "b", value("2"));
        }

        try (var journal = Journal.open(file)) {
            assertThat(journal.remembered("order")).containsOnlyKeys("b");
        }
    }

    private static JsonNode value(String text) {
        return StringNode.valueOf(text);
    }
}
