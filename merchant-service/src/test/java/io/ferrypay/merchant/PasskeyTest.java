package io.ferrypay.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.PublicKeyCredentialCreationOptions;
import com.webauthn4j.data.PublicKeyCredentialRequestOptions;
import com.webauthn4j.data.UserVerificationRequirement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.test.authenticator.webauthn.NoneAttestationAuthenticator;
import com.webauthn4j.test.authenticator.webauthn.WebAuthnAuthenticatorAdaptor;
import com.webauthn4j.test.client.ClientPlatform;
import io.ferrypay.merchant.Browser.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The authenticator is a program; what it signs is real. */
class PasskeyTest extends PortalTest {

    private static final Origin PORTAL = Origin.create("http://localhost:7200");

    private final ObjectConverter json = new ObjectConverter();
    private final NoneAttestationAuthenticator authenticator = new NoneAttestationAuthenticator();
    private final ClientPlatform device = at(PORTAL);

    private ClientPlatform at(Origin origin) {
        return new ClientPlatform(origin, new WebAuthnAuthenticatorAdaptor(authenticator));
    }

    @Test
    void a_passkey_opens_the_portal_alone_and_makes_the_password_not_enough() throws Exception {
        var email = newEmail();
        var browser = owner(email);
        grow(browser);
        assertThat(browser.post("/portal/api/passkeys:offer", null).code())
                .isEqualTo("step_up_required");
        expect(200, browser.post("/portal/api/step_up", Map.of("password", PASSWORD)));

        var made = register(browser, device);

        expect(201, made);
        assertThat(made.body().path("recovery_codes").size()).isEqualTo(10);
        var id = made.text("passkey", "id");
        var status = browser.get("/portal/api/second_factor");
        assertThat(status.body().path("passkeys").asInt()).isEqualTo(1);
        assertThat(status.body().path("recovery_codes_left").asInt()).isEqualTo(10);

        var other = browser();
        var answer = signIn(other, email, PASSWORD);
        assertThat(answer.text("status")).isEqualTo("second_factor_required");
        assertThat(answer.body().path("second_factors").toString())
                .isEqualTo("[\"passkey\",\"recovery_code\"]");
        assertThat(options(other, "sign_in").path("allowCredentials").size()).isEqualTo(1);
        expect(200, signIn(other, device));

        var stranger = browser();
        assertThat(options(stranger, "sign_in").path("allowCredentials").size()).isZero();
        expect(200, signIn(stranger, device));
        assertThat(stranger.get("/portal/api/session").text("user", "email")).isEqualTo(email);

        var renamed =
                stranger.send("PATCH", "/portal/api/passkeys/" + id, Map.of("name", "Laptop"));
        assertThat(renamed.text("name")).isEqualTo("Laptop");
        assertThat(renamed.body().path("last_used_at").isNull()).isFalse();
        grow(stranger);
        assertThat(stranger.send("DELETE", "/portal/api/passkeys/" + id, null).code())
                .isEqualTo("step_up_required");
        expect(200, stepUp(stranger, device));
        expect(204, stranger.send("DELETE", "/portal/api/passkeys/" + id, null));
        assertThat(signIn(browser(), email, PASSWORD).text("status")).isEqualTo("signed_in");
        assertThat(
                        stranger.get("/portal/api/second_factor")
                                .body()
                                .path("recovery_codes_left")
                                .asInt())
                .isZero();
        assertThat(signIn(browser(), device).code()).isEqualTo("wrong_passkey");
    }

    @Test
    void after_a_reset_a_passkey_opens_nothing_alone_until_it_was_shown_after_the_password()
            throws Exception {
        var email = newEmail();
        var browser = owner(email);
        expect(201, register(browser, device));
        var strangers =
                new ClientPlatform(
                        PORTAL,
                        new WebAuthnAuthenticatorAdaptor(new NoneAttestationAuthenticator()));
        expect(201, register(browser, strangers));

        expect(204, reset(email, "another long password"));

        assertThat(signIn(browser(), strangers).code()).isEqualTo("password_first");
        assertThat(signIn(browser(), device).code()).isEqualTo("password_first");
        var here = browser();
        assertThat(signIn(here, email, "another long password").text("status"))
                .isEqualTo("second_factor_required");
        expect(200, signIn(here, device));

        expect(200, signIn(browser(), device));
        assertThat(signIn(browser(), strangers).code()).isEqualTo("password_first");
        var seen = here.get("/portal/api/passkeys").body().path("data");
        assertThat(seen.path(0).path("unproven_since").isNull()).isTrue();
        assertThat(seen.path(1).path("unproven_since").isNull()).isFalse();
        expect(200, stepUp(here, strangers));
        expect(200, signIn(browser(), strangers));
    }

    private Answer reset(String email, String password) {
        var asked = browser();
        expect(202, asked.post("/portal/api/password_reset", Map.of("email", email)));
        var token = tokenOfMail(email, "Set a new FerryPay password");
        return asked.post(
                "/portal/api/password_reset:complete",
                Map.of("token", token, "password", password));
    }

    @Test
    void what_a_device_is_asked_to_sign_is_good_once_and_for_one_thing() {
        // As most devices do: else a repeat would be refused for its counter alone.
        authenticator.setCountUpEnabled(false);
        var browser = owner();
        expect(201, register(browser, device));
        var someone = browser();
        var signed = signed(options(someone, "sign_in").toString(), device, true);

        expect(200, someone.post("/portal/api/sign_in:passkey", Map.of("credential", signed)));

        var again = browser();
        options(again, "sign_in");
        assertWrong(again.post("/portal/api/sign_in:passkey", Map.of("credential", signed)));
        var forStepUp = signed(options(browser, "step_up").toString(), device, true);
        assertWrong(again.post("/portal/api/sign_in:passkey", Map.of("credential", forStepUp)));
        var late = signed(options(again, "sign_in").toString(), device, true);
        jdbc.sql("update passkey_challenge set ends_at = now() - interval '1 second'").update();
        assertWrong(again.post("/portal/api/sign_in:passkey", Map.of("credential", late)));
        assertWrong(
                again.post("/portal/api/sign_in:passkey", Map.of("credential", "{\"id\":\"no\"}")));
    }

    @Test
    void another_page_another_person_or_no_finger_proves_nothing() {
        var browser = owner();
        expect(201, register(browser, device));

        assertWrong(signIn(browser(), at(Origin.create("https://portal.evil.example"))));
        var unseen = browser();
        assertWrong(
                unseen.post(
                        "/portal/api/sign_in:passkey",
                        Map.of(
                                "credential",
                                signed(options(unseen, "sign_in").toString(), device, false))));
        var other = owner();
        assertWrong(
                other.post(
                        "/portal/api/step_up:passkey",
                        Map.of(
                                "credential",
                                signed(options(browser, "step_up").toString(), device, true))));
        assertThat(register(other, at(Origin.create("https://portal.evil.example"))).code())
                .isEqualTo("wrong_passkey");
        expect(200, stepUp(browser, device));
    }

    @Test
    void a_counter_that_falls_ends_the_passkey_and_not_the_second_factor() {
        var email = newEmail();
        var browser = owner(email);
        var id = register(browser, device).text("passkey", "id");
        jdbc.sql("update passkey set counter = 1000000 where id = ?").param(id).update();

        assertWrong(signIn(browser(), device));

        jdbc.sql("update passkey set counter = 0 where id = ?").param(id).update();
        assertWrong(signIn(browser(), device));
        var seen = browser.get("/portal/api/passkeys").body().path("data").path(0);
        assertThat(seen.path("doubted_at").isNull()).isFalse();
        assertThat(signIn(browser(), email, PASSWORD).text("status"))
                .isEqualTo("second_factor_required");
    }

    @Test
    void the_last_factor_of_a_role_that_must_have_one_stays() {
        var browser = owner();
        var id = register(browser, device).text("passkey", "id");
        var merchant = browser.get("/portal/api/session").text("merchant", "id");
        // FINANCE must have one in these tests.
        jdbc.sql("update membership set role = 'finance' where merchant_id = ?")
                .param(merchant)
                .update();

        assertThat(browser.send("DELETE", "/portal/api/passkeys/" + id, null).code())
                .isEqualTo("last_second_factor");

        var second = new NoneAttestationAuthenticator();
        expect(
                201,
                register(
                        browser,
                        new ClientPlatform(PORTAL, new WebAuthnAuthenticatorAdaptor(second))));
        expect(204, browser.send("DELETE", "/portal/api/passkeys/" + id, null));
        assertThat(
                        browser.get("/portal/api/second_factor")
                                .body()
                                .path("recovery_codes_left")
                                .asInt())
                .isEqualTo(10);
    }

    private static void assertWrong(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("wrong_passkey");
    }

    private static tools.jackson.databind.JsonNode options(Browser browser, String what) {
        var options = browser.post("/portal/api/" + what + ":passkey_options", null);
        expect(200, options);
        return options.body();
    }

    private Answer register(Browser browser, ClientPlatform platform) {
        var offer = browser.post("/portal/api/passkeys:offer", null);
        expect(200, offer);
        var made =
                platform.create(
                        json.getJsonMapper()
                                .readValue(
                                        offer.body().toString(),
                                        PublicKeyCredentialCreationOptions.class));
        return browser.post(
                "/portal/api/passkeys",
                Map.of(
                        "name",
                        "Phone",
                        "credential",
                        json.getJsonMapper().writeValueAsString(made)));
    }

    private Answer signIn(Browser browser, ClientPlatform platform) {
        return browser.post(
                "/portal/api/sign_in:passkey",
                Map.of(
                        "credential",
                        signed(options(browser, "sign_in").toString(), platform, true)));
    }

    private Answer stepUp(Browser browser, ClientPlatform platform) {
        return browser.post(
                "/portal/api/step_up:passkey",
                Map.of(
                        "credential",
                        signed(options(browser, "step_up").toString(), platform, true)));
    }

    /**
     * @param verified whether the device asks for the finger
     */
    private String signed(String options, ClientPlatform platform, boolean verified) {
        var asked =
                json.getJsonMapper().readValue(options, PublicKeyCredentialRequestOptions.class);
        return json.getJsonMapper()
                .writeValueAsString(
                        platform.get(
                                new PublicKeyCredentialRequestOptions(
                                        asked.getChallenge(),
                                        asked.getTimeout(),
                                        asked.getRpId(),
                                        asked.getAllowCredentials(),
                                        verified
                                                ? UserVerificationRequirement.REQUIRED
                                                : UserVerificationRequirement.DISCOURAGED,
                                        asked.getExtensions())));
    }
}
