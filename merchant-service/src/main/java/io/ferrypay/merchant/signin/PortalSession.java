package io.ferrypay.merchant.signin;

import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;

/**
 * What is remembered of somebody who is signed in.
 *
 * @param id the public name, {@code ses_…}; the session's own id is the secret in the cookie
 * @param merchantId for which merchant the person acts at the moment
 * @param signedInAt the session ends a fixed time after that, however busy it is
 * @param steppedUpAt when the person last proved who they are
 * @param address where it was signed in from
 * @param agent the browser, in its own words
 */
record PortalSession(
        String id,
        String userId,
        String merchantId,
        Instant signedInAt,
        Instant steppedUpAt,
        String address,
        String agent) {

    private static final String ID = "id";
    private static final String MERCHANT = "merchant";
    private static final String SIGNED_IN_AT = "signed_in_at";
    private static final String STEPPED_UP_AT = "stepped_up_at";
    private static final String ADDRESS = "address";
    private static final String AGENT = "agent";

    /** Null when nobody is signed in (yet). Only text is stored, so nothing is ever executed. */
    static @Nullable PortalSession read(Function<String, @Nullable Object> attributes) {
        if (!(attributes.apply(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME)
                instanceof String userId)) {
            return null;
        }
        return new PortalSession(
                text(attributes, ID),
                userId,
                text(attributes, MERCHANT),
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
                userId,
                ID,
                id,
                MERCHANT,
                merchantId,
                SIGNED_IN_AT,
                signedInAt.toString(),
                STEPPED_UP_AT,
                steppedUpAt.toString(),
                ADDRESS,
                address,
                AGENT,
                agent);
    }

    PortalSession at(String otherMerchantId) {
        return new PortalSession(
                id, userId, otherMerchantId, signedInAt, steppedUpAt, address, agent);
    }

    PortalSession steppedUp(Instant now) {
        return new PortalSession(id, userId, merchantId, signedInAt, now, address, agent);
    }

    @Override
    public String toString() {
        return "PortalSession[" + id + "]";
    }
}
