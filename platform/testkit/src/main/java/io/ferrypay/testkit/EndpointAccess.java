package io.ferrypay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Tries every endpoint of a service's merchant API as those who may not call it: without a token,
 * without the scope, as another merchant and in the other mode. An endpoint or an operation of the
 * OpenAPI document without a rule, or a rule without them, is a failure, so nothing new is
 * forgotten.
 */
public final class EndpointAccess {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The rule of an endpoint that needs a merchant's token and no scope. */
    public static final String ANY_MERCHANT = "any merchant";

    /** The rule of an endpoint that needs no token. */
    public static final String ANYONE = "anyone";

    /** The description does not describe itself. */
    private static final String DESCRIPTION = "GET /v2/openapi.json";

    /** Makes the token of a merchant in a mode, {@code test} or {@code live}. */
    @FunctionalInterface
    public interface Tokens {
        String of(String merchantId, String mode, List<String> scopes);
    }

    /**
     * Who owns what the endpoints' ids name.
     *
     * @param scopes every scope there is
     * @param ids what stands for an endpoint's path variables, by endpoint; something that exists,
     *     of the merchant, in test mode
     * @param bodies what an endpoint accepts, by endpoint; of the others {@code {}} is sent
     */
    public record Owner(
            String merchantId,
            String otherMerchantId,
            Set<String> scopes,
            Map<String, String> ids,
            Map<String, String> bodies) {}

    private final int port;
    private final Tokens tokens;
    private final Owner owner;

    public EndpointAccess(int port, Tokens tokens, Owner owner) {
        this.port = port;
        this.tokens = tokens;
        this.owner = owner;
    }

    /**
     * Every endpoint of a service whose path begins like that: {@code GET /v2/payments/{id}}, also
     * where the id's form is part of the pattern.
     */
    public static Set<String> endpoints(RequestMappingHandlerMapping mappings, String prefix) {
        var endpoints = new TreeSet<String>();
        for (var mapping : mappings.getHandlerMethods().keySet()) {
            for (var pattern : mapping.getPatternValues()) {
                if (pattern.startsWith(prefix)) {
                    mapping.getMethodsCondition()
                            .getMethods()
                            .forEach(method -> endpoints.add(method + " " + plain(pattern)));
                }
            }
        }
        return endpoints;
    }

    /** Without the forms of its variables, which may have braces themselves. */
    private static String plain(String pattern) {
        var plain = new StringBuilder();
        var depth = 0;
        var inForm = false;
        for (var i = 0; i < pattern.length(); i++) {
            var character = pattern.charAt(i);
            if (character == '{') {
                depth++;
            } else if (character == '}') {
                depth--;
            } else if (character == ':' && depth == 1) {
                inForm = true;
            }
            if (depth == 0) {
                inForm = false;
            }
            if (!inForm) {
                plain.append(character);
            }
        }
        return plain.toString();
    }

    /**
     * @param endpoints method and path pattern of all there are, such as {@code GET
     *     /v2/payments/{id}}
     * @param described every operation of the published OpenAPI document, written as those
     * @param rules the scope each of them needs
     */
    public Stream<DynamicTest> tests(
            Set<String> endpoints, Set<String> described, Map<String, String> rules) {
        var tests = new ArrayList<DynamicTest>();
        tests.add(
                DynamicTest.dynamicTest(
                        "every operation of the description has its rule, every endpoint is described",
                        () ->
                                assertThat(
                                                rules.keySet().stream()
                                                        .filter(rule ->
                                                                !rule.startsWith(DESCRIPTION))
                                                        .toList())
                                        .containsExactlyInAnyOrderElementsOf(described)));
        tests.add(
                DynamicTest.dynamicTest(
                        "every endpoint has its rule",
                        () -> assertThat(rules.keySet()).isEqualTo(endpoints)));
        new HashMap<>(rules)
                .forEach((endpoint, rule) -> {
                    if (rule.equals(ANYONE)) {
                        tests.add(
                                test(
                                        endpoint,
                                        "is for anyone",
                                        () -> answersWithoutToken(endpoint)));
                        return;
                    }
                    tests.add(
                            test(
                                    endpoint,
                                    "refuses who has no token",
                                    () -> refusesStrangers(endpoint)));
                    if (!rule.equals(ANY_MERCHANT)) {
                        tests.add(
                                test(
                                        endpoint,
                                        "refuses every scope but " + rule,
                                        () -> refusesOtherScopes(endpoint, rule)));
                    }
                    tests.add(test(endpoint, "takes " + rule, () -> takes(endpoint, rule)));
                    if (endpoint.contains("{")) {
                        tests.add(
                                test(
                                        endpoint,
                                        "does not know another merchant's",
                                        () ->
                                                knowsNothing(
                                                        endpoint,
                                                        owner.otherMerchantId(),
                                                        "test")));
                        tests.add(
                                test(
                                        endpoint,
                                        "does not know the other mode's",
                                        () -> knowsNothing(endpoint, owner.merchantId(), "live")));
                    }
                });
        return tests.stream();
    }

    private static DynamicTest test(String endpoint, String what, Runnable check) {
        return DynamicTest.dynamicTest(endpoint + " " + what, check::run);
    }

    private void answersWithoutToken(String endpoint) {
        assertThat(call(endpoint, null).statusCode()).isNotIn(401, 403);
    }

    private void refusesStrangers(String endpoint) {
        var answer = call(endpoint, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.body()).contains("\"unauthenticated\"");
    }

    private void refusesOtherScopes(String endpoint, String rule) {
        var others = owner.scopes().stream().filter(scope -> !scope.equals(rule)).toList();
        assertThat(others).hasSize(owner.scopes().size() - 1);
        var answer = call(endpoint, tokens.of(owner.merchantId(), "test", others));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("\"forbidden_scope\"");
    }

    /** Tried by a merchant who owns nothing, so that trying changes nothing. */
    private void takes(String endpoint, String rule) {
        var scopes = rule.equals(ANY_MERCHANT) ? List.<String>of() : List.of(rule);
        var answer = call(endpoint, tokens.of(owner.otherMerchantId(), "test", scopes));
        assertThat(answer.statusCode()).as(answer.body()).isNotIn(401, 403).isLessThan(500);
    }

    private void knowsNothing(String endpoint, String merchantId, String mode) {
        var answer = call(endpoint, tokens.of(merchantId, mode, List.copyOf(owner.scopes())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(answer.body()).contains("\"not_found\"");
    }

    private HttpResponse<String> call(String endpoint, @Nullable String token) {
        var method = endpoint.substring(0, endpoint.indexOf(' '));
        var path = endpoint.substring(endpoint.indexOf(' ') + 1);
        if (path.contains("{")) {
            var id = owner.ids().get(endpoint);
            assertThat(id).as("something that exists, for " + endpoint).isNotNull();
            path = path.replaceAll("\\{[A-Za-z_]+}", id);
        }
        var body =
                method.equals("GET") || method.equals("DELETE")
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(owner.bodies().getOrDefault(endpoint, "{}"));
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .method(method, body);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
