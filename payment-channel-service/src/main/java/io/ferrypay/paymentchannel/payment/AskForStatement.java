package io.ferrypay.paymentchannel.payment;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.OrderKey;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Asks channels once more about orders whose statement says otherwise than we do, when two people
 * have decided that. The answer goes the way of every report: late money is money. An order is
 * asked about until its channel says something, for two days at most.
 */
@Service
public class AskForStatement implements EventHandler {

    static final Set<String> TYPES = Set.of("difference.decided");

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMinutes(15);
    private static final int MOST_TRIES = 200;

    private final AskChannel ask;
    private final JdbcClient jdbc;
    private final Clock clock;

    AskForStatement(AskChannel ask, JdbcClient jdbc, Clock clock) {
        this.ask = ask;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Only notes what to ask: no channel is asked inside a transaction. */
    @Override
    public void apply(List<Event> batch) {
        for (var event : batch) {
            var data = event.data();
            if (event.type().equals("difference.decided")
                    && data.required("action").asString().equals("ask_channel")) {
                jdbc.sql(
                                """
                                insert into order_to_ask_about (order_number, due_at)
                                select order_number, ? from attempt where order_number = ? and account_id = ?
                                on conflict (order_number) do update set due_at = excluded.due_at, tries = 0
                                """)
                        .params(
                                at(Duration.ZERO),
                                data.required("order_number").asString(),
                                data.required("account").asString())
                        .update();
            }
        }
    }

    /** Looks at up to {@code limit} orders. */
    public SweepResult ask(int limit) {
        var taken = take(limit);
        var answers = SideBySide.each(taken, this::ask, AskChannel.Answer.UNKNOWN);
        return new SweepResult(
                taken.size(),
                (int) answers.stream().filter(AskChannel.Answer.PAID::equals).count(),
                (int) answers.stream().filter(AskForStatement::isNoAnswer).count());
    }

    private AskChannel.Answer ask(OrderKey order) {
        var answer = ask.query(order);
        if (!isNoAnswer(answer)) {
            jdbc.sql("delete from order_to_ask_about where order_number = ?")
                    .param(order.orderNumber())
                    .update();
        }
        return answer;
    }

    private static boolean isNoAnswer(AskChannel.Answer answer) {
        return switch (answer) {
            case UNKNOWN, UNPROVEN -> true;
            case PAID, NOT_PAYABLE, STILL_PAYABLE, CANNOT_CLOSE -> false;
        };
    }

    /** Taking one says when it comes up again, should nobody answer or this process die. */
    private List<OrderKey> take(int limit) {
        jdbc.sql("delete from order_to_ask_about where tries >= ?").param(MOST_TRIES).update();
        return jdbc.sql(
                        """
                        update order_to_ask_about o
                           set tries = o.tries + 1, due_at = case when o.tries < 5 then cast(? as timestamptz) else ? end
                          from attempt a
                         where a.order_number = o.order_number and o.order_number in (
                            select order_number from order_to_ask_about where due_at <= ?
                             order by due_at limit ? for update skip locked)
                        returning a.order_number, a.account_id, a.sub_merchant_id, a.flow,
                            a.channel_amount_minor, a.channel_currency, a.created_at
                        """)
                .params(at(LEASE), at(PAUSE), at(Duration.ZERO), limit)
                .query((row, _) ->
                        new OrderKey(
                                row.getString(2),
                                row.getString(1),
                                row.getString(3),
                                Flow.ofWireName(row.getString(4)).orElseThrow(),
                                Amounts.of(row.getLong(5), row.getString(6)),
                                row.getTimestamp(7).toInstant()))
                .list();
    }

    private Timestamp at(Duration fromNow) {
        return Timestamp.from(clock.instant().plus(fromNow));
    }
}
