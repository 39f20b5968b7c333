package io.ferrypay.reconcile.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {

    private static final String ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir Path folder;

    private List<Path> files() throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(folder::relativize).toList();
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void a_file_is_found_by_its_hash_and_kept_once() throws IOException {
        var store = new FolderStore(folder);

        var first = store.add(bytes("abc"));
        var again = store.add(bytes("abc"));

        assertThat(first).isEqualTo(new FileStore.Stored(ABC, 3)).isEqualTo(again);
        assertThat(files()).containsExactly(Path.of("ba", ABC));
        try (var in = store.open(ABC)) {
            assertThat(in.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("abc");
        }
    }

    @Test
    void of_a_stream_that_breaks_off_nothing_is_kept() throws IOException {
        var store = new FolderStore(folder);
        var breaking =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("connection reset");
                    }

                    @Override
                    public int read(byte[] into, int from, int length) throws IOException {
                        throw new IOException("connection reset");
                    }
                };

        assertThatThrownBy(() -> store.add(new SequenceInputStream(bytes("abc"), breaking)))
                .hasMessage("connection reset");
        assertThat(files()).isEmpty();
    }

    @Test
    void bytes_of_another_hash_are_not_kept() throws IOException {
        var store = new FolderStore(folder);

        assertThat(store.addIf("0".repeat(64), bytes("abc"))).isEmpty();
        assertThat(files()).isEmpty();
        assertThat(store.addIf(ABC, bytes("abc"))).contains(new FileStore.Stored(ABC, 3));
    }

    @Test
    void what_is_no_hash_leads_nowhere() {
        var store = new FolderStore(folder);

        assertThatThrownBy(() -> store.open("../../etc/passwd"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.open(ABC)).isInstanceOf(IOException.class);
    }
}
