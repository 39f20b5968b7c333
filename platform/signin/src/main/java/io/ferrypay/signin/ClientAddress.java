package io.ferrypay.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.HexFormat;

/** Where a request came from, as the gateway says; it takes off what others claimed. */
public final class ClientAddress {

    private static final int SUBSCRIBER_BYTES = 8;

    private ClientAddress() {}

    public static String of(HttpServletRequest request) {
        var told = request.getHeader("X-Forwarded-For");
        return told == null || told.length() > 64 ? request.getRemoteAddr() : told;
    }

    /** Whom to count, see {@link #subscriber}. */
    public static String subscriberOf(HttpServletRequest request) {
        return subscriber(of(request));
    }

    /**
     * One IPv4 address, or the /64 that one IPv6 subscriber owns, as the gateway counts; whoever
     * has one of its addresses has them all.
     */
    public static String subscriber(String address) {
        try {
            var parsed = InetAddress.ofLiteral(address);
            var bytes = parsed.getAddress();
            return bytes.length == 4
                    ? parsed.getHostAddress()
                    : HexFormat.of().formatHex(bytes, 0, SUBSCRIBER_BYTES) + "/64";
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}
