package io.ferrypay.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runner as a program: what it says, and with what it ends. */
class FrontDoorTest {

    @TempDir Path home;

    private record Ended(int code, String said) {}

    @ParameterizedTest
    @ValueSource(strings = {"up", "demo", "test", "bench", "status", "logs", "down", "format"})
    void every_command_explains_itself(String command) throws Exception {
        var ended = ferry(7200, command, "--help");

        assertThat(ended.code()).isZero();
        assertThat(ended.said()).contains("Usage: ./ferry " + command);
    }

    @Test
    void what_it_does_not_know_it_refuses() throws Exception {
        assertThat(ferry(7200, "dwon").code()).isNotZero();
        assertThat(ferry(7200, "up", "--fast").code()).isNotZero();
        assertThat(ferry(7200, "logs", "no-service").code()).isNotZero();
    }

    @Test
    void nothing_runs_in_a_new_folder() throws Exception {
        assertThat(ferry(7200, "status").said()).contains("not running");
        assertThat(ferry(7200, "down").code()).isZero();
    }

    @Test
    void a_port_in_use_is_named_and_nothing_is_started() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ended = ferry(other.getLocalPort() - Part.MERCHANT.offset(), "up");

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.said())
                    .contains("In use by another program: port " + other.getLocalPort())
                    .contains("FERRY_PORT_BASE")
                    .doesNotContain("Exception");
            assertThat(home.resolve("postgres")).doesNotExist();
        }
    }

    private Ended ferry(int portBase, String... arguments) throws Exception {
        var command =
                new ArrayList<>(
                        List.of(
                                Command.java(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-Dferry.root=" + home,
                                Ferry.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FERRY_HOME", home.toString());
        builder.environment().put("FERRY_PORT_BASE", String.valueOf(portBase));
        var process = builder.start();
        var said =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
