package io.ferrypay.merchant.signin;

import io.ferrypay.merchant.mail.MailQueue;
import io.ferrypay.merchant.team.Team;
import io.ferrypay.problem.ApiException;
import io.ferrypay.signin.Passwords;
import io.ferrypay.signin.SignInProblems;
import io.ferrypay.signin.Tries;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** A person who forgot the password proves the mail address and chooses a new one. */
@Service
public class ResetPassword {

    static final String PURPOSE = "reset-password";
    static final Duration LIFE = Duration.ofMinutes(30);

    private static final String NOBODYS = "nobody";

    private final Team team;
    private final MailedTokens tokens;
    private final MailQueue mails;
    private final PortalMails texts;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Passkeys passkeys;
    private final PortalFactors factors;
    private final AccountNotices notices;
    private final Tries tries;
    private final TransactionTemplate transactions;

    ResetPassword(
            Team team,
            MailedTokens tokens,
            MailQueue mails,
            PortalMails texts,
            Passwords passwords,
            Sessions sessions,
            Passkeys passkeys,
            PortalFactors factors,
            AccountNotices notices,
            Tries tries,
            TransactionTemplate transactions) {
        this.team = team;
        this.tokens = tokens;
        this.mails = mails;
        this.texts = texts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.passkeys = passkeys;
        this.factors = factors;
        this.notices = notices;
        this.tries = tries;
        this.transactions = transactions;
    }

    /**
     * @param undone what is taken off with it, see {@link PortalFactors#takeOff}
     */
    record Whose(String userId, @Nullable String undone) {

        Whose(String userId) {
            this(userId, null);
        }
    }

    /** For an address without an account the same work is done, and its mail thrown away. */
    public void ask(String email) {
        tries.count(MerchantTries.MAIL, Team.keyOf(email));
        transactions.executeWithoutResult(_ -> mailLink(email));
    }

    private void mailLink(String email) {
        var known = team.userByEmail(email).orElse(null);
        if (known == null) {
            var token = tokens.issue(NOBODYS, new Whose(NOBODYS), LIFE);
            mails.pretend(texts.resetPassword(email, "en", token));
        } else {
            var token = tokens.issue(PURPOSE, new Whose(known.id()), LIFE);
            mails.add(texts.resetPassword(known.email(), known.language(), token));
        }
    }

    /**
     * Ends every session of the person, because one of them may be a thief's. So may a passkey:
     * none opens the account alone until it was shown after the new password. An app never does.
     */
    public void complete(String token, String password) {
        var hash = passwords.choose(password);
        transactions.executeWithoutResult(_ -> {
            var whose =
                    tokens.take(PURPOSE, token, Whose.class)
                            .orElseThrow(() -> ApiException.of(SignInProblems.TOKEN_NOT_USABLE));
            var user = team.user(whose.userId()).orElseThrow();
            team.changePassword(user.id(), hash);
            if (whose.undone() != null) {
                factors.takeOff(user.id(), whose.undone());
            }
            passkeys.askForProof(user.id());
            tries.forgive(Tries.Kind.ACCOUNT, Team.keyOf(user.email()));
            notices.passwordChanged(user);
            sessions.endAllOf(user.id(), null);
        });
    }

    /**
     * For a person who is signed in and knows the old one.
     *
     * @param keptSessionId the session that goes on; all others end
     */
    public void change(String userId, String current, String wanted, String keptSessionId) {
        var user = team.user(userId).orElseThrow();
        tries.count(Tries.Kind.ACCOUNT, Team.keyOf(user.email()));
        if (!passwords.matches(current, user.passwordHash())) {
            throw ApiException.of(SignInProblems.WRONG_CREDENTIALS);
        }
        var hash = passwords.choose(wanted, user.email(), user.name());
        transactions.executeWithoutResult(_ -> {
            team.changePassword(userId, hash);
            tries.forgive(Tries.Kind.ACCOUNT, Team.keyOf(user.email()));
            notices.passwordChanged(user);
            sessions.endAllOf(userId, keptSessionId);
        });
    }
}
