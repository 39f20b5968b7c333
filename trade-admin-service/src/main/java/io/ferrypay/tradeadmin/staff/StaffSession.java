package io.ferrypay.tradeadmin.staff;

import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;

/**
 * What is remembered of somebody who is signed in to the console. Only text is stored, so nothing
 * is ever executed.
 *
 * @param id the public name, {@code ses_…}; the session's own id is the secret in the cookie
 * @param signedInAt the session ends a fixed time after that, however busy it is
 * @param steppedUpAt when the person last showed a second factor
 */
record StaffSession(
        String id,
        String accountId,
        Instant signedInAt,
        Instant steppedUpAt,
        String address,
        String agent) {

    private static final String ID = "id";
    private static final String SIGNED_IN_AT = "signed_in_at";
    private static final String STEPPED_UP_AT = "stepped_up_at";
    private static final String ADDRESS = "address";
    private static final String AGENT = "agent";

    /** Null when nobody is signed in (yet). */
    static @Nullable StaffSession read(Function<String, @Nullable Object> attributes) {
        if (!(attributes.apply(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME)
                instanceof String accountId)) {
            return null;
        }
        return new StaffSession(
                text(attributes, ID),
                accountId,
                Instant.parse(text(attributes, SIGNED_IN_AT)),
                Instant.parse(text(attributes, STEPPED_UP_AT)),
                text(attributes, ADDRESS),
                text(attributes, AGENT));
    }

    private static String text(Function<String, @Nullable Object> attributes, String name) {
        if (attributes.apply(name) instanceof String text) {
            return text;
        }
        throw new IllegalStateException("A session without " + name);
    }

    Map<String, String> attributes() {
        return Map.of(
                FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME,
                accountId,
                ID,
                id,
                SIGNED_IN_AT,
                signedInAt.toString(),
                STEPPED_UP_AT,
                steppedUpAt.toString(),
                ADDRESS,
                address,
                AGENT,
                agent);
    }

    StaffSession steppedUp(Instant now) {
        return new StaffSession(id, accountId, signedInAt, now, address, agent);
    }

    @Override
    public String toString() {
        return "StaffSession[" + id + "]";
    }
}
