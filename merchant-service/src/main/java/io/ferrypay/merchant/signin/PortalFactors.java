package io.ferrypay.merchant.signin;

import io.ferrypay.merchant.signin.AccountNotices.Change;
import io.ferrypay.merchant.team.Team;
import io.ferrypay.problem.ApiException;
import io.ferrypay.signin.SecondFactors;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which second factors a person of the portal has: an authenticator app, passkeys, or both. Every
 * change is told by mail.
 */
@Service
public class PortalFactors {

    private static final String APP = "totp";
    private static final String RECOVERY_CODES = "recovery_codes";

    private final JdbcClient jdbc;
    private final SecondFactors codes;
    private final PasskeyProperties rules;
    private final AccountNotices notices;
    private final Team team;

    PortalFactors(
            JdbcClient jdbc,
            SecondFactors codes,
            PasskeyProperties rules,
            AccountNotices notices,
            Team team) {
        this.jdbc = jdbc;
        this.codes = codes;
        this.rules = rules;
        this.notices = notices;
        this.team = team;
    }

    /** Whether the password alone is not enough: an app, or a passkey, even one that is doubted. */
    public boolean isOn(String userId) {
        return hasApp(userId)
                || jdbc.sql("select exists (select from passkey where user_id = ?)")
                        .param(userId)
                        .query(Boolean.class)
                        .single();
    }

    public boolean hasApp(String userId) {
        return codes.hasApp(userId);
    }

    /** As {@link SecondFactors#confirm}. */
    public List<String> confirmApp(String userId, String code) {
        return codes.confirm(userId, code, () -> notices.tell(userId, Change.APP_ADDED, null, APP));
    }

    /** As {@link SecondFactors#freshRecoveryCodes}. */
    @Transactional
    public List<String> newRecoveryCodes(String userId) {
        notices.tell(userId, Change.RECOVERY_CODES_MADE, null, RECOVERY_CODES);
        return codes.freshRecoveryCodes(userId);
    }

    /** Of the app; passkeys stay, and recovery codes with them. */
    @Transactional
    public void switchOff(String userId) {
        var had = hasApp(userId);
        refuseToLoseLast(userId, () -> codes.forgetApp(userId));
        if (had) {
            notices.tell(userId, Change.APP_REMOVED, null, null);
        }
    }

    /**
     * Takes off what somebody says was added by a stranger, also where the person's role must have
     * a second factor. Nothing happens when it is gone already.
     *
     * @param what {@code totp}, {@code recovery_codes}, or the id of a passkey
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void takeOff(String userId, String what) {
        switch (what) {
            case APP -> codes.forgetApp(userId);
            case RECOVERY_CODES -> codes.forgetRecoveryCodes(userId);
            default ->
                    jdbc.sql("delete from passkey where id = ? and user_id = ?")
                            .params(what, userId)
                            .update();
        }
        if (!isOn(userId)) {
            codes.forgetRecoveryCodes(userId);
        }
    }

    /**
     * Takes a factor away, in the caller's transaction. With the last one go the recovery codes.
     * Refuses with 409 {@code last_second_factor} where a role of the person, or a merchant, wants
     * one.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void refuseToLoseLast(String userId, Runnable removal) {
        // Of two who take the last two away at once, one has to see what the other did.
        jdbc.sql("select id from portal_user where id = ? for update")
                .param(userId)
                .query(String.class)
                .single();
        removal.run();
        if (isOn(userId)) {
            return;
        }
        if (team.mustHaveSecondFactor(userId)
                || jdbc
                        .sql("select role from membership where user_id = ?")
                        .param(userId)
                        .query(String.class)
                        .list()
                        .stream()
                        .anyMatch(rules::mustHave)) {
            throw ApiException.of(PortalProblems.LAST_SECOND_FACTOR);
        }
        codes.forgetRecoveryCodes(userId);
    }
}
