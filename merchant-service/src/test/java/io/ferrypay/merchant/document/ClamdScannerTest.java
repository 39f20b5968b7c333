package io.ferrypay.merchant.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Against a listener that speaks clamd's INSTREAM. */
class ClamdScannerTest {

    private static final byte[] FILE = new byte[200_000];

    @Test
    void what_clamd_says_is_what_counts() throws Exception {
        assertThat(scan("stream: OK\0")).isInstanceOf(VirusScanner.Verdict.Clean.class);
        assertThat(scan("stream: Eicar-Test-Signature FOUND\0"))
                .isEqualTo(new VirusScanner.Verdict.Infected("Eicar-Test-Signature"));
    }

    @Test
    void what_is_neither_yes_nor_no_is_unknown() throws Exception {
        for (var answer :
                new String[] {
                    "INSTREAM size limit exceeded. ERROR\0", "", "stream: OK but", "\0", "OK\0"
                }) {
            assertThat(scan(answer)).as(answer).isInstanceOf(VirusScanner.Verdict.Unknown.class);
        }
    }

    @Test
    void one_who_does_not_answer_has_not_said_yes() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(scanner(silent, 200).scan(new byte[10]))
                    .isInstanceOf(VirusScanner.Verdict.Unknown.class);
        }
        var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        gone.close();
        assertThat(scanner(gone, 200).scan(new byte[10]))
                .isInstanceOf(VirusScanner.Verdict.Unknown.class);
    }

    /** 10 MB don't fit into the buffers between the two. */
    @Test
    void one_who_does_not_read_holds_nobody_up() throws Exception {
        try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () ->
                            assertThat(scanner(deaf, 200).scan(new byte[10_000_000]))
                                    .isInstanceOf(VirusScanner.Verdict.Unknown.class));
        }
    }

    @Test
    void one_who_answers_byte_by_byte_has_no_more_time_than_others() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var dripping = Thread.ofVirtual().start(() -> drip(server));
            assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () ->
                            assertThat(scanner(server, 300).scan(new byte[10]))
                                    .isInstanceOf(VirusScanner.Verdict.Unknown.class));
            dripping.interrupt();
        }
    }

    private static void drip(ServerSocket server) {
        try (var socket = server.accept()) {
            while (true) {
                socket.getOutputStream().write('x');
                Thread.sleep(50);
            }
        } catch (IOException | InterruptedException _) {
            // The other one has gone, or the test is over.
        }
    }

    private static VirusScanner.Verdict scan(String answer) throws Exception {
        FILE[150_000] = 7;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var received = CompletableFuture.supplyAsync(() -> serve(server, answer));
            var verdict = scanner(server, 5000).scan(FILE);
            assertThat(received.get()).isEqualTo(FILE);
            return verdict;
        }
    }

    private static ClamdScanner scanner(ServerSocket server, int millis) {
        return new ClamdScanner(
                "127.0.0.1",
                server.getLocalPort(),
                Duration.ofMillis(millis),
                Duration.ofMillis(millis));
    }

    private static byte[] serve(ServerSocket server, String answer) {
        try (var socket = server.accept()) {
            var in = new DataInputStream(socket.getInputStream());
            assertThat(new String(in.readNBytes(10), StandardCharsets.US_ASCII))
                    .isEqualTo("zINSTREAM\0");
            var file = new ByteArrayOutputStream();
            for (var length = in.readInt(); length > 0; length = in.readInt()) {
                file.writeBytes(in.readNBytes(length));
            }
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            return file.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
