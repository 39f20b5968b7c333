package io.ferrypay.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SignInTest extends PortalTest {

    private static final String NEW_SIGN_IN = "A new sign-in to FerryPay";

    @Autowired private MeterRegistry meters;

    @Test
    void a_new_merchant_signs_up_and_is_a_draft_with_an_owner() {
        var email = newEmail();
        var browser = owner(email);

        var session = browser.get("/portal/api/session");

        assertThat(session.status()).isEqualTo(200);
        assertThat(session.text("user", "email")).isEqualTo(email);
        assertThat(session.text("role")).isEqualTo("owner");
        assertThat(session.text("merchant", "display_name")).isEqualTo("Kauri Books");
        assertThat(session.text("merchant", "status")).isEqualTo("draft");
        assertThat(session.body().path("merchant").path("live_enabled").asBoolean()).isFalse();
        assertThat(session.body().path("permissions").toString()).contains("refunds:write");
        var told =
                jdbc.sql("select data from outbox where subject = ?")
                        .param(session.text("merchant", "id"))
                        .query(String.class)
                        .single();
        assertThat(told).contains("\"status\":\"draft\"").doesNotContain(email);
    }

    @Test
    void nothing_exists_before_the_address_is_proven() {
        var email = newEmail();
        var before = jdbc.sql("select count(*) from merchant").query(Long.class).single();

        askToSignUp(browser(), email);

        assertThat(jdbc.sql("select count(*) from merchant").query(Long.class).single())
                .isEqualTo(before);
        assertThat(signIn(browser(), email, PASSWORD).code()).isEqualTo("wrong_credentials");
        assertThat(
                        jdbc.sql("select count(*) from mailed_token t where t::text like ?")
                                .param("%" + email + "%")
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void a_mailed_link_works_once() {
        var email = newEmail();
        var browser = browser();
        askToSignUp(browser, email);
        var completed = Map.of("token", tokenMailedTo(email), "password", PASSWORD);

        expect(201, browser.post("/portal/api/sign_up:complete", completed));
        var again = browser.post("/portal/api/sign_up:complete", completed);

        assertThat(again.status()).isEqualTo(410);
        assertThat(again.code()).isEqualTo("token_not_usable");
    }

    @Test
    void a_password_that_everybody_tries_is_refused_and_the_link_stays_good() {
        var email = newEmail();
        var browser = browser();
        askToSignUp(browser, email);
        var token = tokenMailedTo(email);

        var easy =
                browser.post(
                        "/portal/api/sign_up:complete",
                        Map.of("token", token, "password", "password1234"));

        assertThat(easy.status()).isEqualTo(422);
        assertThat(easy.code()).isEqualTo("password_too_easy");
        expect(
                201,
                browser.post(
                        "/portal/api/sign_up:complete",
                        Map.of("token", token, "password", PASSWORD)));
        var own =
                browser.post(
                        "/portal/api/password",
                        Map.of("current_password", PASSWORD, "password", email));
        assertThat(own.code()).isEqualTo("password_too_easy");
    }

    @Test
    void signing_up_with_a_known_address_looks_the_same_and_says_so_by_mail_only() {
        var email = newEmail();
        owner(email);

        var known = askToSignUp(browser(), email.toUpperCase(java.util.Locale.ROOT));
        var unknown = askToSignUp(browser(), newEmail());

        assertThat(known.status()).isEqualTo(unknown.status());
        assertThat(known.body()).isEqualTo(unknown.body());
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(mailTo(email)).contains("already"));
    }

    @Test
    void an_unknown_address_and_a_wrong_password_get_the_same_answer() {
        var email = newEmail();
        owner(email);

        var wrong = signIn(browser(), email, "not the password at all");
        var unknown = signIn(browser(), newEmail(), "not the password at all");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("wrong_credentials");
        assertThat(unknown.status()).isEqualTo(401);
        for (var field : List.of("code", "title", "detail", "type")) {
            assertThat(unknown.body().path(field)).isEqualTo(wrong.body().path(field));
        }
    }

    @Test
    void an_unknown_address_costs_a_hash_like_a_known_one() {
        var email = newEmail();
        owner(email);
        var hashes = meters.counter("signin.password.hashes");
        var before = hashes.count();

        signIn(browser(), email, "not the password at all");
        assertThat(hashes.count() - before).isEqualTo(1);
        signIn(browser(), newEmail(), "not the password at all");
        assertThat(hashes.count() - before).isEqualTo(2);
    }

    @Test
    void guessing_is_locked_for_accounts_that_exist_and_for_those_that_do_not() throws Exception {
        var email = newEmail();
        owner(email);
        for (var address : List.of(email, newEmail())) {
            var answers = new ArrayList<Browser.Answer>();
            try (var pool = Executors.newFixedThreadPool(15)) {
                var tries =
                        pool.invokeAll(
                                java.util.Collections
                                        .<java.util.concurrent.Callable<Browser.Answer>>nCopies(
                                                15,
                                                () ->
                                                        signIn(
                                                                browser(),
                                                                address,
                                                                "a wrong password")));
                for (var done : tries) {
                    answers.add(done.get());
                }
            }

            assertThat(answers.stream().filter(answer -> answer.status() == 401)).hasSize(10);
            var locked = answers.stream().filter(answer -> answer.status() == 429).toList();
            assertThat(locked).hasSize(5);
            assertThat(locked.getFirst().code()).isEqualTo("too_many_attempts");
            assertThat(locked.getFirst().raw().headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(signIn(browser(), email, PASSWORD).status()).isEqualTo(429);
    }

    @Test
    void a_session_cookie_is_for_the_portal_only_and_out_of_scripts_reach() {
        var email = newEmail();
        owner(email);

        var cookies = signIn(browser(), email, PASSWORD).cookies();

        assertThat(cookies)
                .anySatisfy(cookie ->
                        assertThat(cookie)
                                .startsWith("ferry_portal=")
                                .contains("Path=/portal/api")
                                .contains("Secure")
                                .contains("HttpOnly")
                                .contains("SameSite=Strict"));
    }

    @Test
    void signing_in_makes_a_new_session_so_a_planted_one_is_worthless() {
        var email = newEmail();
        var browser = owner(email);
        var before = browser.cookies.get("ferry_portal");

        expect(200, signIn(browser, email, PASSWORD));

        assertThat(browser.cookies.get("ferry_portal")).isNotEqualTo(before);
        var planted = browser();
        planted.cookies.put("ferry_portal", before);
        assertThat(planted.get("/portal/api/session").status()).isEqualTo(401);
    }

    @Test
    void nothing_changes_without_the_csrf_token() {
        var browser = owner();
        browser.repeatsCsrfToken = false;

        var refused = browser.post("/portal/api/sign_out", null);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("csrf_token_invalid");
        assertThat(browser.get("/portal/api/session").status()).isEqualTo(200);
        browser.headers.put("X-XSRF-TOKEN", "a-guess-of-the-token");
        assertThat(browser.post("/portal/api/sign_out", null).code())
                .isEqualTo("csrf_token_invalid");
    }

    @Test
    void signing_out_ends_the_session_for_everybody_who_has_its_secret() {
        var browser = owner();
        var stolen = browser.cookies.get("ferry_portal");
        expect(200, exchange(stolen));

        expect(204, browser.post("/portal/api/sign_out", null));

        assertThat(browser.get("/portal/api/session").status()).isEqualTo(401);
        assertThat(exchange(stolen).status()).isEqualTo(401);
    }

    @Test
    void own_sessions_are_listed_and_ended_but_never_those_of_others() {
        var email = newEmail();
        var first = owner(email);
        var second = browser();
        signIn(second, email, PASSWORD);
        var stranger = owner();

        var listed = first.get("/portal/api/sessions").body().path("data");
        var others = stranger.get("/portal/api/session").text("id");
        var seconds = second.get("/portal/api/session").text("id");

        assertThat(listed.size()).isEqualTo(2);
        assertThat(listed.path(0).path("user_agent").asString()).isEqualTo("Test browser");
        assertThat(first.send("DELETE", "/portal/api/sessions/" + others, null).status())
                .isEqualTo(404);
        assertThat(stranger.get("/portal/api/session").status()).isEqualTo(200);
        expect(204, first.send("DELETE", "/portal/api/sessions/" + seconds, null));
        assertThat(second.get("/portal/api/session").status()).isEqualTo(401);
        assertThat(first.get("/portal/api/session").status()).isEqualTo(200);
    }

    @Test
    void a_session_ends_after_half_a_day_however_busy() {
        var browser = owner();
        jdbc.sql(
                        "update portal_session_attributes set attribute_bytes = ? where attribute_name = 'signed_in_at' and session_primary_id = (select primary_id from portal_session where session_id = ?)")
                .params(
                        serialized(
                                java.time.Instant.now()
                                        .minus(java.time.Duration.ofHours(12))
                                        .toString()),
                        browser.cookies.get("ferry_portal"))
                .update();

        assertThat(exchange(browser.cookies.get("ferry_portal")).status()).isEqualTo(401);
        assertThat(browser.get("/portal/api/session").status()).isEqualTo(401);
    }

    @Test
    void a_session_that_is_not_used_ends() {
        var browser = owner();
        jdbc.sql(
                        "update portal_session set last_access_time = last_access_time - 1801000, expiry_time = expiry_time - 1801000 where session_id = ?")
                .param(browser.cookies.get("ferry_portal"))
                .update();

        assertThat(browser.get("/portal/api/session").status()).isEqualTo(401);
    }

    private static byte[] serialized(String text) {
        try (var bytes = new java.io.ByteArrayOutputStream();
                var objects = new java.io.ObjectOutputStream(bytes)) {
            objects.writeObject(text);
            objects.flush();
            return bytes.toByteArray();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_forgotten_password_is_set_anew_by_mail_and_every_session_ends() {
        var email = newEmail();
        var browser = owner(email);
        var asked = browser();
        expect(202, asked.post("/portal/api/password_reset", Map.of("email", email)));
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(mailTo(email)).contains("reset-password"));

        expect(
                204,
                asked.post(
                        "/portal/api/password_reset:complete",
                        Map.of("token", tokenMailedTo(email), "password", "another long one")));

        assertThat(browser.get("/portal/api/session").status()).isEqualTo(401);
        assertThat(signIn(browser(), email, PASSWORD).status()).isEqualTo(401);
        assertThat(signIn(browser(), email, "another long one").status()).isEqualTo(200);
    }

    @Test
    void a_reset_for_an_unknown_address_looks_the_same_and_mails_nothing() {
        var email = newEmail();
        var answer = browser().post("/portal/api/password_reset", Map.of("email", email));

        assertThat(answer.status()).isEqualTo(202);
        org.awaitility.Awaitility.await()
                .until(() ->
                        jdbc.sql("select count(*) from outgoing_mail").query(Long.class).single()
                                == 0);
        assertThat(mailsTo(email)).isEmpty();
    }

    @Test
    void a_changed_password_ends_the_other_sessions() {
        var email = newEmail();
        var here = owner(email);
        var there = browser();
        signIn(there, email, PASSWORD);
        var change =
                Map.of("current_password", PASSWORD, "password", "another long one altogether");

        assertThat(
                        here.post(
                                        "/portal/api/password",
                                        Map.of(
                                                "current_password",
                                                "not this one",
                                                "password",
                                                "another long one"))
                                .code())
                .isEqualTo("wrong_credentials");
        expect(204, here.post("/portal/api/password", change));

        assertThat(here.get("/portal/api/session").status()).isEqualTo(200);
        assertThat(there.get("/portal/api/session").status()).isEqualTo(401);
    }

    @Test
    void a_sign_in_from_elsewhere_is_told_by_mail_and_the_usual_one_is_not() {
        var email = newEmail();
        owner(email);
        jdbc.sql("update portal_user set created_at = now() - interval '2 hours' where email = ?")
                .param(email)
                .update();

        expect(200, signIn(at("2001:db8:1:2::1"), email, PASSWORD));
        assertThat(mailTo(email, NEW_SIGN_IN)).contains("2001:db8:1:2::1", "Test browser");
        expect(200, signIn(at("2001:db8:1:2:ffff::9"), email, PASSWORD));
        expect(200, signIn(at("2001:db8:1:3::1"), email, PASSWORD));

        org.awaitility.Awaitility.await()
                .until(() ->
                        mailsTo(email).stream().anyMatch(mail -> mail.contains("2001:db8:1:3::1")));
        assertThat(mailsTo(email).stream().filter(mail -> mail.contains(NEW_SIGN_IN))).hasSize(2);
    }

    @Test
    void one_subscriber_is_counted_once_however_many_addresses_it_has() {
        var answers = new ArrayList<String>();
        for (var i = 0; i < 62; i++) {
            answers.add(signIn(at("2001:db8:2:2::" + i), newEmail(), PASSWORD).code());
        }

        assertThat(answers.subList(0, 60)).containsOnly("wrong_credentials");
        assertThat(answers.subList(60, 62)).containsOnly("too_many_attempts");
        assertThat(signIn(at("2001:db8:2:3::1"), newEmail(), PASSWORD).code())
                .isEqualTo("wrong_credentials");
    }

    private Browser at(String address) {
        return new Browser(port, address);
    }

    @Test
    void the_gateway_exchanges_a_session_for_what_its_role_may_do() {
        var browser = owner();
        var answer = exchange(browser.cookies.get("ferry_portal"));

        assertThat(answer.text("merchant_id"))
                .isEqualTo(browser.get("/portal/api/session").text("merchant", "id"));
        assertThat(answer.body().path("scopes").toString())
                .contains("payments:write", "portal:step_up");
        assertThat(answer.text("session_id")).startsWith("ses_");
        assertThat(answer.text("user_id"))
                .isEqualTo(browser.get("/portal/api/session").text("user", "id"));
        assertThat(answer.text("merchant_status")).isEqualTo("draft");
        assertThat(exchange("00000000-0000-0000-0000-000000000000").status()).isEqualTo(401);
        assertThat(exchange("' or 1=1").status()).isEqualTo(401);
        jdbc.sql("delete from membership where user_id = ?")
                .param(browser.get("/portal/api/session").text("user", "id"))
                .update();
        assertThat(exchange(browser.cookies.get("ferry_portal")).status()).isEqualTo(401);
        assertThat(browser.get("/portal/api/session").status()).isEqualTo(401);
    }

    @Test
    void only_the_gateway_may_exchange_sessions() {
        var curious = browser();
        curious.headers.put("Authorization", "Bearer " + serviceToken("job-service"));
        var secret = owner().cookies.get("ferry_portal");

        assertThat(
                        curious.send(
                                        "POST",
                                        "/internal/portal-sessions:exchange",
                                        Map.of("session", secret))
                                .status())
                .isEqualTo(403);
    }

    @Test
    void a_cookie_opens_nothing_but_the_portal_and_a_key_does_not_open_the_portal() {
        var browser = owner();
        assertThat(browser.get("/v2/merchant").status()).isEqualTo(401);
        assertThat(browser.get("/internal/events").status()).isEqualTo(401);

        var machine = browser();
        machine.headers.put(
                "Authorization", "Bearer " + merchantToken("mer_1", "merchant:read", "keys:write"));
        assertThat(machine.get("/portal/api/session").status()).isEqualTo(401);
    }

    @Test
    void bad_requests_are_problems() {
        var browser = browser();
        for (var body :
                List.of(
                        Map.of("email", "a@b.example"),
                        Map.of("email", "no address", "password", "x".repeat(200)),
                        Map.of("email", "a@b.example", "password", "x", "surprise", 1))) {
            var answer = browser.post("/portal/api/sign_in", body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isIn("invalid_request", "unknown_field");
        }
        assertThat(
                        browser.post(
                                        "/portal/api/sign_up",
                                        Map.of(
                                                "email", "a@b.example\r\nBcc: c@d.example",
                                                "name", "x",
                                                "business_name", "x",
                                                "language", "en"))
                                .status())
                .isEqualTo(400);
        assertThat(browser.get("/portal/api/nothing").status()).isEqualTo(404);
    }

    @Test
    void neither_passwords_nor_addresses_nor_tokens_are_logged(CapturedOutput output) {
        var email = newEmail();
        var browser = owner(email);
        signIn(browser(), email, "a password to look for");
        var secret = browser.cookies.get("ferry_portal");
        exchange(secret);

        assertThat(output.getAll())
                .doesNotContain(email)
                .doesNotContain(PASSWORD)
                .doesNotContain("a password to look for")
                .doesNotContain(secret);
    }
}
