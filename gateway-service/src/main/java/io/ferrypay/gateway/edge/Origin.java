package io.ferrypay.gateway.edge;

import java.net.InetAddress;

/**
 * Where a request truly comes from.
 *
 * @param secure whether the caller spoke HTTPS, to us or to a proxy of ours
 */
public record Origin(InetAddress address, boolean secure) {

    /** Whom a limit counts: one IPv4 address, or the /64 that one IPv6 subscriber owns. */
    public String subject() {
        var bytes = address.getAddress();
        if (bytes.length == 4) {
            return address.getHostAddress();
        }
        var subject = new StringBuilder(19);
        for (var i = 0; i < 8; i++) {
            subject.append(Character.forDigit((bytes[i] >> 4) & 0xf, 16))
                    .append(Character.forDigit(bytes[i] & 0xf, 16));
        }
        return subject.append("/64").toString();
    }
}
