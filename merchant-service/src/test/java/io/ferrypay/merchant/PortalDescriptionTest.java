package io.ferrypay.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PortalDescriptionTest extends PortalTest {

    private static final Path PUBLISHED = Path.of("docs", "api", "portal-v1.json");

    private final JsonMapper json = JsonMapper.builder().build();

    /** After a change on purpose, run once with {@code -Dferry.openapi.write=true}. */
    @Test
    void the_published_description_is_what_the_service_serves() throws IOException {
        var served = served();

        var file = published();
        if (Boolean.getBoolean("ferry.openapi.write")) {
            Files.writeString(
                    file, json.writerWithDefaultPrettyPrinter().writeValueAsString(served) + "\n");
        }

        assertThat(served).isEqualTo(json.readTree(Files.readString(file)));
    }

    @Test
    void every_operation_is_described_and_says_who_may_call_it() {
        served().path("paths")
                .forEach(path ->
                        path.forEach(operation -> {
                            var name = operation.path("operationId").asString();
                            assertThat(operation.path("summary").asString()).as(name).isNotBlank();
                            assertThat(operation.path("description").asString())
                                    .as(name)
                                    .isNotBlank();
                            assertThat(operation.path("x-access").asString(""))
                                    .as(name)
                                    .isNotBlank();
                        }));
    }

    @Test
    void every_name_in_it_is_explained_in_it() {
        var served = served();

        served.findValuesAsString("$ref").stream()
                .distinct()
                .forEach(name ->
                        assertThat(served.at(name.substring(1)).isMissingNode())
                                .as(name)
                                .isFalse());
    }

    private JsonNode served() {
        var answer = browser().get("/portal/api/openapi.json");
        expect(200, answer);
        return answer.body();
    }

    static Path published() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder.resolve(PUBLISHED);
    }
}
