package io.ferrypay.merchant.portal;

import io.ferrypay.identity.Mode;
import java.time.Instant;

/**
 * Who is signed in, and for which merchant this request speaks. A controller method takes it as an
 * argument.
 *
 * @param sessionId the public name of the session, {@code ses_…}; never the secret in the cookie
 * @param steppedUpAt when the person last proved who they are in this session
 * @param barred whether the merchant wants a second factor of its people and this one has none:
 *     only the own account is open
 */
public record PortalCaller(
        String userId,
        String merchantId,
        Role role,
        Mode mode,
        String sessionId,
        Instant steppedUpAt,
        boolean barred) {}
