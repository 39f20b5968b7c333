package io.ferrypay.gateway.access;

import io.ferrypay.gateway.edge.Network;
import io.ferrypay.gateway.problem.Refused;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What merchant-service says about an API key, a session of the portal or a signed request. */
sealed interface Authentication {

    String DRAFT = "draft";

    /** There is no such key, or it is revoked or expired. */
    record Rejected() implements Authentication {}

    /**
     * Who it is is known, and this request is not taken all the same.
     *
     * @param problem why not
     */
    record TurnedAway(Refused problem) implements Authentication {}

    /**
     * A key or session that is good.
     *
     * @param merchantId whose it is
     * @param token speaks for the merchant inside; signed once and used while this is remembered
     * @param allowedNetworks where the key may be used; empty means anywhere
     * @param merchantStatus draft, active or suspended
     * @param validUntil when a rolled key ends, if it ends
     */
    record Accepted(
            String keyId,
            String merchantId,
            String token,
            boolean livemode,
            Set<String> scopes,
            List<Network> allowedNetworks,
            int writesPerSecond,
            int readsPerSecond,
            String merchantStatus,
            @Nullable Instant validUntil)
            implements Authentication {

        boolean merchantSuspended() {
            return !merchantStatus.equals("active") && !merchantStatus.equals(DRAFT);
        }

        /** A draft has not been approved yet: it may only try things out. */
        boolean merchantNotLive() {
            return merchantStatus.equals(DRAFT) && livemode;
        }

        boolean mayComeFrom(InetAddress address) {
            if (allowedNetworks.isEmpty()) {
                return true;
            }
            for (var network : allowedNetworks) {
                if (network.contains(address)) {
                    return true;
                }
            }
            return false;
        }
    }
}
