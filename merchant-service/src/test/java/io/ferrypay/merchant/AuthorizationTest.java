package io.ferrypay.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.merchant.portal.Permission;
import io.ferrypay.merchant.portal.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every operation of the published description, tried by a stranger and in every role and mode. A
 * new operation is covered once it is described; what the description says of it, {@code x-access},
 * must be what happens, and one without that fails.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationTest extends PortalTest {

    private static final Set<String> REFUSALS =
            Set.of("forbidden_scope", "unauthenticated", "csrf_token_invalid");

    private final Map<Role, Browser> people = new EnumMap<>(Role.class);

    record Operation(String method, String path, String access) {

        @Override
        public String toString() {
            return method + " " + path + " (" + access + ")";
        }

        /** With ids of nothing that exists. */
        String address() {
            return path.replaceAll("\\{[a-z_]+}", "01JD0000000000000000000000");
        }

        boolean allowed(Role role) {
            return switch (access) {
                case "anyone", "signed_in" -> true;
                default ->
                        role.may(
                                Arrays.stream(Permission.values())
                                        .filter(permission -> permission.text().equals(access))
                                        .findFirst()
                                        .orElseThrow(() ->
                                                new AssertionError(
                                                        this + " has no rule that we know")));
            };
        }
    }

    static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        try {
            var paths =
                    JsonMapper.builder()
                            .build()
                            .readTree(Files.readString(PortalDescriptionTest.published()))
                            .path("paths");
            for (var path : paths.propertyNames()) {
                JsonNode methods = paths.path(path);
                for (var method : methods.propertyNames()) {
                    operations.add(
                            new Operation(
                                    method.toUpperCase(java.util.Locale.ROOT),
                                    path,
                                    methods.path(method).path("x-access").asString("")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return operations;
    }

    @Test
    void there_is_something_to_try() {
        assertThat(operations()).hasSizeGreaterThan(10);
        assertThat(new TreeSet<>(operations().stream().map(Operation::access).toList()))
                .contains("anyone", "signed_in")
                .doesNotContain("");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void a_stranger_may_call_only_what_is_for_anyone(Operation operation) {
        var stranger = browser();
        stranger.get("/portal/api/session"); // Gets the CSRF token, as every page does first.

        var answer = call(operation, stranger);

        if (operation.access().equals("anyone")) {
            assertThat(answer.code()).isNotIn(REFUSALS);
        } else {
            assertThat(answer.code()).isEqualTo("unauthenticated");
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_role_in_both_modes_may_do_what_the_rule_says(Operation operation) {
        for (var role : Role.values()) {
            for (var mode : List.of("test", "live")) {
                var person = person(role);
                person.headers.put("Ferry-Mode", mode);

                var answer = call(operation, person);

                if (operation.allowed(role)) {
                    assertThat(answer.code()).as("%s, %s", role, mode).isNotIn(REFUSALS);
                } else {
                    assertThat(answer.code()).as("%s, %s", role, mode).isEqualTo("forbidden_scope");
                }
                if (answer.status() >= 500) {
                    throw new AssertionError(operation + " failed: " + answer);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void what_changes_something_needs_the_csrf_token(Operation operation) {
        if (operation.method().equals("GET")) {
            return;
        }
        var owner = person(Role.OWNER);
        owner.repeatsCsrfToken = false;

        var answer = call(operation, owner);
        owner.repeatsCsrfToken = true;

        assertThat(answer.code()).isEqualTo("csrf_token_invalid");
    }

    /** With a body that no operation accepts, so that nothing is changed by trying. */
    private static Browser.Answer call(Operation operation, Browser browser) {
        return switch (operation.method()) {
            case "GET", "DELETE" -> browser.send(operation.method(), operation.address(), null);
            default -> browser.send(operation.method(), operation.address(), List.of());
        };
    }

    /** Signed in anew when an operation has ended the session. */
    private Browser person(Role role) {
        var known = people.get(role);
        if (known != null && known.get("/portal/api/session").status() == 200) {
            return known;
        }
        var person = owner();
        jdbc.sql("update membership set role = ? where user_id = ?")
                .params(role.text(), person.get("/portal/api/session").text("user", "id"))
                .update();
        people.put(role, person);
        return person;
    }
}
