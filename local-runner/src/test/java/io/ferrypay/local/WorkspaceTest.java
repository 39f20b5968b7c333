package io.ferrypay.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceTest {

    private static final Path ROOT = Path.of("/checkout");

    @Test
    void two_checkouts_share_no_port_and_no_folder() {
        var one = Workspace.from(ROOT, Map.of());
        var other = Workspace.from(Path.of("/other"), Map.of("FERRY_PORT_BASE", "7300"));

        assertThat(one.home()).isEqualTo(Path.of("/checkout/.ferry"));
        assertThat(other.home()).isEqualTo(Path.of("/other/.ferry"));
        var ports =
                Stream.of(one, other)
                        .flatMap(workspace ->
                                Stream.concat(
                                        Stream.of(Part.values()).map(workspace::port),
                                        Stream.of(
                                                workspace.postgresPort(),
                                                workspace.gatewayManagementPort())));
        assertThat(ports).doesNotHaveDuplicates().hasSize(2 * Workspace.PORTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http", "80", "65530", "-1", "7200.5"})
    void a_port_that_can_not_be_is_refused_with_what_could(String base) {
        assertThatThrownBy(() -> Workspace.from(ROOT, Map.of("FERRY_PORT_BASE", base)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("FERRY_PORT_BASE must be a number");
    }
}
