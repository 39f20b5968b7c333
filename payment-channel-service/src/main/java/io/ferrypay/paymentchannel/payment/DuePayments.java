package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.OrderKey;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What the clock has to look after. Taking something pushes its due time past a lease, in one
 * statement that skips what others hold: two sweepers never take the same thing, and what a killed
 * one had taken comes back.
 */
@Repository
class DuePayments {

    private static final Duration LEASE = Duration.ofSeconds(60);

    /**
     * Payease's unpaid orders lapse after a day (payease.md §8.4), Alipay's by their own time-out.
     */
    private static final Duration LAPSED_WATCH = Duration.ofHours(24);

    private final JdbcClient jdbc;
    private final Clock clock;

    DuePayments(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Orders whose channel should be asked now, the longest due first.
     *
     * @param resting accounts whose orders stay where they are
     */
    List<DueAttempt> takeAttempts(int limit, Set<String> resting) {
        return jdbc.sql(
                        """
                        update attempt set next_query_at = ?
                          from payment
                         where payment.id = attempt.payment_id and attempt.order_number in (
                            select order_number from attempt
                             where next_query_at <= ? and account_id <> all (?)
                             order by next_query_at
                             limit ?
                             for update skip locked)
                        returning attempt.order_number, attempt.account_id, attempt.sub_merchant_id,
                            attempt.flow, attempt.channel_amount_minor, attempt.channel_currency,
                            attempt.created_at, attempt.query_count, attempt.status,
                            payment.status, attempt.expires_at,
                            payment.failure_code
                        """)
                .param(at(LEASE))
                .param(at(Duration.ZERO))
                .param(resting.toArray(String[]::new))
                .param(limit)
                .query((row, _) ->
                        new DueAttempt(
                                new OrderKey(
                                        row.getString(2),
                                        row.getString(1),
                                        row.getString(3),
                                        Flow.ofWireName(row.getString(4)).orElseThrow(),
                                        Amounts.of(row.getLong(5), row.getString(6)),
                                        row.getTimestamp(7).toInstant()),
                                row.getInt(8),
                                AttemptStatus.ofWireName(row.getString(9)),
                                PaymentStatus.ofWireName(row.getString(10)),
                                row.getTimestamp(11).toInstant(),
                                Payment.isRefusal(row.getString(12))))
                .list();
    }

    /** When to ask again, if there still is something to ask. */
    void askAgain(OrderKey order, Duration pause) {
        jdbc.sql(
                        """
                        update attempt set next_query_at = ?, query_count = query_count + 1
                         where order_number = ? and next_query_at is not null
                        """)
                .param(at(pause))
                .param(order.orderNumber())
                .update();
    }

    /** It has been long enough since anybody could sensibly pay it. */
    void askNoMore(OrderKey order) {
        jdbc.sql(
                        """
                        update attempt set next_query_at = null
                         where order_number = ? and status = 'lapsed'
                        """)
                .param(order.orderNumber())
                .update();
    }

    /** Its channel cannot close it: from now on it is only watched, for a day after its end. */
    void lapse(OrderKey order) {
        jdbc.sql(
                        """
                        update attempt set status = 'lapsed', ended_at = ?, version = version + 1
                         where order_number = ? and status in ('opening', 'ready', 'replaced')
                        """)
                .param(at(Duration.ZERO))
                .param(order.orderNumber())
                .update();
    }

    /**
     * Payments nobody has paid in time, the longest overdue first.
     *
     * @param resting accounts whose orders' payments stay where they are
     */
    List<String> takeUnpaid(int limit, Set<String> resting) {
        return jdbc.sql(
                        """
                        update payment set next_sweep_at = ?
                         where id in (
                            select id from payment
                             where status in ('created', 'pending', 'processing')
                               and next_sweep_at <= ?
                               and not exists (
                                select 1 from attempt
                                 where attempt.payment_id = payment.id
                                   and attempt.account_id = any (?)
                                   and attempt.status in ('opening', 'ready', 'replaced', 'reversing'))
                             order by next_sweep_at
                             limit ?
                             for update skip locked)
                        returning id
                        """)
                .param(at(LEASE))
                .param(at(Duration.ZERO))
                .param(resting.toArray(String[]::new))
                .param(limit)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** The channel would not say: look again after that. */
    void sweepAgain(String paymentId, Duration pause) {
        jdbc.sql("update payment set next_sweep_at = ? where id = ?")
                .param(at(pause))
                .param(paymentId)
                .update();
    }

    private Timestamp at(Duration fromNow) {
        return Timestamp.from(clock.instant().plus(fromNow));
    }

    /**
     * An order to ask about.
     *
     * @param refused whether the payment's money was held and is going back
     */
    record DueAttempt(
            OrderKey key,
            int queries,
            AttemptStatus status,
            PaymentStatus payment,
            Instant expiresAt,
            boolean refused) {

        /** A lapsed order that is still unpaid a day after its end. */
        boolean isOldEnoughToForget(Instant now) {
            return status == AttemptStatus.LAPSED && now.isAfter(expiresAt.plus(LAPSED_WATCH));
        }

        /**
         * Nobody should pay it any more. A failed payment can be paid until its time is over,
         * unless it is one whose money was not accepted.
         */
        boolean shouldBeClosed(Instant now) {
            return status == AttemptStatus.REPLACED
                    || status == AttemptStatus.REVERSING
                    || (payment.takesNoMore()
                            && (payment != PaymentStatus.FAILED
                                    || refused
                                    || now.isAfter(expiresAt)));
        }

        /** What cannot be closed is let lapse once its payment needs it no more. */
        boolean mayLapse(Instant now) {
            return payment.takesNoMore() && shouldBeClosed(now) && status != AttemptStatus.LAPSED;
        }
    }
}
