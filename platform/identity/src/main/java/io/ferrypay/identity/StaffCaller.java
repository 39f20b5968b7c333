package io.ferrypay.identity;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The member of our staff a request speaks for, as the gateway vouches. A controller method takes
 * it as an argument; one that takes a {@link MerchantCaller} is closed to staff.
 *
 * @param accountId the account somebody signed in to, {@code sta_…}
 * @param personId who that is, {@code per_…}: two accounts of one person have one of it
 * @param name as colleagues know the person
 * @param permissions what the person's roles allow at this moment, such as {@code ledger:read}
 * @param sessionId the public name of the session, {@code ses_…}
 * @param steppedUpAt when the person last proved who they are by a second factor
 * @param address the network address the request came from
 */
public record StaffCaller(
        String accountId,
        String personId,
        String name,
        Set<String> permissions,
        String sessionId,
        Instant steppedUpAt,
        String address) {

    /** How long one proof of the second factor is good for what is dangerous. */
    public static final Duration STEP_UP_LIFE = Duration.ofMinutes(5);

    static final ProblemCode STEP_UP_REQUIRED =
            ProblemCode.of("step_up_required", 403, "Prove again who you are");

    public StaffCaller {
        permissions = Set.copyOf(permissions);
    }

    public boolean may(String permission) {
        return permissions.contains(permission);
    }

    /** Refuses with 403 {@code forbidden_scope} one who lacks the permission. */
    public void require(String permission) {
        if (!may(permission)) {
            throw ApiException.of(
                    CommonProblems.FORBIDDEN_SCOPE,
                    "This needs the permission " + permission + ".");
        }
    }

    /** Refuses with 403 {@code step_up_required} when the last proof is too old. */
    public void requireStepUp(Instant now) {
        if (!now.isBefore(steppedUpAt.plus(STEP_UP_LIFE))) {
            throw ApiException.of(STEP_UP_REQUIRED);
        }
    }

    @Override
    public String toString() {
        return "StaffCaller[" + accountId + "]";
    }
}
