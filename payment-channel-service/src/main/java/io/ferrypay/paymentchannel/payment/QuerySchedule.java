package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.ChargeRules;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before asking a channel again: soon at first, then once a minute (wechat.md
 * §2.4).
 */
final class QuerySchedule {

    /** Nobody is expected to pay it any more; money that comes all the same is late either way. */
    static final Duration LAPSED = Duration.ofMinutes(10);

    private static final Duration LONG_CHARGE = Duration.ofMinutes(5);

    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60));

    private QuerySchedule() {}

    /** As the channel wants it about a charge by a pay code; one that drags on is asked less. */
    static Duration ofCharge(@Nullable ChargeRules rules, Duration age) {
        return rules == null || age.compareTo(LONG_CHARGE) > 0
                ? PAUSES.getLast()
                : rules.queryEvery();
    }

    static Duration after(int queries) {
        return PAUSES.get(Math.min(queries, PAUSES.size() - 1));
    }
}
