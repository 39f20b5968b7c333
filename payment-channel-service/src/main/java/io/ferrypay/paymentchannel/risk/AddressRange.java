package io.ferrypay.paymentchannel.risk;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Network addresses that begin alike, such as {@code 203.0.113.0/24}; one alone has no length. */
final class AddressRange {

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /**
     * @throws IllegalArgumentException if that is none; names are not looked up
     */
    static AddressRange parse(String text) {
        var slash = text.indexOf('/');
        var network = address(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            throw new IllegalArgumentException("no network address");
        }
        var most = network.length * Byte.SIZE;
        if (slash < 0) {
            return new AddressRange(network, most);
        }
        var length = text.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > most) {
            throw new IllegalArgumentException("no length of a network");
        }
        return new AddressRange(network, Integer.parseInt(length));
    }

    /** Null if that is no address. */
    static byte @Nullable [] address(String text) {
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (var bit = 0; bit < bits; bit++) {
            var mask = 0x80 >> (bit % Byte.SIZE);
            if ((address[bit / Byte.SIZE] & mask) != (network[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
