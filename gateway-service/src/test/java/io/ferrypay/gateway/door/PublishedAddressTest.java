package io.ferrypay.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.gateway.door.Door.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What the published descriptions promise can be reached, by a right that fits. */
class PublishedAddressTest {

    private static final List<String> DESCRIPTIONS =
            List.of(
                    "balances-v2.json",
                    "merchants-v2.json",
                    "notifications-v2.json",
                    "payments-v2.json");

    static List<Arguments> operations() throws IOException {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = Objects.requireNonNull(folder.getParent());
        }
        var operations = new ArrayList<Arguments>();
        for (var description : DESCRIPTIONS) {
            var file = folder.resolve("docs").resolve("api").resolve(description);
            JsonMapper.builder()
                    .build()
                    .readTree(Files.readString(file))
                    .path("paths")
                    .forEachEntry((path, methods) ->
                            methods.forEachEntry((method, _) ->
                                    operations.add(
                                            Arguments.of(method.toUpperCase(Locale.ROOT), path))));
        }
        assertThat(operations).hasSizeGreaterThan(90);
        return operations;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void a_published_operation_has_a_door_whose_right_is_of_its_kind(String method, String path) {
        var safe = method.equals("GET");
        var address = Address.find(path.replaceAll("\\{[a-z_]+}", "x1"), null, safe);

        assertThat(address).isNotNull();
        if (address.entry() == Entry.API_KEY) {
            var scope = address.door().scope(safe, address.path());
            assertThat(scope).endsWith(safe ? ":read" : ":write");
            var inPortal =
                    Address.find("/portal/api" + path.replaceAll("\\{[a-z_]+}", "x1"), null, safe);
            assertThat(inPortal)
                    .isEqualTo(new Address(address.door(), address.path(), Entry.PORTAL_SESSION));
        }
        if (method.equals("PUT")) {
            assertThat(address.door().takesPut()).isTrue();
        }
    }
}
