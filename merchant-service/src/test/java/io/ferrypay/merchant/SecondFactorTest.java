package io.ferrypay.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;

class SecondFactorTest extends PortalTest {

    private static final Map<String, String> BY_PASSWORD = Map.of("password", PASSWORD);

    @Test
    void with_a_second_factor_the_password_alone_opens_nothing() throws Exception {
        var email = newEmail();
        var secret = switchedOn(owner(email)).secret();
        var browser = browser();

        var answer = signIn(browser, email, PASSWORD);

        assertThat(answer.text("status")).isEqualTo("second_factor_required");
        assertThat(answer.body().path("second_factors").toString()).contains("totp");
        assertThat(answer.body().path("session").isNull()).isTrue();
        assertThat(browser.get("/portal/api/session").status()).isEqualTo(401);
        assertThat(prove(browser, Map.of("totp", "000000")).code()).isEqualTo("wrong_code");

        expect(200, prove(browser, Map.of("totp", code(secret, 1))));
        assertThat(browser.get("/portal/api/session").status()).isEqualTo(200);
    }

    @Test
    void a_code_is_good_once_however_many_show_it_at_once() throws Exception {
        var email = newEmail();
        var secret = switchedOn(owner(email)).secret();
        var code = code(secret, 1);
        var browsers = new ArrayList<Browser>();
        for (var i = 0; i < 5; i++) {
            var browser = browser();
            signIn(browser, email, PASSWORD);
            browsers.add(browser);
        }

        var statuses = new ArrayList<Integer>();
        try (var pool = Executors.newFixedThreadPool(5)) {
            List<Callable<Integer>> shows = new ArrayList<>();
            browsers.forEach(
                    browser -> shows.add(() -> prove(browser, Map.of("totp", code)).status()));
            for (var done : pool.invokeAll(shows)) {
                statuses.add(done.get());
            }
        }

        assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
        assertThat(Collections.frequency(statuses, 401)).isEqualTo(4);
    }

    @Test
    void a_recovery_code_is_good_once_and_kept_only_as_a_hash() throws Exception {
        var email = newEmail();
        var on = switchedOn(owner(email));
        var code = on.recoveryCodes().getFirst();

        var first = browser();
        signIn(first, email, PASSWORD);
        expect(200, prove(first, Map.of("recovery_code", code.toUpperCase(Locale.ROOT))));
        var second = browser();
        signIn(second, email, PASSWORD);

        assertThat(prove(second, Map.of("recovery_code", code)).code()).isEqualTo("wrong_code");
        assertThat(
                        first.get("/portal/api/second_factor")
                                .body()
                                .path("recovery_codes_left")
                                .asInt())
                .isEqualTo(9);
        assertThat(
                        jdbc.sql("select string_agg(r::text, ' ') from recovery_code r")
                                .query(String.class)
                                .single())
                .doesNotContain(code.replace("-", ""))
                .doesNotContain(on.recoveryCodes().getLast().replace("-", ""));
    }

    @Test
    void the_secret_is_sealed_in_the_database() throws Exception {
        var secret = switchedOn(owner()).secret();

        assertThat(
                        jdbc.sql("select string_agg(t::text, ' ') from totp t")
                                .query(String.class)
                                .single())
                .doesNotContain(secret);
    }

    @Test
    void codes_can_be_guessed_only_ten_times() throws Exception {
        var email = newEmail();
        var secret = switchedOn(owner(email)).secret();
        var browser = browser();
        signIn(browser, email, PASSWORD);
        for (var i = 0; i < 10; i++) {
            assertThat(prove(browser, Map.of("totp", "00000" + i % 10)).status()).isEqualTo(401);
        }

        assertThat(prove(browser, Map.of("totp", code(secret, 1))).code())
                .isEqualTo("too_many_attempts");
    }

    @Test
    void a_second_factor_cannot_be_proven_without_the_password() throws Exception {
        var secret = switchedOn(owner()).secret();

        assertThat(prove(browser(), Map.of("totp", code(secret, 1))).code())
                .isEqualTo("unauthenticated");
    }

    @Test
    void an_offered_secret_counts_only_after_a_code_was_shown() {
        var email = newEmail();
        var browser = owner(email);
        expect(200, browser.post("/portal/api/second_factor:offer", null));

        assertThat(
                        browser.post("/portal/api/second_factor:confirm", Map.of("totp", "000000"))
                                .code())
                .isEqualTo("wrong_code");
        assertThat(signIn(browser(), email, PASSWORD).text("status")).isEqualTo("signed_in");
    }

    @Test
    void what_is_dangerous_needs_a_fresh_proof() throws Exception {
        var browser = owner();
        grow(browser);

        assertThat(browser.post("/portal/api/second_factor:offer", null).code())
                .isEqualTo("step_up_required");
        assertThat(browser.post("/portal/api/step_up", Map.of("password", "a wrong one")).code())
                .isEqualTo("wrong_credentials");
        expect(200, browser.post("/portal/api/step_up", BY_PASSWORD));
        expect(200, browser.post("/portal/api/second_factor:offer", null));
    }

    @Test
    void one_who_has_a_second_factor_steps_up_by_it_and_not_by_the_password() throws Exception {
        var browser = owner();
        var secret = switchedOn(browser).secret();
        grow(browser);

        assertThat(browser.post("/portal/api/second_factor:switch_off", null).code())
                .isEqualTo("step_up_required");
        assertThat(browser.post("/portal/api/step_up", BY_PASSWORD).code())
                .isEqualTo("invalid_request");
        expect(200, browser.post("/portal/api/step_up", Map.of("totp", code(secret, 1))));
        expect(204, browser.post("/portal/api/second_factor:switch_off", null));
    }

    @Test
    void what_a_stranger_adds_is_told_and_taken_off_by_the_links_of_its_mail() throws Exception {
        var email = newEmail();
        var thief = owner(email);
        var secret = switchedOn(thief).secret();
        var told = mailTo(email, "Your FerryPay account: an authenticator app was added");
        assertThat(told).doesNotContain(secret);
        expect(200, thief.post("/portal/api/second_factor:new_recovery_codes", null));
        mailTo(email, "Your FerryPay account: new recovery codes were made");

        expect(
                204,
                browser()
                        .post(
                                "/portal/api/password_reset:complete",
                                Map.of(
                                        "token",
                                        tokenOfMail(
                                                email,
                                                "Your FerryPay account: an authenticator app was added"),
                                        "password",
                                        "mine again for good")));

        assertThat(thief.get("/portal/api/session").status()).isEqualTo(401);
        mailTo(email, "Your FerryPay password was changed");
        var back = browser();
        assertThat(signIn(back, email, "mine again for good").text("status"))
                .isEqualTo("signed_in");
        var left = back.get("/portal/api/second_factor").body();
        assertThat(left.path("totp").asBoolean()).isFalse();
        assertThat(left.path("recovery_codes_left").asInt()).isZero();
    }

    @Test
    void a_reset_that_was_asked_for_takes_no_second_factor_off() throws Exception {
        var email = newEmail();
        var secret = switchedOn(owner(email)).secret();
        expect(202, browser().post("/portal/api/password_reset", Map.of("email", email)));

        expect(
                204,
                browser()
                        .post(
                                "/portal/api/password_reset:complete",
                                Map.of(
                                        "token",
                                        tokenOfMail(email, "Set a new FerryPay password"),
                                        "password",
                                        "another long password")));

        var back = browser();
        assertThat(signIn(back, email, "another long password").text("status"))
                .isEqualTo("second_factor_required");
        expect(200, prove(back, Map.of("totp", code(secret, 1))));
        expect(204, back.post("/portal/api/second_factor:switch_off", null));
        mailTo(email, "Your FerryPay account: the authenticator app was switched off");
    }

    record On(String secret, List<String> recoveryCodes) {}

    static On switchedOn(Browser browser) throws Exception {
        var offer = browser.post("/portal/api/second_factor:offer", null);
        expect(200, offer);
        var secret = offer.text("secret");
        assertThat(offer.text("uri")).startsWith("otpauth://totp/FerryPay:").contains(secret);
        var confirmed =
                browser.post("/portal/api/second_factor:confirm", Map.of("totp", code(secret, 0)));
        expect(200, confirmed);
        var codes = new ArrayList<String>();
        confirmed.body().path("recovery_codes").forEach(code -> codes.add(code.asString()));
        assertThat(codes).hasSize(10);
        return new On(secret, codes);
    }

    /** As the app shows it, so many steps from now; a phone's clock may be one off. */
    private static String code(String secret, int stepsLater) throws Exception {
        return new TimeBasedOneTimePasswordGenerator()
                .generateOneTimePasswordString(
                        new SecretKeySpec(new Base32().decode(secret), "HmacSHA1"),
                        Instant.now().plus(Duration.ofSeconds(30L * stepsLater)));
    }

    private static Browser.Answer prove(Browser browser, Map<String, String> proof) {
        return browser.post("/portal/api/sign_in:second_factor", proof);
    }
}
