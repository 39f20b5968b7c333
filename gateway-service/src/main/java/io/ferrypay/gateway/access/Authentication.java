package io.ferrypay.gateway.access;

import io.ferrypay.gateway.edge.Network;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What merchant-service says about an API key. */
sealed interface Authentication {

    /** There is no such key, or it is revoked or expired. */
    record Rejected() implements Authentication {}

    /**
     * A key that is good.
     *
     * @param token speaks for the merchant inside; signed once and used while this is remembered
     * @param allowedNetworks where the key may be used; empty means anywhere
     * @param validUntil when a rolled key ends, if it ends
     */
    record Accepted(
            String keyId,
            String token,
            Set<String> scopes,
            List<Network> allowedNetworks,
            int writesPerSecond,
            int readsPerSecond,
            boolean merchantSuspended,
            @Nullable Instant validUntil)
            implements Authentication {

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
