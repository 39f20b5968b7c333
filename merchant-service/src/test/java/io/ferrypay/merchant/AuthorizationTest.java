package io.ferrypay.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.merchant.document.SampleFiles;
import io.ferrypay.merchant.portal.Permission;
import io.ferrypay.merchant.portal.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
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

    static List<Operation> operations_on_one() {
        return operations().stream().filter(one -> one.path().contains("{")).toList();
    }

    /**
     * By the one who may do the most, with what the operation takes, so that only the owner is
     * wrong.
     */
    @ParameterizedTest
    @MethodSource("operations_on_one")
    void what_is_another_merchants_does_not_exist(Operation operation) {
        var theirs = theirs();
        var id =
                theirs.get(
                        operation.path().replaceFirst("^/portal/api/(\\w+(/\\w+)?)/\\{.*", "$1"));
        assertThat(id).as("something of another merchant, for " + operation).isNotNull();
        var before = everythingOf(id);
        var body =
                switch (operation.path() + " " + operation.method()) {
                    case "/portal/api/team/{user_id} PATCH" -> Map.of("role", "cashier");
                    case "/portal/api/passkeys/{id} PATCH" -> Map.of("name", "Mine");
                    default -> null;
                };

        var answer =
                person(Role.OWNER)
                        .send(
                                operation.method(),
                                operation.path().replaceAll("\\{[a-z_]+}", id),
                                body);

        assertThat(answer.status()).as("%s", answer).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not_found");
        assertThat(everythingOf(id)).isEqualTo(before);
    }

    private final Map<String, String> anothers = new HashMap<>();

    /** By what stands before the id in a path. */
    private Map<String, String> theirs() {
        if (anothers.isEmpty()) {
            var other = owner();
            var session = other.get("/portal/api/session");
            var user = session.text("user", "id");
            var file =
                    other.upload(
                            "/portal/api/onboarding/documents?kind=identity&name=a.png",
                            "image/png",
                            SampleFiles.png());
            expect(201, file);
            var invited =
                    other.post(
                            "/portal/api/team_invitations",
                            Map.of("email", newEmail(), "role", "finance", "language", "en"));
            expect(201, invited);
            jdbc.sql(
                            "insert into passkey (id, user_id, credential_id, credential, counter, backup, name, created_at) values ('pk_of_another', ?, 'of_another', ''::bytea, 0, false, 'Theirs', now())")
                    .param(user)
                    .update();
            anothers.putAll(
                    Map.of(
                            "sessions", session.text("id"),
                            "team", user,
                            "team_invitations", invited.text("id"),
                            "passkeys", "pk_of_another",
                            "onboarding/documents", file.text("id")));
        }
        return anothers;
    }

    /** Every row that names it, so that nothing of it can change unseen. */
    private List<String> everythingOf(String id) {
        return jdbc.sql(
                        """
                        select 'membership ' || m::text from membership m where m.user_id = :id
                        union all select 'passkey ' || p::text from passkey p where p.id = :id
                        union all select 'invitation ' || i::text from invitation i where i.id = :id
                        union all select 'document ' || d::text from document d where d.id = :id
                        order by 1
                        """)
                .param("id", id)
                .query(String.class)
                .list();
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
