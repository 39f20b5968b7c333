package io.ferrypay.merchant.signin;

import io.ferrypay.merchant.portal.PortalCaller;
import io.ferrypay.merchant.team.Team;
import io.ferrypay.problem.ApiException;
import io.ferrypay.signin.Passwords;
import io.ferrypay.signin.SignInProblems;
import io.ferrypay.signin.Tries;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Dangerous acts ask for a fresh proof of who is there: a session left open is not enough. */
@Service
public class StepUp {

    private final Team team;
    private final Passwords passwords;
    private final Tries tries;
    private final PortalProperties properties;
    private final Clock clock;

    StepUp(Team team, Passwords passwords, Tries tries, PortalProperties properties, Clock clock) {
        this.team = team;
        this.passwords = passwords;
        this.tries = tries;
        this.properties = properties;
        this.clock = clock;
    }

    /** Refuses with 403 {@code step_up_required} when the last proof is too old. */
    public void require(PortalCaller caller) {
        if (!clock.instant().isBefore(caller.steppedUpAt().plus(properties.stepUpLife()))) {
            throw ApiException.of(SignInProblems.STEP_UP_REQUIRED);
        }
    }

    /** Refuses a wrong one with 401 {@code wrong_credentials}; counted like sign-ins. */
    public void byPassword(String userId, @Nullable String password) {
        var user = team.user(userId).orElseThrow();
        var key = Team.keyOf(user.email());
        tries.count(Tries.Kind.ACCOUNT, key);
        if (password == null || !passwords.matches(password, user.passwordHash())) {
            throw ApiException.of(SignInProblems.WRONG_CREDENTIALS);
        }
        tries.forgive(Tries.Kind.ACCOUNT, key);
    }
}
