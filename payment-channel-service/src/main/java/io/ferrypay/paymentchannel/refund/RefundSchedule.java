package io.ferrypay.paymentchannel.refund;

import io.ferrypay.paymentchannel.channel.RefundRules.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When to look at a refund again. */
final class RefundSchedule {

    /** How long whoever makes a refund, or takes one up, may need for it. */
    static final Duration GRACE = Duration.ofSeconds(15);

    /** How long one call may take, with room to spare: adapters give up long before. */
    static final Duration CALL = Duration.ofSeconds(90);

    /**
     * Where asking twice is refunding twice: how long after asking the channel's "I do not know it"
     * can still mean "not yet".
     */
    static final Duration SETTLING = Duration.ofMinutes(5);

    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

    private static final List<Duration> QUERIES =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1));
    private static final List<Duration> NOT_NOW =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1));

    private RefundSchedule() {}

    /** Until the channel is queried again. */
    static Duration query(int tries) {
        return at(QUERIES, tries);
    }

    /** Until a channel is asked again that did nothing, for a reason that passes. */
    static Duration askAgain(int tries) {
        return at(NOT_NOW, tries);
    }

    private static Duration at(List<Duration> pauses, int tries) {
        return pauses.get(Math.min(tries, pauses.size() - 1));
    }

    /** When the channel's pause is over, if it is one now. */
    static Optional<Instant> endOf(@Nullable Pause pause, Instant now) {
        if (pause == null) {
            return Optional.empty();
        }
        var there = now.atZone(BEIJING);
        var time = there.toLocalTime();
        return time.isBefore(pause.from()) || !time.isBefore(pause.until())
                ? Optional.empty()
                : Optional.of(there.with(pause.until()).toInstant());
    }
}
