package io.ferrypay.merchant.signin;

import io.ferrypay.merchant.mail.MailQueue;
import io.ferrypay.merchant.team.PortalUser;
import io.ferrypay.merchant.team.Team;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells a person by mail whatever changes about how the account is opened, in the transaction that
 * changes it: whoever took an account over can't settle there in silence.
 *
 * <p>Where something was added, the mail has a link that sets a new password and takes it off
 * again, for those who did not add it and may not be able to sign in any more.
 */
@Component
class AccountNotices {

    /** How long the link in a mail takes off what was added. */
    static final Duration UNDO_LIFE = Duration.ofDays(7);

    private final Team team;
    private final MailQueue mails;
    private final PortalMails texts;
    private final MailedTokens tokens;

    AccountNotices(Team team, MailQueue mails, PortalMails texts, MailedTokens tokens) {
        this.team = team;
        this.mails = mails;
        this.texts = texts;
        this.tokens = tokens;
    }

    /** What may change, besides the password. */
    enum Change {
        APP_ADDED,
        APP_REMOVED,
        PASSKEY_ADDED,
        PASSKEY_REMOVED,
        RECOVERY_CODES_MADE
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void passwordChanged(PortalUser user) {
        mails.add(texts.passwordChanged(user.email(), user.language()));
    }

    /**
     * @param name of the passkey, where it is about one
     * @param undone what the mail's link takes off again, as {@link PortalFactors#takeOff} knows
     *     it; null where nothing was added
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void tell(String userId, Change change, @Nullable String name, @Nullable String undone) {
        var user = team.user(userId).orElseThrow();
        var token =
                undone == null
                        ? null
                        : tokens.issue(
                                ResetPassword.PURPOSE,
                                new ResetPassword.Whose(userId, undone),
                                UNDO_LIFE);
        mails.add(texts.accountChanged(user.email(), user.language(), change, name, token));
    }

    /**
     * @param agent the browser in its own words, as far as they can be printed
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void signedInElsewhere(PortalUser user, Instant at, String address, String agent) {
        mails.add(texts.signedInElsewhere(user.email(), user.language(), at, address, agent));
    }
}
