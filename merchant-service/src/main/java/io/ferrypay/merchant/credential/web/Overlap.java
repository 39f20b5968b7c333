package io.ferrypay.merchant.credential.web;

import java.time.Duration;

/** How long an old key goes on beside its successor. */
final class Overlap {

    private Overlap() {}

    static Duration of(String text) {
        return switch (text) {
            case "now" -> Duration.ZERO;
            case "1h" -> Duration.ofHours(1);
            case "24h" -> Duration.ofDays(1);
            case "7d" -> Duration.ofDays(7);
            default -> throw new IllegalArgumentException("Not an overlap: " + text);
        };
    }
}
