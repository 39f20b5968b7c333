package io.ferrypay.gateway.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * Tells who is on the other end. Forwarding headers are believed only from proxies we run, and only
 * as far back as the last of those; anybody else could write them.
 */
@Component
class Origins {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";
    private static final int MAX_HOPS = 10;

    private final List<Network> trustedProxies;

    Origins(EdgeProperties properties) {
        this.trustedProxies = properties.trustedProxies().stream().map(Network::parse).toList();
    }

    Origin of(ServerHttpRequest request) {
        var peer = address(request.getRemoteAddress());
        var secure = request.getSslInfo() != null;
        if (trustedProxies.isEmpty() || !isTrusted(peer)) {
            return new Origin(peer, secure);
        }
        var proto = request.getHeaders().getFirst(FORWARDED_PROTO);
        return new Origin(
                behindProxies(peer, request.getHeaders().get(FORWARDED_FOR)),
                secure || "https".equalsIgnoreCase(proto));
    }

    private InetAddress behindProxies(InetAddress peer, @Nullable List<String> forwardedFor) {
        var hops = forwardedFor == null ? new String[0] : String.join(",", forwardedFor).split(",");
        var origin = peer;
        for (var i = hops.length - 1; i >= Math.max(0, hops.length - MAX_HOPS); i--) {
            try {
                origin = InetAddress.ofLiteral(hops[i].strip());
            } catch (IllegalArgumentException _) {
                return origin;
            }
            if (!isTrusted(origin)) {
                return origin;
            }
        }
        return origin;
    }

    private boolean isTrusted(InetAddress address) {
        for (var network : trustedProxies) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static InetAddress address(@Nullable InetSocketAddress remote) {
        // A connection that is already closed has no address left; nobody will read the answer.
        return remote == null || remote.getAddress() == null
                ? InetAddress.getLoopbackAddress()
                : remote.getAddress();
    }
}
