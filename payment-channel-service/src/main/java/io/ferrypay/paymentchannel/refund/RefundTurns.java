package io.ferrypay.paymentchannel.refund;

import io.ferrypay.paymentchannel.channel.RefundRules;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    private static final Duration CALL_UNDER_WAY = Duration.ofSeconds(1);
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
        for (var turn : needed.entrySet()) {
            var freeAt = lock(turn.getKey()).orElse(null);
            if (freeAt == null) {
                return Optional.of(now.plus(AFTER_ANOTHER)); // Forgotten at this very moment.
            }
            if (freeAt.isAfter(now)) {
                // Taken for as long as a call may last, which it hardly ever does.
                var answered = now.plus(turn.getValue()).plus(CALL_UNDER_WAY);
                return Optional.of(freeAt.isAfter(answered) ? answered : freeAt);
            }
        }
        if (!rules.repeatable() && refunds.isAnotherUnderWay(refund.orderNumber(), refund.id())) {
            return Optional.of(now.plus(AFTER_ANOTHER));
        }
        // Until the answer is there, or whoever waits for it is surely dead.
        needed.forEach((turn, spacing) -> set(turn, now.plus(RefundSchedule.CALL).plus(spacing)));
        return Optional.empty();
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
