package io.ferrypay.merchant.signin;

import io.ferrypay.merchant.mail.MailQueue;
import io.ferrypay.merchant.merchant.KeepMerchants;
import io.ferrypay.merchant.portal.Role;
import io.ferrypay.merchant.team.Membership;
import io.ferrypay.merchant.team.PortalUser;
import io.ferrypay.merchant.team.Team;
import io.ferrypay.problem.ApiException;
import io.ferrypay.signin.Passwords;
import io.ferrypay.signin.SignInProblems;
import io.ferrypay.signin.Tries;
import java.time.Duration;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A new merchant joins. Nothing of it exists until the address is proven, and the password is
 * chosen only then: nobody can sign somebody else up with a password he knows.
 */
@Service
public class SignUp {

    private static final String PURPOSE = "sign-up";
    private static final Duration LIFE = Duration.ofHours(24);

    private final Team team;
    private final KeepMerchants merchants;
    private final MailedTokens tokens;
    private final MailQueue mails;
    private final PortalMails texts;
    private final Passwords passwords;
    private final Tries tries;
    private final TransactionTemplate transactions;

    SignUp(
            Team team,
            KeepMerchants merchants,
            MailedTokens tokens,
            MailQueue mails,
            PortalMails texts,
            Passwords passwords,
            Tries tries,
            TransactionTemplate transactions) {
        this.team = team;
        this.merchants = merchants;
        this.tokens = tokens;
        this.mails = mails;
        this.texts = texts;
        this.passwords = passwords;
        this.tries = tries;
        this.transactions = transactions;
    }

    /**
     * @param businessName becomes the name that shoppers see
     * @param language {@code en} or {@code zh}
     */
    public record Wish(String email, String name, String businessName, String language) {

        @Override
        public String toString() {
            return "Wish[…]";
        }
    }

    /** Who signed up, and the membership of the merchant that came into being. */
    public record Joined(PortalUser user, Membership membership) {}

    /** Mails a link. One who has an account is told so by mail only; the work is the same. */
    public void ask(Wish wish) {
        tries.count(MerchantTries.MAIL, Team.keyOf(wish.email()));
        transactions.executeWithoutResult(_ -> mailLink(wish));
    }

    private void mailLink(Wish wish) {
        var known = team.userByEmail(wish.email()).orElse(null);
        if (known == null) {
            var token = tokens.issue(PURPOSE, wish, LIFE);
            mails.add(texts.completeSignUp(wish.email(), wish.language(), token));
        } else {
            var token =
                    tokens.issue(
                            ResetPassword.PURPOSE,
                            new ResetPassword.Whose(known.id()),
                            ResetPassword.LIFE);
            mails.add(texts.accountExists(known.email(), known.language(), token));
        }
    }

    /** Makes the person, a merchant in draft, and the person its owner, all or nothing. */
    public Joined complete(String token, String password) {
        var hash = passwords.choose(password);
        return transactions.execute(_ -> join(token, hash));
    }

    private Joined join(String token, String hash) {
        var wish =
                tokens.take(PURPOSE, token, Wish.class)
                        .orElseThrow(() -> ApiException.of(SignInProblems.TOKEN_NOT_USABLE));
        var user =
                team.addUser(wish.email(), wish.name(), wish.language(), hash)
                        .orElseThrow(() -> ApiException.of(PortalProblems.ACCOUNT_EXISTS));
        var merchant = merchants.draft(wish.businessName());
        team.join(user.id(), merchant.id(), Role.OWNER);
        return new Joined(user, team.membership(user.id(), merchant.id()).orElseThrow());
    }
}
