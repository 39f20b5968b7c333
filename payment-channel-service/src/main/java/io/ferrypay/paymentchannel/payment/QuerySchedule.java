package io.ferrypay.paymentchannel.payment;

import java.time.Duration;
import java.util.List;

/**
 * How long to wait before asking a channel again: soon at first, then once a minute (wechat.md
 * §2.4).
 */
final class QuerySchedule {

    /** Nobody is expected to pay it any more; money that comes all the same is late either way. */
    static final Duration LAPSED = Duration.ofMinutes(10);

    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60));

    private QuerySchedule() {}

    static Duration after(int queries) {
        return PAUSES.get(Math.min(queries, PAUSES.size() - 1));
    }
}
