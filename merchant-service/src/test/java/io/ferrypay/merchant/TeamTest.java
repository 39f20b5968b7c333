package io.ferrypay.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TeamTest extends PortalTest {

    @Test
    void somebody_invited_joins_with_the_role_of_the_invitation() {
        var owner = owner();
        var email = newEmail();
        expect(201, invite(owner, email, "cashier"));

        var cashier = browser();
        expect(200, accept(cashier, tokenMailedTo(email), PASSWORD));

        var session = cashier.get("/portal/api/session");
        assertThat(session.text("role")).isEqualTo("cashier");
        assertThat(session.text("merchant", "id")).isEqualTo(merchantOf(owner));
        assertThat(owner.get("/portal/api/team").body().path("data").size()).isEqualTo(2);
        assertThat(owner.get("/portal/api/team_invitations").body().path("data").size()).isZero();
        assertThat(cashier.get("/portal/api/team").code()).isEqualTo("forbidden_scope");
    }

    @Test
    void an_invitation_is_good_once_however_many_accept_it_at_once() throws Exception {
        var owner = owner();
        var email = newEmail();
        invite(owner, email, "finance");
        var token = tokenMailedTo(email);

        var statuses = new ArrayList<Integer>();
        try (var pool = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> all =
                    Collections.nCopies(4, () -> accept(browser(), token, PASSWORD).status());
            for (var done : pool.invokeAll(all)) {
                statuses.add(done.get());
            }
        }

        assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
        assertThat(accept(browser(), token, PASSWORD).code()).isEqualTo("token_not_usable");
        assertThat(owner.get("/portal/api/team").body().path("data").size()).isEqualTo(2);
    }

    @Test
    void an_invitation_that_is_withdrawn_replaced_or_too_old_ends() {
        var owner = owner();
        var withdrawn = newEmail();
        var id = invite(owner, withdrawn, "finance").text("id");
        var first = tokenMailedTo(withdrawn);
        expect(204, owner.send("DELETE", "/portal/api/team_invitations/" + id, null));
        assertThat(accept(browser(), first, PASSWORD).code()).isEqualTo("token_not_usable");

        var old = newEmail();
        invite(owner, old, "finance");
        var token = tokenMailedTo(old);
        jdbc.sql("update invitation set expires_at = now() - interval '1 second'").update();
        assertThat(accept(browser(), token, PASSWORD).code()).isEqualTo("token_not_usable");
    }

    @Test
    void one_who_has_an_account_accepts_only_signed_in_to_it() {
        var owner = owner();
        var email = newEmail();
        var other = owner(email);
        invite(owner, email, "developer");
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(mailTo(email)).contains("accept-invitation"));
        var token = tokenMailedTo(email);

        assertThat(accept(browser(), token, PASSWORD).code()).isEqualTo("sign_in_first");
        assertThat(accept(owner(), token, PASSWORD).code()).isEqualTo("sign_in_first");
        expect(200, accept(other, token, null));

        var own = merchantOf(other);
        var secret = other.cookies.get("ferry_portal");
        var switched =
                other.post("/portal/api/session:switch", Map.of("merchant_id", merchantOf(owner)));
        assertThat(switched.text("role")).isEqualTo("developer");
        assertThat(other.cookies.get("ferry_portal"))
                .as("nobody remembers this session with the other merchant")
                .isNotEqualTo(secret);
        // A page of another tab still shows the merchant from before, and must not act for this
        // one.
        other.headers.put("Ferry-Merchant", own);
        assertThat(other.get("/portal/api/team").code()).isEqualTo("merchant_switched");
        other.headers.put("Ferry-Merchant", merchantOf(owner));
        expect(200, other.get("/portal/api/session"));
        other.headers.remove("Ferry-Merchant");
        assertThat(switched.body().path("memberships").size()).isEqualTo(2);
    }

    @Test
    void a_link_joins_nobody_under_another_address_than_its_own() {
        var owner = owner();
        var email = newEmail();
        invite(owner, email, "admin");
        var token = tokenMailedTo(email);
        var other = owner();

        assertThat(accept(other, token, PASSWORD).code()).isEqualTo("sign_out_first");
        assertThat(accept(other, token, null).code()).isEqualTo("sign_out_first");

        assertThat(other.get("/portal/api/session").body().path("memberships").size()).isEqualTo(1);
        var invited = browser();
        expect(200, accept(invited, token, PASSWORD));
        assertThat(invited.get("/portal/api/session").text("user", "email")).isEqualTo(email);
    }

    @Test
    void nobody_switches_to_a_merchant_without_belonging_to_it() {
        var stranger = owner();

        var answer =
                stranger.post(
                        "/portal/api/session:switch", Map.of("merchant_id", merchantOf(owner())));

        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void another_role_works_at_once() {
        var owner = owner();
        var member = member(owner, "admin");
        expect(200, member.get("/portal/api/team"));

        expect(204, changeRole(owner, userOf(member), "cashier"));

        assertThat(member.get("/portal/api/team").code()).isEqualTo("forbidden_scope");
    }

    @Test
    void one_who_is_removed_is_out_at_once() {
        var owner = owner();
        var member = member(owner, "admin");

        expect(204, owner.send("DELETE", "/portal/api/team/" + userOf(member), null));

        assertThat(member.get("/portal/api/session").status()).isEqualTo(401);
    }

    @Test
    void an_admin_makes_and_unmakes_no_owner() {
        var owner = owner();
        var admin = member(owner, "admin");
        var ownerId = userOf(owner);

        assertThat(changeRole(admin, userOf(admin), "owner").code()).isEqualTo("owner_only");
        assertThat(changeRole(admin, ownerId, "cashier").code()).isEqualTo("owner_only");
        assertThat(admin.send("DELETE", "/portal/api/team/" + ownerId, null).code())
                .isEqualTo("owner_only");
        assertThat(invite(admin, newEmail(), "owner").code()).isEqualTo("owner_only");
        assertThat(owner.get("/portal/api/session").text("role")).isEqualTo("owner");
    }

    @Test
    void the_last_owner_stays_even_when_two_leave_at_once() throws Exception {
        var first = owner();
        var second = member(first, "owner");
        var one = userOf(first);
        var two = userOf(second);

        try (var pool = Executors.newFixedThreadPool(2)) {
            List<Callable<Browser.Answer>> both =
                    List.of(
                            () -> changeRole(first, one, "admin"),
                            () -> changeRole(second, two, "admin"));
            for (var done : pool.invokeAll(both)) {
                done.get();
            }
        }

        assertThat(
                        jdbc.sql(
                                        "select count(*) from membership where merchant_id = ? and role = 'owner'")
                                .param(merchantOf(first))
                                .query(Integer.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void where_everybody_must_have_a_second_factor_who_has_none_may_only_set_one_up()
            throws Exception {
        var owner = owner();
        var finance = member(owner, "developer");
        var rule = Map.of("second_factor_required", true);
        assertThat(owner.send("PUT", "/portal/api/team_rules", rule).code())
                .isEqualTo("second_factor_first");
        SecondFactorTest.switchedOn(owner);

        expect(200, owner.send("PUT", "/portal/api/team_rules", rule));

        assertThat(
                        finance.get("/portal/api/session")
                                .body()
                                .path("second_factor_needed")
                                .asBoolean())
                .isTrue();
        assertThat(finance.get("/portal/api/onboarding").code()).isEqualTo("second_factor_needed");
        assertThat(scopes(finance)).isEmpty();
        assertThat(owner.get("/portal/api/team").status()).isEqualTo(200);
        assertThat(scopes(owner)).contains("team:write");
        SecondFactorTest.switchedOn(finance);
        assertThat(finance.get("/portal/api/onboarding").status()).isEqualTo(200);
        assertThat(scopes(finance)).contains("keys:write");
        assertThat(finance.post("/portal/api/second_factor:switch_off", null).code())
                .isEqualTo("last_second_factor");

        expect(
                200,
                owner.send(
                        "PUT", "/portal/api/team_rules", Map.of("second_factor_required", false)));
        expect(204, finance.post("/portal/api/second_factor:switch_off", null));
        assertThat(finance.get("/portal/api/onboarding").status()).isEqualTo(200);
    }

    /** What the gateway is told that the session may do. */
    private List<String> scopes(Browser browser) {
        var scopes = new ArrayList<String>();
        exchange(browser.cookies.get("ferry_portal"))
                .body()
                .path("scopes")
                .forEach(scope -> scopes.add(scope.asString()));
        return scopes;
    }

    @Test
    void another_merchants_people_and_invitations_do_not_exist() {
        var owner = owner();
        var other = owner();
        var theirs = userOf(other);
        var invitation = invite(other, newEmail(), "finance").text("id");

        assertThat(changeRole(owner, theirs, "cashier").status()).isEqualTo(404);
        assertThat(owner.send("DELETE", "/portal/api/team/" + theirs, null).status())
                .isEqualTo(404);
        assertThat(
                        owner.send("DELETE", "/portal/api/team_invitations/" + invitation, null)
                                .status())
                .isEqualTo(404);
        assertThat(other.get("/portal/api/session").text("role")).isEqualTo("owner");
        assertThat(other.get("/portal/api/team_invitations").body().path("data").size())
                .isEqualTo(1);
    }

    @Test
    void a_member_is_not_invited_again() {
        var owner = owner();
        var email = newEmail();
        invite(owner, email, "finance");
        accept(browser(), tokenMailedTo(email), PASSWORD);

        assertThat(invite(owner, email, "admin").code()).isEqualTo("already_a_member");
    }

    @Test
    void the_secret_of_an_invitation_is_kept_only_as_a_hash() {
        var email = newEmail();
        invite(owner(), email, "finance");

        assertThat(
                        jdbc.sql("select string_agg(i::text, ' ') from invitation i")
                                .query(String.class)
                                .single())
                .doesNotContain(tokenMailedTo(email));
    }

    private Browser member(Browser owner, String role) {
        var email = newEmail();
        expect(201, invite(owner, email, role));
        var browser = browser();
        expect(200, accept(browser, tokenMailedTo(email), PASSWORD));
        return browser;
    }

    private static Browser.Answer invite(Browser browser, String email, String role) {
        return browser.post(
                "/portal/api/team_invitations",
                Map.of("email", email, "role", role, "language", "en"));
    }

    private static Browser.Answer accept(Browser browser, String token, String password) {
        var body = new java.util.HashMap<String, String>();
        body.put("token", token);
        body.put("name", "Mere Tane");
        body.put("language", "zh");
        body.put("password", password);
        return browser.post("/portal/api/team_invitations:accept", body);
    }

    private static Browser.Answer changeRole(Browser browser, String userId, String role) {
        return browser.send("PATCH", "/portal/api/team/" + userId, Map.of("role", role));
    }

    private static String merchantOf(Browser browser) {
        return browser.get("/portal/api/session").text("merchant", "id");
    }

    private static String userOf(Browser browser) {
        return browser.get("/portal/api/session").text("user", "id");
    }
}
