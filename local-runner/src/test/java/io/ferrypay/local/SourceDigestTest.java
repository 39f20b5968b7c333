package io.ferrypay.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is built again: whatever changed, and nothing else. */
class SourceDigestTest {

    @TempDir Path root;

    @BeforeEach
    void write_a_module() throws IOException {
        Files.createDirectories(root.resolve("module/src"));
        Files.createDirectories(root.resolve("module/target"));
        Files.writeString(root.resolve("module/src/A.java"), "class A {}");
    }

    @Test
    void changes_with_every_byte_name_and_file_of_the_source() throws IOException {
        var before = digest();
        Files.writeString(root.resolve("module/src/A.java"), "class A { }");
        var edited = digest();
        Files.move(root.resolve("module/src/A.java"), root.resolve("module/src/B.java"));
        var renamed = digest();
        Files.writeString(root.resolve("module/src/C.java"), "");
        var added = digest();

        assertThat(List.of(before, edited, renamed, added)).doesNotHaveDuplicates();
    }

    @Test
    void stays_the_same_whatever_a_build_leaves_behind() throws IOException {
        var before = digest();
        Files.writeString(root.resolve("module/target/A.class"), "built");
        Files.setLastModifiedTime(
                root.resolve("module/src/A.java"),
                java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));

        assertThat(digest()).isEqualTo(before);
    }

    private String digest() {
        return SourceDigest.of(root, List.of("module"));
    }
}
