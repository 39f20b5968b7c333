package io.ferrypay.paymentchannel.refund;

import io.ferrypay.paymentchannel.channel.RefundRules;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who may ask a channel for a refund now. Where it wants time between two, one is asked for at a
 * time, and the next one that long after its answer: of an order, or of a whole account, in all
 * instances together.
 */
@Repository
class RefundTurns {

    private static final Duration AFTER_ANOTHER = Duration.ofSeconds(10);

    /** How long a call takes that goes well, with room to spare. */
    static final Duration UNDER_WAY = Duration.ofMillis(500);

    /** However long a call hangs, those who wait for it look again after that. */
    static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    private static final Duration KEPT = Duration.ofDays(1);
    private static final int MOST_FORGOTTEN = 1_000;

    private final JdbcClient jdbc;
    private final Refunds refunds;
    private final Clock clock;

    RefundTurns(JdbcClient jdbc, Refunds refunds, Clock clock) {
        this.jdbc = jdbc;
        this.refunds = refunds;
        this.clock = clock;
    }

    /** Empty if it is this refund's turn, which is then taken; else when to come again. */
    Optional<Instant> take(Refund refund, RefundRules rules, Instant now) {
        var pauseEnd = RefundSchedule.endOf(rules.pause(), now);
        if (pauseEnd.isPresent()) {
            return pauseEnd;
        }
        var needed = needed(refund, rules);
        for (var entry : needed.entrySet()) {
            var freeAt = lock(entry.getKey()).orElse(null);
            if (freeAt == null) {
                return Optional.of(now.plus(AFTER_ANOTHER)); // Forgotten at this very moment.
            }
            if (freeAt.isAfter(now)) {
                // While somebody asks it is taken for the longest that can last; mostly it is free
                // again much sooner, and then only the channel's time between two is to be waited.
                var takenAt = freeAt.minus(RefundSchedule.CALL).minus(entry.getValue());
                var soon = now.plus(entry.getValue()).plus(untilNextLook(takenAt, now));
                return Optional.of(freeAt.isBefore(soon) ? freeAt : soon);
            }
        }
        if (!rules.repeatable() && refunds.isAnotherUnderWay(refund.orderNumber(), refund.id())) {
            return Optional.of(now.plus(AFTER_ANOTHER));
        }
        // Until the answer is there, or whoever waits for it is surely dead.
        needed.forEach((turn, spacing) -> set(turn, now.plus(RefundSchedule.CALL).plus(spacing)));
        return Optional.empty();
    }

    /** As long again as the call has lasted, so that a call that hangs is seldom looked at. */
    static Duration untilNextLook(Instant takenAt, Instant now) {
        var lasts = Duration.between(takenAt, now);
        return Collections.max(List.of(UNDER_WAY, Collections.min(List.of(lasts, LONGEST_LOOK))));
    }

    /** The channel has answered: from now on its time between two counts. */
    void free(Refund refund, RefundRules rules, Instant now) {
        needed(refund, rules).forEach((turn, spacing) -> set(turn, now.plus(spacing)));
    }

    /** In the order in which they are locked. */
    private static Map<String, Duration> needed(Refund refund, RefundRules rules) {
        var needed = new TreeMap<String, Duration>();
        if (rules.spacingPerAccount().isPositive()) {
            needed.put("account:" + refund.accountId(), rules.spacingPerAccount());
        }
        if (rules.spacingPerOrder().isPositive() || !rules.repeatable()) {
            needed.put("order:" + refund.orderNumber(), rules.spacingPerOrder());
        }
        return needed;
    }

    private Optional<Instant> lock(String turn) {
        jdbc.sql(
                        """
                        insert into refund_turn (turn_of, free_at) values (?, 'epoch')
                        on conflict (turn_of) do nothing
                        """)
                .param(turn)
                .update();
        return jdbc.sql("select free_at from refund_turn where turn_of = ? for update")
                .param(turn)
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .optional();
    }

    private void set(String turn, Instant freeAt) {
        jdbc.sql("update refund_turn set free_at = ? where turn_of = ?")
                .param(Timestamp.from(freeAt))
                .param(turn)
                .update();
    }

    /** Turns nobody has waited for in a day. */
    void forgetOld() {
        jdbc.sql(
                        """
                        delete from refund_turn where turn_of in (
                            select turn_of from refund_turn where free_at < ?
                             limit ? for update skip locked)
                        """)
                .param(Timestamp.from(clock.instant().minus(KEPT)))
                .param(MOST_FORGOTTEN)
                .update();
    }
}
