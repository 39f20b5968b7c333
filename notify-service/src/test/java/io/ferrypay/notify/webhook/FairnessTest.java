package io.ferrypay.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.events.Event;
import io.ferrypay.notify.webhook.Deliveries.Lane;
import io.ferrypay.notify.webhook.Deliveries.Turn;
import io.ferrypay.notify.webhook.Deliveries.Waiting;
import io.ferrypay.notify.webhook.KeepEndpoints.Owner;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** One merchant's trouble is no other's, however much of it there is. */
class FairnessTest extends NotifyServiceTest {

    private final String other = "mer_" + Event.newId().substring(4);

    @Autowired private JdbcTemplate template;
    @Autowired private ToldEvents toldEvents;

    @AfterEach
    void leave_no_backlog_to_other_tests() {
        jdbc.sql(
                        "update delivery set status = 'canceled' where status = 'pending' and event_id in (select id from told_event where merchant_id = ?)")
                .param(merchant)
                .update();
    }

    @Test
    void the_backlog_of_a_receiver_that_is_down_holds_up_nobody() throws Exception {
        happen(many(20_000, nobody()));
        try (var shop = new Receiver()) {
            for (var i = 0; i < 5; i++) {
                var event = paid(other, shop.url());
                happen(event);
                await().atMost(Duration.ofSeconds(3))
                        .until(() -> stateOf(event.id()).equals("delivered"));
            }
        }
    }

    @Test
    void a_receiver_that_is_down_holds_up_no_other_port_of_its_host() throws Exception {
        happen(many(50, nobody()));
        await().atMost(SOON).until(() -> tries() >= 10);
        try (var shop = new Receiver()) {
            var event = paid(shop.url());
            happen(event);
            await().atMost(Duration.ofSeconds(3))
                    .until(() -> stateOf(event.id()).equals("delivered"));
        }
    }

    @Test
    void what_waits_for_a_receiver_that_is_down_is_left_where_it_is() throws Exception {
        happen(many(500, nobody()));
        // The breaker opens after ten; what comes then are probes.
        await().atMost(SOON).until(() -> tries() >= 13);

        assertThat(claims() - tries()).as("claims that were no tries").isLessThanOrEqualTo(4);
    }

    @Test
    void one_merchant_never_has_all_the_places() throws Exception {
        try (var slow = new Receiver();
                var quick = new Receiver()) {
            var atOnce = new AtomicInteger();
            var most = new AtomicInteger();
            slow.answers((_, out) -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                TimeUnit.MILLISECONDS.sleep(700);
                atOnce.decrementAndGet();
                Receiver.write(out, 200, "", "");
            });
            for (var i = 0; i < 10; i++) {
                endpoint(slow);
            }
            happen(many(6, null));
            await().atMost(SOON).until(() -> atOnce.get() >= 12);
            var event = paid(other, quick.url());
            happen(event);
            await().atMost(SOON).until(() -> stateOf(event.id()).equals("delivered"));
            assertThat(atOnce.get()).as("the slow ones still hold on").isPositive();

            await().atMost(SOON).until(() -> slow.received().size() >= 60);
            assertThat(most.get()).isEqualTo(12);
        }
    }

    @Test
    void the_backlog_behind_a_lane_that_is_full_is_not_read() {
        happenLater(many(3000, "http://10.0.0.9/"));
        knowTheTable();
        var later = new Deliveries(template, Clock.offset(Clock.systemUTC(), Duration.ofHours(2)));

        var read =
                transaction.execute(_ -> {
                    var before = rowsRead();
                    var waiting = later.lanesAfter("", 10_000, 4);
                    assertThat(waiting)
                            .contains(
                                    new Waiting(
                                            new Lane(
                                                    merchant + " test 10.0.0.9",
                                                    new Owner(merchant, false)),
                                            4));
                    later.claim(
                            List.of(new Turn(new Lane("nobody's", new Owner(merchant, false)), 4)),
                            Duration.ofMinutes(1));
                    return rowsRead() - before;
                });
        assertThat(read).isLessThan(1000);
    }

    @Test
    void what_became_of_one_event_is_found_without_reading_the_others() {
        var event = paid("http://10.0.0.9/");
        happenLater(many(3000, "http://10.0.0.9/"));
        happenLater(event);
        knowTheTable();

        var read =
                transaction.execute(_ -> {
                    var before = rowsRead();
                    toldEvents.deliveriesOf(new Owner(merchant, false), event.id());
                    return rowsRead() - before;
                });
        assertThat(read).isLessThan(50);
    }

    private Event[] many(int count, @Nullable String url) {
        return IntStream.range(0, count).mapToObj(_ -> paid(url)).toArray(Event[]::new);
    }

    /** PostgreSQL does so by itself from time to time; what it chooses here is not left to that. */
    private void knowTheTable() {
        jdbc.sql("analyze delivery").update();
    }

    /** Kept from the running loop for an hour. */
    private void happenLater(Event... events) {
        transaction.executeWithoutResult(_ -> {
            takeEvents.apply(List.of(events));
            jdbc.sql(
                            "update delivery set next_attempt_at = now() + interval '1 h' where event_id = any(?)")
                    .param(Arrays.stream(events).map(Event::id).toArray(String[]::new))
                    .update();
        });
    }

    /** An address where nobody listens. */
    private static String nobody() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return "http://127.0.0.1:" + socket.getLocalPort() + "/";
        }
    }

    private int tries() {
        return jdbc.sql(
                        "select count(*) from delivery_attempt a join delivery d on d.id = a.delivery_id join told_event e on e.id = d.event_id where e.merchant_id = ?")
                .param(merchant)
                .query(Integer.class)
                .single();
    }

    private int claims() {
        return jdbc.sql(
                        "select sum(d.claims) from delivery d join told_event e on e.id = d.event_id where e.merchant_id = ?")
                .param(merchant)
                .query(Integer.class)
                .single();
    }

    /** Rows of the table of deliveries that this transaction has read so far. */
    private long rowsRead() {
        return jdbc.sql(
                        "select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables where relname = 'delivery'")
                .query(Long.class)
                .single();
    }
}
