package io.ferrypay.merchant.signin;

import io.ferrypay.problem.ApiException;
import io.ferrypay.signin.SecondFactors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which second factors a person of the portal has: an authenticator app, passkeys, or both. */
@Service
public class PortalFactors {

    private final JdbcClient jdbc;
    private final SecondFactors codes;
    private final PasskeyProperties rules;

    PortalFactors(JdbcClient jdbc, SecondFactors codes, PasskeyProperties rules) {
        this.jdbc = jdbc;
        this.codes = codes;
        this.rules = rules;
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

    /** Of the app; passkeys stay, and recovery codes with them. */
    @Transactional
    public void switchOff(String userId) {
        refuseToLoseLast(userId, () -> codes.forgetApp(userId));
    }

    /**
     * Takes a factor away, in the caller's transaction. With the last one go the recovery codes.
     * Refuses with 409 {@code last_second_factor} where a role of the person must have one.
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
        if (jdbc
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
