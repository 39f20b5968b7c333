package io.ferrypay.tradeadmin.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.tradeadmin.TradeAdminTest;
import io.ferrypay.tradeadmin.audit.ReadAudit;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How people come in, get rights and lose them. The first test makes the two founders. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StaffTest extends TradeAdminTest {

    private static final String PASSWORD = "tussock and kowhai 9";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Person(Visitor visitor, String email, String secret, JsonNode joined) {

        String account() {
            return joined.path("session").path("user").path("account").asString();
        }
    }

    private static Person first;
    private static Person second;

    @Autowired private StaffAccounts accounts;
    @Autowired private KeepStaff staff;
    @Autowired private FirstPeople firstPeople;
    @Autowired private ReadAudit audit;
    @Autowired private MeterRegistry metrics;

    @Test
    @Order(1)
    void the_first_two_come_in_by_links_that_are_good_once() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(firstLinks())))
                .isEqualTo("rw-------");
        var links = Files.readAllLines(firstLinks());
        assertThat(links)
                .hasSize(2)
                .allMatch(link -> link.startsWith("http://localhost:7200/console/join#token="));
        var token = links.getFirst().substring(links.getFirst().indexOf("token=") + 6);

        var stranger = new Visitor(port);
        assertThat(stranger.post("join:look", "{\"token\":\"nonsense\"}").code())
                .isEqualTo("token_not_usable");
        assertThat(
                        stranger.post("join:look", "{\"token\":\"" + token + "\"}")
                                .body()
                                .path("asks_who")
                                .asBoolean())
                .isTrue();
        assertThat(stranger.post("join", joining(token, null)).code()).isEqualTo("invalid_request");
        assertThat(
                        stranger.postWithoutCsrf(
                                        "join", joining(token, newcomer("x@y.example", "E-0")))
                                .code())
                .isEqualTo("csrf_token_invalid");

        first = join(token, newcomer("Aroha@Ferrypay.example", "E-1"));
        assertThat(first.joined.path("recovery_codes")).hasSize(10);
        assertThat(first.joined.path("session").path("roles").get(0).asString())
                .isEqualTo("administrator");
        assertThat(
                        new Visitor(port)
                                .post("join", joining(token, newcomer("z@ferrypay.example", "E-9")))
                                .code())
                .isEqualTo("token_not_usable");

        // The next start makes what is left anew; the old link is void.
        var old = links.getLast().substring(links.getLast().indexOf("token=") + 6);
        firstPeople.invite();
        var again = Files.readAllLines(firstLinks());
        assertThat(again).hasSize(1);
        assertThat(new Visitor(port).post("join:look", "{\"token\":\"" + old + "\"}").code())
                .isEqualTo("token_not_usable");
        var fresh = again.getFirst().substring(again.getFirst().indexOf("token=") + 6);
        assertThat(
                        new Visitor(port)
                                .post(
                                        "join",
                                        joining(fresh, newcomer("other@ferrypay.example", "E-1")))
                                .code())
                .isEqualTo("invalid_request");
        second = join(fresh, newcomer("wiremu@ferrypay.example", "E-2"));
        firstPeople.invite();
        assertThat(firstLinks()).doesNotExist();
        assertThat(actionsOn(first.account()))
                .contains("staff.joined", "staff.second_factor_set_up");
    }

    @Test
    @Order(2)
    void a_password_alone_opens_nothing() {
        var visitor = new Visitor(port);
        var answer = visitor.post("sign_in", credentials(first.email, PASSWORD));
        assertThat(answer.body().path("status").asString()).isEqualTo("second_factor_required");
        assertThat(visitor.get("session").status()).isEqualTo(401);
        assertThat(exchange(visitor.session(), "gateway-service")).isEqualTo(401);
        assertThat(visitor.post("second_factor:offer", "{}").code())
                .isEqualTo("second_factor_is_on");
        assertThat(visitor.post("sign_in:second_factor", "{\"totp\":\"000000\"}").code())
                .isEqualTo("wrong_code");

        var recovery = first.joined.path("recovery_codes").get(0).asString();
        var signedIn =
                visitor.post("sign_in:second_factor", "{\"recovery_code\":\"" + recovery + "\"}");
        assertThat(signedIn.body().path("user").path("name").asString()).isEqualTo("Aroha");
        assertThat(
                        new Visitor(port)
                                .post(
                                        "sign_in:second_factor",
                                        "{\"recovery_code\":\"" + recovery + "\"}")
                                .status())
                .isEqualTo(401);
        assertThat(exchange(visitor.session(), "gateway-service")).isEqualTo(200);
        assertThat(exchange(visitor.session(), "job-service")).isEqualTo(403);
        assertThat(visitor.post("sign_out", "{}").status()).isEqualTo(204);
        assertThat(exchange(visitor.session(), "gateway-service")).isEqualTo(401);
        assertThat(actionsOn(first.account()))
                .contains("staff.signed_in", "staff.sign_in_failed", "staff.signed_out");
    }

    @Test
    @Order(3)
    void guesses_lock_an_account_whether_it_exists_or_not() {
        for (var email : List.of("nobody@ferrypay.example", first.email)) {
            var visitor = new Visitor(port);
            for (var i = 0; i < 9; i++) {
                visitor.post("sign_in", credentials(email, "wrong " + i));
            }
            assertThat(visitor.post("sign_in", credentials(email, "wrong")).code())
                    .isEqualTo("wrong_credentials");
            assertThat(visitor.post("sign_in", credentials(email, PASSWORD)).code())
                    .isEqualTo("too_many_attempts");
        }
        jdbc.sql("delete from sign_in_attempt").update();
    }

    @Test
    @Order(4)
    void rights_are_given_by_two_and_never_by_the_one_they_are_for() {
        var one = caller(first);
        var two = caller(second);
        var path = "/console/api/staff/" + first.account() + ":change_roles";

        assertThat(call(one, "POST", path, "{\"roles\":[\"king\"],\"reason\":\"why not\"}").code())
                .isEqualTo("invalid_request");
        var asked =
                call(
                        two,
                        "POST",
                        path,
                        "{\"roles\":[\"administrator\",\"reviewer\"],\"reason\":\"reviews, too\"}");
        assertThat(asked.status()).isEqualTo(202);
        var approval = "/console/api/approvals/" + asked.body().path("approval").asString();
        assertThat(
                        call(one, "GET", approval, null)
                                .body()
                                .path("diff")
                                .get(1)
                                .path("after")
                                .asString())
                .isEqualTo("administrator, reviewer");
        assertThat(call(two, "POST", approval + ":approve", "{\"version\":1}").code())
                .isEqualTo("own_request");
        assertThat(call(one, "POST", approval + ":approve", "{\"version\":1}").code())
                .isEqualTo("own_roles");
        assertThat(accounts.find(first.account()).orElseThrow().roles())
                .containsExactly(StaffRole.ADMINISTRATOR);
        var third = colleague("staff:approve");

        assertThat(
                        call(third, "POST", approval + ":approve", "{\"version\":1}")
                                .body()
                                .path("status")
                                .asString())
                .isEqualTo("approved");

        assertThat(accounts.find(first.account()).orElseThrow().roles())
                .containsExactlyInAnyOrder(StaffRole.ADMINISTRATOR, StaffRole.REVIEWER);
        assertThat(
                        first.visitor
                                .get("session")
                                .body()
                                .path("permissions")
                                .valueStream()
                                .map(JsonNode::asString))
                .contains("onboarding:review");
        assertThat(actionsOn(first.account())).contains("staff.roles_changed");
    }

    @Test
    @Order(5)
    void a_colleague_is_asked_for_approved_and_comes_in_by_a_link() {
        var asked =
                call(
                        caller(first),
                        "POST",
                        "/console/api/staff",
                        "{\"employee_number\":\"E-1\",\"name\":\"Somebody else\",\"email\":\"Second@ferrypay.example\",\"roles\":[\"finance\"],\"reason\":\"a second account\"}");
        var approval = "/console/api/approvals/" + asked.body().path("approval").asString();
        var diff = call(caller(second), "GET", approval, null).body().path("diff");
        assertThat(diff.get(0).path("before").asString())
                .as("one of ours already")
                .isEqualTo("E-1");
        assertThat(diff.get(1).path("after").asString()).isEqualTo("Aroha");
        assertThat(call(caller(second), "POST", approval + ":approve", "{\"version\":1}").status())
                .isEqualTo(200);
        var account = accounts.byEmail("second@ferrypay.example").orElseThrow();
        assertThat(account.personId())
                .isEqualTo(accounts.find(first.account()).orElseThrow().personId());

        assertThat(
                        call(
                                        tired(caller(first)),
                                        "POST",
                                        "/console/api/staff/" + account.id() + ":link",
                                        "{}")
                                .code())
                .isEqualTo("step_up_required");
        var url =
                call(caller(first), "POST", "/console/api/staff/" + account.id() + ":link", "{}")
                        .body()
                        .path("url")
                        .asString();
        var joined = join(url.substring(url.indexOf("token=") + 6), null);
        assertThat(joined.joined.path("session").path("roles").get(0).asString())
                .isEqualTo("finance");
        assertThat(
                        call(
                                        caller(first),
                                        "POST",
                                        "/console/api/staff/" + account.id() + ":link",
                                        "{}")
                                .code())
                .isEqualTo("account_status_conflict");

        // Whatever the same person asks for with one account, the other can't approve.
        var own =
                call(
                                caller(first),
                                "POST",
                                "/console/api/staff/" + second.account() + ":change_roles",
                                "{\"roles\":[\"support\"],\"reason\":\"less to do\"}")
                        .body()
                        .path("approval")
                        .asString();
        var other =
                new StaffCaller(
                        account.id(),
                        account.personId(),
                        "Aroha",
                        Set.of("staff:approve"),
                        "ses_1",
                        java.time.Instant.now(),
                        "192.0.2.7");
        assertThat(
                        call(
                                        other,
                                        "POST",
                                        "/console/api/approvals/" + own + ":approve",
                                        "{\"version\":1}")
                                .code())
                .isEqualTo("own_request");
        // And one administrator must be left with another.
        assertThat(
                        call(
                                        colleague("staff:approve"),
                                        "POST",
                                        "/console/api/approvals/" + own + ":approve",
                                        "{\"version\":1}")
                                .code())
                .isEqualTo("last_administrators");
        assertThat(accounts.find(second.account()).orElseThrow().roles())
                .containsExactly(StaffRole.ADMINISTRATOR);

        assertThat(joined.visitor.get("session").status()).isEqualTo(200);
        assertThat(
                        call(
                                        caller(second),
                                        "POST",
                                        "/console/api/staff/" + account.id() + ":disable",
                                        "{\"reason\":\"left us\"}")
                                .body()
                                .path("status")
                                .asString())
                .isEqualTo("disabled");
        assertThat(joined.visitor.get("session").status()).isEqualTo(401);
        assertThat(exchange(joined.visitor.session(), "gateway-service")).isEqualTo(401);
        assertThat(
                        new Visitor(port)
                                .post("sign_in", credentials("second@ferrypay.example", PASSWORD))
                                .code())
                .isEqualTo("wrong_credentials");
    }

    @Test
    @Order(6)
    void broken_glass_gives_all_rights_for_a_while_and_is_heard() {
        var one = caller(second);
        assertThat(
                        call(
                                        colleague("ledger:read"),
                                        "POST",
                                        "/console/api/break_glass",
                                        "{\"reason\":\"the house is on fire\",\"minutes\":5}")
                                .code())
                .isEqualTo("forbidden_scope");
        assertThat(
                        call(
                                        tired(one),
                                        "POST",
                                        "/console/api/break_glass",
                                        "{\"reason\":\"the house is on fire\",\"minutes\":5}")
                                .code())
                .isEqualTo("step_up_required");
        assertThat(
                        call(
                                        one,
                                        "POST",
                                        "/console/api/break_glass",
                                        "{\"reason\":\"the house is on fire\",\"minutes\":61}")
                                .code())
                .isEqualTo("invalid_request");
        var before = metrics.get("staff.break_glass.open").gauge().value();

        assertThat(
                        call(
                                        one,
                                        "POST",
                                        "/console/api/break_glass",
                                        "{\"reason\":\"the house is on fire\",\"minutes\":5}")
                                .status())
                .isEqualTo(200);

        assertThat(metrics.get("staff.break_glass.open").gauge().value()).isEqualTo(before + 1);
        assertThat(second.visitor.get("session").body().path("permissions"))
                .hasSameSizeAs(Permission.values());
        assertThat(
                        call(
                                        one,
                                        "POST",
                                        "/console/api/break_glass",
                                        "{\"reason\":\"the house is on fire\",\"minutes\":5}")
                                .code())
                .isEqualTo("break_glass_open");
        assertThat(call(one, "POST", "/console/api/break_glass:end", "{}").status()).isEqualTo(204);
        assertThat(second.visitor.get("session").body().path("permissions"))
                .hasSize(StaffRole.ADMINISTRATOR.permissions().size());
        assertThat(actionsOn(second.account())).contains("break_glass.began", "break_glass.ended");
    }

    @Test
    @Order(7)
    void a_changed_password_ends_other_sessions() {
        var elsewhere = new Visitor(port);
        elsewhere.post("sign_in", credentials(second.email, PASSWORD));
        elsewhere.post(
                "sign_in:second_factor",
                "{\"recovery_code\":\""
                        + second.joined.path("recovery_codes").get(1).asString()
                        + "\"}");
        assertThat(elsewhere.get("sessions").body().path("data")).hasSize(2);
        assertThat(
                        second.visitor
                                .post(
                                        "password",
                                        "{\"current_password\":\"wrong\",\"password\":\"another long one\"}")
                                .code())
                .isEqualTo("wrong_credentials");

        assertThat(
                        second.visitor
                                .post(
                                        "password",
                                        "{\"current_password\":\""
                                                + PASSWORD
                                                + "\",\"password\":\"another long one\"}")
                                .status())
                .isEqualTo(204);

        assertThat(elsewhere.get("session").status()).isEqualTo(401);
        assertThat(second.visitor.get("session").status()).isEqualTo(200);
        assertThat(
                        second.visitor
                                .post(
                                        "step_up",
                                        "{\"recovery_code\":\""
                                                + second.joined
                                                        .path("recovery_codes")
                                                        .get(2)
                                                        .asString()
                                                + "\"}")
                                .status())
                .isEqualTo(200);
        assertThat(call(colleague("staff:write"), "GET", "/console/api/staff", null).code())
                .isEqualTo("forbidden_scope");
        assertThat(
                        call(colleague("staff:read"), "GET", "/console/api/staff", null)
                                .body()
                                .toString())
                .doesNotContain("argon", "password");
    }

    @Test
    @Order(8)
    void an_approval_that_waited_for_a_disable_does_not_undo_it() throws Exception {
        var victim = colleague().accountId();
        var asked =
                call(
                        caller(first),
                        "POST",
                        "/console/api/staff/" + victim + ":change_roles",
                        "{\"roles\":[\"support\"],\"reason\":\"helps out\"}");
        var approve =
                "/console/api/approvals/" + asked.body().path("approval").asString() + ":approve";
        try (var elsewhere = Executors.newSingleThreadExecutor()) {
            var approval =
                    Objects.requireNonNull(
                            transaction.execute(_ -> {
                                accounts.lockAdministrators();
                                var waiting =
                                        elsewhere.submit(() ->
                                                call(
                                                        caller(second),
                                                        "POST",
                                                        approve,
                                                        "{\"version\":1}"));
                                await().until(() -> waiting.isDone() || somebodyWaits());
                                staff.disable(caller(second), victim, "a stolen phone");
                                return waiting;
                            }));

            assertThat(approval.get().code()).isEqualTo("approval_outdated");
        }
        assertThat(accounts.find(victim).orElseThrow().status()).isEqualTo(StaffAccount.DISABLED);
        assertThat(accounts.find(victim).orElseThrow().roles()).isEmpty();
    }

    private boolean somebodyWaits() {
        return jdbc.sql(
                        "select exists (select 1 from pg_locks where locktype = 'advisory' and not granted)")
                .query(Boolean.class)
                .single();
    }

    @Test
    @Order(9)
    void broken_glass_ends_with_the_role_that_allowed_it() {
        var finance = colleague("staff:break_glass", "staff:write");
        var id = finance.accountId();
        jdbc.sql("update staff_account set status = 'active', password_hash = 'x' where id = ?")
                .param(id)
                .update();
        assertThat(breakGlass(finance).code())
                .as("by the token alone")
                .isEqualTo("forbidden_scope");
        giveRole(id, "finance");
        assertThat(breakGlass(finance).status()).isEqualTo(200);
        assertThat(
                        call(
                                        finance,
                                        "POST",
                                        "/console/api/staff/" + colleague().accountId() + ":link",
                                        "{}")
                                .code())
                .as("what broken glass does not give")
                .isEqualTo("forbidden_scope");

        var asked =
                call(
                        caller(first),
                        "POST",
                        "/console/api/staff/" + id + ":change_roles",
                        "{\"roles\":[\"support\"],\"reason\":\"too many rights\"}");
        var approve =
                "/console/api/approvals/" + asked.body().path("approval").asString() + ":approve";
        assertThat(call(caller(second), "POST", approve, "{\"version\":1}").status())
                .isEqualTo(200);
        assertThat(openGlassOf(id)).isZero();
        assertThat(breakGlass(finance).code()).isEqualTo("forbidden_scope");
        assertThat(actionsOn(id)).contains("break_glass.ended");

        giveRole(id, "finance");
        assertThat(breakGlass(finance).status()).isEqualTo(200);
        var end = "/console/api/staff/" + id + ":end_break_glass";
        assertThat(call(colleague("staff:read"), "POST", end, "{}").code())
                .isEqualTo("forbidden_scope");
        assertThat(call(tired(caller(second)), "POST", end, "{}").code())
                .isEqualTo("step_up_required");
        assertThat(call(caller(second), "POST", end, "{}").status()).isEqualTo(204);
        assertThat(openGlassOf(id)).isZero();

        assertThat(breakGlass(finance).status()).isEqualTo(200);
        assertThat(
                        call(
                                        caller(second),
                                        "POST",
                                        "/console/api/staff/" + id + ":disable",
                                        "{\"reason\":\"left us\"}")
                                .status())
                .isEqualTo(200);
        assertThat(openGlassOf(id)).isZero();
        assertThat(breakGlass(finance).code()).isEqualTo("forbidden_scope");
    }

    private Answer breakGlass(StaffCaller caller) {
        return call(
                caller,
                "POST",
                "/console/api/break_glass",
                "{\"reason\":\"the house is on fire\",\"minutes\":5}");
    }

    private void giveRole(String account, String role) {
        jdbc.sql("insert into staff_role (account_id, role) values (?, ?)")
                .params(account, role)
                .update();
    }

    private int openGlassOf(String account) {
        return jdbc.sql(
                        "select count(*) from break_glass where account_id = ? and ended_at is null and ends_at > now()")
                .param(account)
                .query(Integer.class)
                .single();
    }

    @Test
    @Order(10)
    void a_stranger_locks_their_own_network_and_not_the_account() {
        var stranger = new Visitor(port, "2001:db8:1:2::1");
        for (var i = 0; i < 10; i++) {
            stranger.post("sign_in", credentials(first.email, "wrong"));
        }
        assertThat(
                        new Visitor(port, "2001:db8:1:2:ffff::2")
                                .post("sign_in", credentials(first.email, PASSWORD))
                                .code())
                .isEqualTo("too_many_attempts");
        assertThat(
                        new Visitor(port)
                                .post("sign_in", credentials(first.email, PASSWORD))
                                .body()
                                .path("status")
                                .asString())
                .isEqualTo("second_factor_required");
        jdbc.sql("delete from sign_in_attempt").update();
    }

    @Test
    @Order(11)
    void a_whole_ipv6_network_is_counted_as_one() {
        for (var i = 0; i < 60; i++) {
            assertThat(
                            new Visitor(port, "2001:db8:7:7::" + Integer.toHexString(i))
                                    .post("join:look", "{\"token\":\"nonsense\"}")
                                    .code())
                    .isEqualTo("token_not_usable");
        }
        assertThat(
                        new Visitor(port, "2001:db8:7:7:a::1")
                                .post("join:look", "{\"token\":\"nonsense\"}")
                                .code())
                .isEqualTo("too_many_attempts");
        assertThat(
                        new Visitor(port, "2001:db8:7:8::1")
                                .post("join:look", "{\"token\":\"nonsense\"}")
                                .code())
                .isEqualTo("token_not_usable");
        jdbc.sql("delete from sign_in_attempt").update();
    }

    @Test
    @Order(12)
    void what_goes_wrong_is_audited_too() {
        var id = second.account();
        var before = failures(id);
        var wrong = "{\"current_password\":\"wrong\",\"password\":\"another long one\"}";
        assertThat(second.visitor.post("password", wrong).code()).isEqualTo("wrong_credentials");
        assertThat(failures(id)).isEqualTo(before + 1);
        for (var i = 0; i < 9; i++) {
            second.visitor.post("password", wrong);
        }
        assertThat(second.visitor.post("password", wrong).code()).isEqualTo("too_many_attempts");
        assertThat(actionsOn(id)).contains("staff.refused_as_too_many");
        jdbc.sql("delete from sign_in_attempt").update();

        var own = second.visitor.get("sessions").body().path("data").get(0).path("id").asString();
        assertThat(second.visitor.delete("sessions/" + own).status()).isEqualTo(204);
        assertThat(actionsOn(id)).contains("staff.session_ended");
    }

    private long failures(String account) {
        return actionsOn(account).stream().filter("staff.sign_in_failed"::equals).count();
    }

    @Test
    @Order(13)
    void an_unknown_address_is_audited_by_its_hash() {
        var email = "no-such-person@ferrypay.example";
        var before = unknown();
        assertThat(new Visitor(port).post("sign_in", credentials(email, "wrong")).code())
                .isEqualTo("wrong_credentials");
        assertThat(unknown()).isEqualTo(before + 1);
        assertThat(
                        jdbc.sql("select count(*) from audit_entry where subject like '%no-such%'")
                                .query(Integer.class)
                                .single())
                .isZero();
    }

    private int unknown() {
        return jdbc.sql(
                        "select count(*) from audit_entry where action = 'staff.sign_in_failed' and subject like 'unknown_%'")
                .query(Integer.class)
                .single();
    }

    private Person join(String token, String newcomer) {
        var visitor = new Visitor(port);
        assertThat(visitor.post("join", joining(token, newcomer)).body().path("status").asString())
                .isEqualTo("second_factor_set_up_required");
        var secret = visitor.post("second_factor:offer", "{}").body().path("secret").asString();
        assertThat(visitor.get("session").status()).isEqualTo(401);
        var joined =
                visitor.post(
                        "second_factor:confirm", "{\"code\":\"" + visitor.code(secret) + "\"}");
        assertThat(joined.status()).isEqualTo(200);
        return new Person(
                visitor,
                joined.body().path("session").path("user").path("email").asString(),
                secret,
                joined.body());
    }

    private static String newcomer(String email, String number) {
        return "{\"employee_number\":\""
                + number
                + "\",\"name\":\"Aroha\",\"email\":\""
                + email
                + "\"}";
    }

    private static String joining(
            String token, @org.jspecify.annotations.Nullable String newcomer) {
        return "{\"token\":\""
                + token
                + "\",\"password\":\""
                + PASSWORD
                + "\",\"language\":\"en\",\"newcomer\":"
                + newcomer
                + "}";
    }

    private static String credentials(String email, String password) {
        return "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}";
    }

    /** As the gateway would sign it for the session of this person. */
    private StaffCaller caller(Person person) {
        var account = accounts.find(person.account()).orElseThrow();
        return new StaffCaller(
                account.id(),
                account.personId(),
                account.name(),
                account.permissions().stream()
                        .map(Permission::text)
                        .collect(java.util.stream.Collectors.toSet()),
                "ses_" + UlidCreator.getUlid(),
                java.time.Instant.now(),
                "192.0.2.7");
    }

    private int exchange(String session, String service) {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + port
                                                + "/internal/staff-sessions:exchange"))
                        .header("Authorization", "Bearer " + serviceToken(service))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        JSON.writeValueAsString(
                                                java.util.Map.of("session", session))))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> actionsOn(String subject) {
        return audit.find(new ReadAudit.Query(null, null, subject, null, null, null, 100)).stream()
                .map(kept -> kept.entry().action())
                .toList();
    }
}
