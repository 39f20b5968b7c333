package io.ferrypay.merchant.signin;

import io.ferrypay.merchant.team.PortalUser;
import io.ferrypay.merchant.team.Team;
import io.ferrypay.problem.ApiException;
import io.ferrypay.signin.Passwords;
import io.ferrypay.signin.SignInProblems;
import io.ferrypay.signin.Tries;
import org.springframework.stereotype.Service;

/** Knows a person by address and password. */
@Service
public class SignIn {

    private final Team team;
    private final Passwords passwords;
    private final Tries tries;

    SignIn(Team team, Passwords passwords, Tries tries) {
        this.team = team;
        this.passwords = passwords;
        this.tries = tries;
    }

    /**
     * Refuses an unknown address and a wrong password in the same words and after the same time.
     *
     * @param network where the request came from, as {@link
     *     io.ferrypay.signin.ClientAddress#subscriber} tells
     */
    public PortalUser withPassword(String email, String password, String network) {
        var key = Team.keyOf(email);
        tries.count(Tries.Kind.ADDRESS, network);
        tries.count(Tries.Kind.ACCOUNT, key);
        var user = team.userByEmail(email).orElse(null);
        if (!passwords.matches(password, user == null ? null : user.passwordHash())
                || user == null) {
            throw ApiException.of(SignInProblems.WRONG_CREDENTIALS);
        }
        tries.forgive(Tries.Kind.ACCOUNT, key);
        return user;
    }
}
