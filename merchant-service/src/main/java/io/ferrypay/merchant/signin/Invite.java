package io.ferrypay.merchant.signin;

import io.ferrypay.merchant.mail.MailQueue;
import io.ferrypay.merchant.merchant.KeepMerchants;
import io.ferrypay.merchant.portal.PortalCaller;
import io.ferrypay.merchant.portal.Role;
import io.ferrypay.merchant.team.KeepTeam;
import io.ferrypay.merchant.team.PortalUser;
import io.ferrypay.merchant.team.Team;
import io.ferrypay.problem.ApiException;
import io.ferrypay.signin.Passwords;
import io.ferrypay.signin.SignInProblems;
import io.ferrypay.signin.Tries;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Invitations by mail: sent, and accepted once by whoever reads that mailbox. */
@Service
public class Invite {

    private final KeepTeam keepTeam;
    private final Team team;
    private final KeepMerchants merchants;
    private final MailQueue mails;
    private final PortalMails texts;
    private final Passwords passwords;
    private final Tries tries;
    private final TransactionTemplate transactions;

    Invite(
            KeepTeam keepTeam,
            Team team,
            KeepMerchants merchants,
            MailQueue mails,
            PortalMails texts,
            Passwords passwords,
            Tries tries,
            TransactionTemplate transactions) {
        this.keepTeam = keepTeam;
        this.team = team;
        this.merchants = merchants;
        this.mails = mails;
        this.texts = texts;
        this.passwords = passwords;
        this.tries = tries;
        this.transactions = transactions;
    }

    /** Refuses as {@link KeepTeam#invite} does, and 429 for an address that got too many mails. */
    public KeepTeam.Invitation send(PortalCaller caller, String email, Role role, String language) {
        tries.count(MerchantTries.MAIL, Team.keyOf(email));
        return transactions.execute(_ -> {
            var token = MailedTokens.random();
            var invitation = keepTeam.invite(caller, email, role, MailedTokens.hash(token));
            var merchant = merchants.find(caller.merchantId()).orElseThrow();
            mails.add(
                    texts.invitation(
                            email.strip(), language, merchant.details().displayName(), token));
            return invitation;
        });
    }

    /**
     * For one who has no account: makes it. One who has an account must be signed in to it, because
     * the secret of a mail is no password. Nobody joins under another address than the one it was
     * mailed to.
     *
     * @param signedIn who shows the secret, if signed in
     * @throws ApiException 410 {@code token_not_usable}; 409 {@code sign_in_first}, {@code
     *     sign_out_first}
     */
    public PortalUser accept(
            String token,
            @Nullable String signedIn,
            String name,
            String language,
            @Nullable String password) {
        var invitation =
                keepTeam.invited(MailedTokens.hash(token))
                        .orElseThrow(() -> ApiException.of(SignInProblems.TOKEN_NOT_USABLE));
        var known = team.userByEmail(invitation.email()).orElse(null);
        if (known != null && !known.id().equals(signedIn)) {
            throw ApiException.of(PortalProblems.SIGN_IN_FIRST);
        }
        if (known == null && signedIn != null) {
            throw ApiException.of(PortalProblems.SIGN_OUT_FIRST);
        }
        if (known == null && password == null) {
            throw ApiException.invalid("/password", "required", "is needed for a new account");
        }
        var hash =
                known == null && password != null
                        ? passwords.choose(password, invitation.email(), name)
                        : "";
        return transactions.execute(_ -> {
            if (!keepTeam.use(invitation)) {
                throw ApiException.of(SignInProblems.TOKEN_NOT_USABLE);
            }
            var user =
                    known != null
                            ? known
                            : team.addUser(invitation.email(), name, language, hash)
                                    .orElseThrow(
                                            () -> ApiException.of(PortalProblems.SIGN_IN_FIRST));
            team.join(user.id(), invitation.merchantId(), invitation.role());
            return user;
        });
    }
}
