package io.ferrypay.merchant.credential;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** A range of IP addresses in CIDR notation, version 4 or 6; a single address is a range of one. */
final class AddressRange {

    private AddressRange() {}

    /** In its usual spelling; empty for what is not a range. Never asks a name server. */
    static Optional<String> normalize(String text) {
        var slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        if (address.length() > 45
                || !address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return Optional.empty();
        }
        try {
            // Only digits, colons and dots are left, so this parses and does not resolve.
            var parsed = InetAddress.ofLiteral(address);
            var bits = parsed.getAddress().length * 8;
            var prefix = slash < 0 ? String.valueOf(bits) : text.substring(slash + 1);
            if (!prefix.matches("[0-9]{1,3}") || Integer.parseInt(prefix) > bits) {
                return Optional.empty();
            }
            return Optional.of(
                    InetAddress.getByAddress(parsed.getAddress()).getHostAddress()
                            + "/"
                            + Integer.parseInt(prefix));
        } catch (IllegalArgumentException | UnknownHostException _) {
            return Optional.empty();
        }
    }
}
