package io.ferrypay.notify.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import org.springframework.stereotype.Component;

/**
 * Keeps webhooks out of private networks. A name is resolved once for each connection, every
 * address it has must be public, and the connection goes to an address that was checked; a name
 * that answers differently a moment later gains nothing by it.
 */
@Component
class TargetGuard implements Dns {

    private static final int LONGEST_URL = 2048;
    private static final int HIGHEST_PORT = 65_535;
    private static final String NO_WEB_ADDRESS = "is not an http or https URL";
    private static final List<AddressRange> NOT_PUBLIC =
            AddressRange.all(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    // Of IPv6 only global unicast (2000::/3) is public, less what wraps or stands
                    // for something else: Teredo, documentation, 6to4.
                    "::/3",
                    "4000::/2",
                    "8000::/1",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20");

    private final List<AddressRange> allowedAllTheSame;
    private final Dns names;

    @org.springframework.beans.factory.annotation.Autowired
    TargetGuard(WebhookSettings settings) {
        this(settings, Dns.SYSTEM);
    }

    TargetGuard(WebhookSettings settings, Dns names) {
        this.allowedAllTheSame =
                AddressRange.all(settings.allowedPrivateTargets().toArray(String[]::new));
        this.names = names;
    }

    /** What is wrong with the URL, if anything. In live mode it must be https. */
    Optional<String> refuse(String url, boolean livemode) {
        var shape = refuseShape(url, livemode);
        if (shape.isPresent()) {
            return shape;
        }
        // The client's own reading decides what is called, so it decides what is checked.
        var target = HttpUrl.parse(url);
        if (target == null) {
            return Optional.of(NO_WEB_ADDRESS);
        }
        try {
            lookup(target.host());
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of(
                    e instanceof NotPublic
                            ? "leads to an address that is not public"
                            : "has a host name that can't be resolved");
        }
    }

    private static Optional<String> refuseShape(String url, boolean livemode) {
        try {
            var uri = new URI(url);
            var scheme = uri.getScheme();
            if (url.length() > LONGEST_URL) {
                return Optional.of("has more than " + LONGEST_URL + " characters");
            }
            if (uri.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
                return Optional.of(NO_WEB_ADDRESS);
            }
            if (livemode && !"https".equals(scheme)) {
                return Optional.of("must be https in live mode");
            }
            if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                return Optional.of("may not have credentials or a fragment");
            }
            var port = uri.getPort();
            return port == -1 || port == 80 || port == 443 || (port >= 1024 && port <= HIGHEST_PORT)
                    ? Optional.empty()
                    : Optional.of("uses a port that is not allowed");
        } catch (URISyntaxException _) {
            return Optional.of(NO_WEB_ADDRESS);
        }
    }

    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
        var addresses = names.lookup(hostname);
        for (var address : addresses) {
            if (!mayBeTold(address)) {
                throw new NotPublic();
            }
        }
        return addresses;
    }

    private boolean mayBeTold(InetAddress address) {
        return allowedAllTheSame.stream().anyMatch(range -> range.contains(address))
                || NOT_PUBLIC.stream().noneMatch(range -> range.contains(address));
    }

    /** Does not name the address: what stands behind a name in our network is nobody's business. */
    static final class NotPublic extends UnknownHostException {

        NotPublic() {
            super("not a public address");
        }
    }

    /** A block of addresses in CIDR notation. */
    record AddressRange(InetAddress network, int bits) {

        static List<AddressRange> all(String... texts) {
            return Arrays.stream(texts)
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .map(AddressRange::of)
                    .toList();
        }

        private static AddressRange of(String text) {
            var parts = text.split("/", 2);
            return new AddressRange(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1]));
        }

        /**
         * An IPv4 address wrapped in IPv6 arrives here unwrapped: Java does that when it parses.
         */
        boolean contains(InetAddress address) {
            var mine = network.getAddress();
            var theirs = address.getAddress();
            if (mine.length != theirs.length) {
                return false;
            }
            for (var bit = 0; bit < bits; bit++) {
                var mask = 0x80 >> (bit % 8);
                if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
