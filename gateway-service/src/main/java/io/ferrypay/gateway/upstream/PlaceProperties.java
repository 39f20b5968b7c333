package io.ferrypay.gateway.upstream;

import io.ferrypay.gateway.door.Door;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many requests may be under way at once; application.yml has them.
 *
 * @param doors in all, for each door that leads to a service; those of one service together never
 *     need more connections than there are
 * @param heldPerAddress long polls and streams of one caller's address
 * @param heldPerLink streams of one pay page
 * @param heldPerKey long polls of one API key, or long polls and streams of one device's
 * @param filesPerMerchant files on their way to one merchant, whichever its keys and people
 * @param uploadsPerAddress files that arrive from one caller's address
 * @param openPerAddress ordinary requests of one caller's address, where no key says who it is
 */
@ConfigurationProperties("ferry.gateway.places")
record PlaceProperties(
        Map<Door, Integer> doors,
        int heldPerAddress,
        int heldPerLink,
        int heldPerKey,
        int filesPerMerchant,
        int uploadsPerAddress,
        int openPerAddress) {

    PlaceProperties {
        for (var door : Door.values()) {
            if (door.service() != null && doors.getOrDefault(door, 0) < 1) {
                throw new IllegalArgumentException("No place for anybody at " + door);
            }
        }
        if (heldPerAddress < 1
                || heldPerLink < 1
                || heldPerKey < 1
                || filesPerMerchant < 1
                || uploadsPerAddress < 1
                || openPerAddress < 1) {
            throw new IllegalArgumentException("Everybody has at least one place");
        }
    }

    /** How many connections to a service its doors can need together. */
    int of(String service) {
        return doors.entrySet().stream()
                .filter(places -> service.equals(places.getKey().service()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
