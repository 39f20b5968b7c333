package io.ferrypay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerEngineTest {
    @TempDir Path folder;

    @Test
    void an_engine_that_answers_its_ping_is_found() throws IOException {
        assertThat(answersWhenEngineSays("HTTP/1.1 200 OK\r\n\r\nOK")).isTrue();
    }

    @Test
    void one_that_answers_something_else_is_not() throws IOException {
        assertThat(answersWhenEngineSays("HTTP/1.1 503 Unavailable\r\n\r\n")).isFalse();
        assertThat(answersWhenEngineSays("")).isFalse();
    }

    @Test
    void one_that_hangs_is_given_up_soon() throws IOException {
        var socket = folder.resolve("hangs.sock");
        try (var engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket));
            var start = System.nanoTime();

            assertThat(DockerEngine.answersAt("unix://" + socket)).isFalse();

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void an_address_without_an_engine_is_no_engine() {
        assertThat(DockerEngine.answersAt("unix://" + folder.resolve("none.sock"))).isFalse();
        assertThat(DockerEngine.answersAt("tcp://127.0.0.1:1")).isFalse();
        assertThat(DockerEngine.answersAt("npipe://x")).isFalse();
        assertThat(DockerEngine.answersAt("not an address")).isFalse();
    }

    private boolean answersWhenEngineSays(String answer) throws IOException {
        var socket = folder.resolve("docker" + answer.hashCode() + ".sock");
        try (var engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket));
            Thread.startVirtualThread(() -> {
                try (var client = engine.accept()) {
                    client.read(ByteBuffer.allocate(256));
                    client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            return DockerEngine.answersAt("unix://" + socket);
        }
    }
}
