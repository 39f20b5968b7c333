package io.ferrypay.gateway.edge;

import java.net.InetAddress;

/** A block of IPv4 or IPv6 addresses in CIDR notation; a bare address is a block of one. */
public final class Network {

    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * @throws IllegalArgumentException when the text is not a literal address or its length is not
     *     a length of that kind of address; names are never resolved
     */
    public static Network parse(String cidr) {
        var slash = cidr.indexOf('/');
        var address =
                InetAddress.ofLiteral(slash < 0 ? cidr : cidr.substring(0, slash)).getAddress();
        var bits = slash < 0 ? address.length * 8 : Integer.parseInt(cidr.substring(slash + 1));
        if (bits < 0 || bits > address.length * 8) {
            throw new IllegalArgumentException("Not a network: " + cidr);
        }
        return new Network(address, bits);
    }

    public boolean contains(InetAddress candidate) {
        var address = candidate.getAddress();
        if (address.length != prefix.length) {
            return false;
        }
        var wholeBytes = bits / 8;
        for (var i = 0; i < wholeBytes; i++) {
            if (address[i] != prefix[i]) {
                return false;
            }
        }
        var rest = bits % 8;
        return rest == 0
                || ((address[wholeBytes] ^ prefix[wholeBytes]) & (0xff << (8 - rest))) == 0;
    }
}
