package io.ferrypay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenAPI document in {@code docs/api}. After a change on purpose, run its test once with {@code
 * -Dferry.openapi.write=true}.
 */
public final class PublishedDescription {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    /**
     * @param name such as {@code payments-v2.json}
     */
    public PublishedDescription(String name) {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = Objects.requireNonNull(folder.getParent());
        }
        file = folder.resolve("docs", "api", name);
    }

    /** Fails unless it is what the service serves. */
    public void isWhatIsServed(JsonNode served) {
        try {
            if (Boolean.getBoolean("ferry.openapi.write")) {
                Files.writeString(
                        file,
                        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(served) + "\n");
            }
            assertThat(served).isEqualTo(JSON.readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless each operation has a name, says what it does and how it fails. */
    public void isComplete() {
        var document = read();
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        document.path("paths")
                .forEach(path ->
                        path.forEach(operation -> {
                            var name = operation.path("operationId").asString();
                            assertThat(operation.path("summary").asString()).as(name).isNotBlank();
                            assertThat(operation.path("responses").propertyNames())
                                    .as(name)
                                    .anyMatch(status -> status.startsWith("2"))
                                    .contains("401", "429", "500");
                        }));
        document.findValuesAsString("$ref").stream()
                .distinct()
                .forEach(name ->
                        assertThat(document.at(name.substring(1)).isMissingNode())
                                .as(name)
                                .isFalse());
    }

    /** Every operation: {@code GET /v2/payments/{id}}. */
    public Set<String> operations() {
        var operations = new TreeSet<String>();
        read().path("paths")
                .forEachEntry((path, methods) ->
                        methods.forEachEntry((method, _) ->
                                operations.add(
                                        method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
        return operations;
    }

    private JsonNode read() {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
