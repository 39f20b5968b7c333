package io.ferrypay.local;

import com.nimbusds.jose.jwk.ECKey;
import io.ferrypay.identity.InternalTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import tools.jackson.databind.PropertyNamingStrategies;

/** Orders to the running trade-admin-service, given as the service that orders on the clock. */
final class TradeAdmin {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private TradeAdmin() {}

    /**
     * @param what for the refusal, such as "The books"
     */
    static <T> T check(String what, String path, Class<T> report) throws InterruptedException {
        var workspace = Workspace.current();
        if (PlatformState.running(workspace).isEmpty()) {
            throw new Refusal("The platform is not running. Start it with ./ferry up.");
        }
        var request =
                HttpRequest.newBuilder(URI.create(workspace.urlOf(Part.TRADE_ADMIN) + path))
                        .timeout(LIMIT)
                        .header("Authorization", "Bearer " + token(workspace))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
        var service = Part.TRADE_ADMIN.module();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new Refusal(
                        "%s could not be checked: %s answers %d."
                                .formatted(what, service, answer.statusCode()));
            }
            return Json.MAPPER
                    .rebuild()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build()
                    .readValue(answer.body(), report);
        } catch (IOException e) {
            throw new Refusal(
                    "%s could not be checked: %s does not answer.".formatted(what, service), e);
        }
    }

    private static String token(Workspace workspace) {
        var file = workspace.identityKeys().resolve(Part.JOB.module() + ".jwk");
        try {
            return new InternalTokens(ECKey.parse(Files.readString(file)), Clock.systemUTC())
                    .forService(Part.TRADE_ADMIN.module());
        } catch (IOException | ParseException e) {
            throw new Refusal("The key " + file + " can't be read.", e);
        }
    }
}
