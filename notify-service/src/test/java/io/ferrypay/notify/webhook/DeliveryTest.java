package io.ferrypay.notify.webhook;

import static io.ferrypay.notify.webhook.Receiver.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.events.Event;
import io.ferrypay.notify.webhook.Deliveries.Due;
import io.ferrypay.notify.webhook.Deliveries.Lane;
import io.ferrypay.notify.webhook.Deliveries.Sent;
import io.ferrypay.notify.webhook.Deliveries.Tried;
import io.ferrypay.notify.webhook.Deliveries.Turn;
import io.ferrypay.notify.webhook.KeepEndpoints.Owner;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What becomes of a webhook, whatever its receiver does. */
class DeliveryTest extends NotifyServiceTest {

    @Autowired private JdbcTemplate template;
    @Autowired private DeliverWebhooks deliverWebhooks;
    @Autowired private GiveUpOldDeliveries giveUpOldDeliveries;

    @Test
    void the_receiver_gets_the_whole_object_and_what_it_was_before() throws Exception {
        try (var shop = new Receiver()) {
            var event = paid(shop.url());
            happen(event);
            await().atMost(SOON).until(() -> stateOf(event.id()).equals("delivered"));

            var webhook = shop.received().getFirst();
            var body = json.readTree(webhook.body());
            assertThat(webhook.id()).isEqualTo(event.id());
            assertThat(body.path("id").asString()).isEqualTo(event.id());
            assertThat(body.path("type").asString()).isEqualTo("payment.paid");
            assertThat(body.path("timestamp").asString()).isEqualTo("2026-11-24T01:02:03Z");
            assertThat(body.at("/data/object/status").asString()).isEqualTo("paid");
            assertThat(body.at("/data/previous/status").asString()).isEqualTo("pending");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 404, 500, 503})
    void an_answer_that_is_no_yes_is_tried_again_under_the_same_id(int status) throws Exception {
        try (var elsewhere = new Receiver();
                var shop = new Receiver()) {
            var tries = new AtomicInteger();
            shop.answers((webhook, out) -> {
                var first = tries.getAndIncrement() == 0;
                Receiver.write(
                        out, first ? status : 200, "Location: " + elsewhere.url() + "\r\n", "");
            });
            var event = paid(shop.url());
            happen(event);
            await().atMost(SOON).until(() -> stateOf(event.id()).equals("delivered"));

            assertThat(shop.received())
                    .hasSize(2)
                    .allSatisfy(webhook -> assertThat(webhook.id()).isEqualTo(event.id()));
            assertThat(elsewhere.received()).as("no redirect is followed").isEmpty();
            var log = call("GET", "/v2/events/" + event.id() + "/deliveries", null).body();
            assertThat(log.at("/data/0/log/1/status").asInt()).isEqualTo(status);
            assertThat(log.at("/data/0/log/1/error").asString()).isEqualTo("status_" + status);
        }
    }

    @Test
    void what_our_staff_are_told_and_do_is_told_to_no_shop() {
        var paid = paid("https://shop.example/hook");
        happen(
                Event.of("risk.held", paid.subject(), 4, paid.time(), paid.data()),
                Event.of("staff.acted", paid.subject(), 1, paid.time(), paid.data()),
                Event.of("payment.under_review", paid.subject(), 4, paid.time(), paid.data()));

        assertThat(
                        jdbc.sql("select type from told_event where subject = ? order by type")
                                .param(paid.subject())
                                .query(String.class)
                                .list())
                .containsExactly("payment.under_review");
    }

    @Test
    void a_receiver_that_hangs_is_given_up_and_tried_again() throws Exception {
        try (var shop = new Receiver()) {
            var ended = new CountDownLatch(1);
            shop.answers((_, _) -> ended.await(20, TimeUnit.SECONDS));
            var event = paid(shop.url());
            happen(event);
            await().atMost(SOON).until(() -> shop.received().size() >= 2);
            shop.answers((_, out) -> Receiver.write(out, 204, "", ""));
            ended.countDown();
            await().atMost(SOON).until(() -> stateOf(event.id()).equals("delivered"));

            assertThat(lastTries(event)).contains("timeout");
        }
    }

    @Test
    void a_receiver_that_trickles_is_given_up_after_the_time_for_the_whole_call() throws Exception {
        try (var shop = new Receiver()) {
            shop.answers((_, out) -> {
                out.write(
                        "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
                                .getBytes(StandardCharsets.UTF_8));
                for (var i = 0; i < 100; i++) {
                    out.write('x');
                    out.flush();
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            });
            var event = paid(shop.url());
            happen(event);
            await().atMost(SOON).until(() -> lastTries(event).contains("timeout"));
        }
    }

    @Test
    void of_an_endless_answer_only_the_beginning_is_read() throws Exception {
        try (var shop = new Receiver()) {
            shop.answers((_, out) -> {
                out.write(
                        "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n"
                                .getBytes(StandardCharsets.UTF_8));
                var block = "y".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
                for (var i = 0; i < 15_000; i++) {
                    out.write(block);
                }
            });
            var event = paid(shop.url());
            happen(event);
            await().atMost(SOON).until(() -> stateOf(event.id()).equals("delivered"));

            var log = call("GET", "/v2/events/" + event.id() + "/deliveries", null).body();
            assertThat(log.at("/data/0/log/0/answer").asString()).hasSize(4096);
        }
    }

    @Test
    void gone_ends_it_and_disables_the_endpoint() throws Exception {
        try (var shop = new Receiver().answers(status(410))) {
            var id = endpoint(shop);
            var event = paid(null);
            happen(event);
            await().atMost(SOON).until(() -> stateOf(event.id()).equals("dead"));
            await().atMost(SOON)
                    .until(() ->
                            call("GET", "/v2/webhook_endpoints/" + id, null)
                                    .body()
                                    .path("status")
                                    .asString()
                                    .equals("disabled"));

            assertThat(shop.received()).hasSize(1);
            assertThat(
                            call("GET", "/v2/webhook_endpoints/" + id, null)
                                    .body()
                                    .path("disabled_reason")
                                    .asString())
                    .isEqualTo("gone");
        }
    }

    @Test
    void too_many_is_asked_again_when_the_receiver_said() throws Exception {
        try (var shop = new Receiver()) {
            shop.answers(status(429, "Retry-After: 3600\r\n"));
            var inSeconds = paid(shop.url());
            happen(inSeconds);
            await().atMost(SOON).until(() -> lastTries(inSeconds).contains("status_429"));
            assertThat(secondsToNext(inSeconds)).isBetween(3500L, 3600L);

            var date = ZonedDateTime.now(ZoneOffset.UTC).plusHours(2);
            shop.answers(
                    status(
                            429,
                            "Retry-After: "
                                    + date.format(DateTimeFormatter.RFC_1123_DATE_TIME)
                                    + "\r\n"));
            var byDate = paid(shop.url());
            happen(byDate);
            await().atMost(SOON).until(() -> lastTries(byDate).contains("status_429"));
            assertThat(secondsToNext(byDate)).isBetween(7100L, 7200L);
        }
    }

    @Test
    void who_wants_to_be_asked_after_the_deadline_is_not_asked_again() throws Exception {
        try (var shop = new Receiver().answers(status(429, "Retry-After: 80000\r\n"))) {
            var event = paid(shop.url());
            happen(event);

            await().atMost(SOON).until(() -> stateOf(event.id()).equals("dead"));
            assertThat(lastTries(event)).isEqualTo("status_429");
        }
    }

    @Test
    void what_never_gets_its_turn_is_given_up_too() {
        var waiting = paid("http://10.0.0.9/");
        var underWay = paid("http://10.0.0.9/");
        transaction.executeWithoutResult(_ -> {
            takeEvents.apply(List.of(waiting, underWay));
            jdbc.sql(
                            "update delivery set next_attempt_at = now() + interval '1 h', give_up_at = now() - interval '1 s' where event_id in (?, ?)")
                    .params(waiting.id(), underWay.id())
                    .update();
            jdbc.sql("update delivery set leased_until = now() + interval '1 h' where event_id = ?")
                    .param(underWay.id())
                    .update();
        });

        giveUpOldDeliveries.giveUp();
        assertThat(stateOf(waiting.id())).isEqualTo("dead");
        assertThat(
                        call("GET", "/v2/events/" + waiting.id() + "/deliveries", null)
                                .body()
                                .at("/data/0/last_error")
                                .asString())
                .isEqualTo("given_up");
        assertThat(stateOf(underWay.id())).isEqualTo("pending");

        // Sent again, it has all its time again.
        call("POST", "/v2/events/" + waiting.id() + ":resend", null);
        giveUpOldDeliveries.giveUp();
        await().atMost(SOON).until(() -> lastTries(waiting).equals("url_not_allowed"));
    }

    @Test
    void after_the_last_try_it_is_dead_and_can_be_sent_again_by_hand() throws Exception {
        try (var shop = new Receiver().answers(status(500))) {
            var id = endpoint(shop);
            var event = paid(null);
            happen(event);
            await().atMost(SOON).until(() -> stateOf(event.id()).equals("dead"));
            assertThat(shop.received()).hasSize(4);

            shop.answers(status(200));
            var again =
                    call(
                            "POST",
                            "/v2/webhook_endpoints/" + id + ":resend_failed",
                            "{\"since\":\"2026-01-01T00:00:00Z\"}");
            assertThat(again.body().path("resent").asInt()).isEqualTo(1);
            await().atMost(SOON).until(() -> stateOf(event.id()).equals("delivered"));

            call("POST", "/v2/events/" + event.id() + ":resend", null);
            await().atMost(SOON).until(() -> shop.received().size() == 6);
            assertThat(shop.received())
                    .allSatisfy(webhook -> assertThat(webhook.id()).isEqualTo(event.id()));
        }
    }

    @Test
    void nobody_there_is_an_outcome_too() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        var event = paid("http://127.0.0.1:" + closed + "/");
        happen(event);

        await().atMost(SOON).until(() -> stateOf(event.id()).equals("dead"));
        assertThat(lastTries(event)).contains("connection_refused");
    }

    @Test
    void a_private_address_is_never_called_not_even_by_a_name() {
        var byAddress = paid("http://10.0.0.7/hooks");
        var byName = paid("http://localhost.localdomain.invalid/hooks");
        happen(byAddress, byName);

        await().atMost(SOON).until(() -> stateOf(byAddress.id()).equals("dead"));
        assertThat(lastTries(byAddress)).isEqualTo("url_not_allowed");
    }

    @Test
    void an_address_no_client_can_call_is_given_up_like_any_other() {
        var event = paid("http://93.184.216.34:99999/");
        happen(event);

        await().atMost(SOON).until(() -> stateOf(event.id()).equals("dead"));
        assertThat(lastTries(event)).isEqualTo("url_not_allowed");
    }

    @Test
    void trouble_of_our_own_is_a_try_too_but_not_the_receivers_fault() throws Exception {
        try (var shop = new Receiver()) {
            var id = endpoint(shop);
            breakSecret(id);
            var event = paid(null);
            happen(event);

            await().atMost(SOON).until(() -> stateOf(event.id()).equals("dead"));
            assertThat(lastTries(event)).isEqualTo("internal_error");
            assertThat(shop.received()).isEmpty();
            assertThat(
                            call("GET", "/v2/webhook_endpoints/" + id, null)
                                    .body()
                                    .path("failing_since")
                                    .isNull())
                    .isTrue();
        }
    }

    @Test
    void trouble_of_our_own_does_not_pause_a_receiver_for_ever() throws Exception {
        try (var shop = new Receiver().answers(status(500))) {
            var id = endpoint(shop);
            IntStream.range(0, 5).forEach(_ -> happen(paid(null)));
            await().atMost(SOON).until(() -> shop.received().size() >= 10);

            // Its breaker is open now, and what it lets through as a probe can't be sent.
            var sealed = breakSecret(id);
            await().atMost(SOON)
                    .until(() ->
                            jdbc.sql(
                                                    "select count(*) from delivery_attempt a join delivery d on d.id = a.delivery_id"
                                                            + " where d.endpoint_id = ? and a.error = 'internal_error'")
                                            .param(id)
                                            .query(Long.class)
                                            .single()
                                    > 0);
            jdbc.sql("update webhook_endpoint set sealed_secret = ? where id = ?")
                    .params(sealed, id)
                    .update();
            shop.answers(status(200));
            var event = paid(null);
            happen(event);
            await().atMost(SOON).until(() -> stateOf(event.id()).equals("delivered"));
        }
    }

    /** As after a change of keys that went wrong. Returns what was there before. */
    private String breakSecret(String endpoint) {
        var sealed =
                jdbc.sql("select sealed_secret from webhook_endpoint where id = ?")
                        .param(endpoint)
                        .query(String.class)
                        .single();
        jdbc.sql("update webhook_endpoint set sealed_secret = 'k9.lost.key' where id = ?")
                .param(endpoint)
                .update();
        return sealed;
    }

    @Test
    void an_event_told_many_times_becomes_one_webhook() throws Exception {
        try (var shop = new Receiver()) {
            endpoint(shop, "payment.*");
            var event = paid(null);
            happen(event, event);
            IntStream.range(0, 20).parallel().forEach(_ -> happen(event));

            await().atMost(SOON).until(() -> stateOf(event.id()).equals("delivered"));
            await().during(Duration.ofMillis(500)).until(() -> shop.received().size() == 1);
        }
    }

    @Test
    void only_what_an_endpoint_asked_for_is_sent_to_it() throws Exception {
        try (var shop = new Receiver()) {
            endpoint(shop, "refund.*", "payment.expired");
            happen(paid(null));

            await().during(Duration.ofMillis(500)).until(() -> shop.received().isEmpty());
        }
    }

    @Test
    void what_a_killed_instance_had_taken_is_sent_when_its_lease_ends() throws Exception {
        try (var shop = new Receiver()) {
            var event = paid(shop.url());
            transaction.executeWithoutResult(_ -> {
                takeEvents.apply(List.of(event));
                // Claimed by somebody who never comes back.
                jdbc.sql(
                                "update delivery set leased_until = now() + interval '2 s' where event_id = ?")
                        .param(event.id())
                        .update();
            });
            await().during(Duration.ofMillis(800)).until(() -> shop.received().isEmpty());

            await().atMost(SOON).until(() -> stateOf(event.id()).equals("delivered"));
            assertThat(shop.received()).hasSize(1);
        }
    }

    @Test
    void two_instances_never_take_the_same_delivery() throws Exception {
        var events = IntStream.range(0, 60).mapToObj(_ -> paid("http://10.0.0.9/")).toList();
        var taken = new ConcurrentLinkedQueue<Long>();
        transaction.executeWithoutResult(_ -> {
            takeEvents.apply(events);
            // Kept from the running loop: only the claims below may see them.
            jdbc.sql(
                            "update delivery set next_attempt_at = now() + interval '1 h', lane = 'race ' || (id % 20)"
                                    + " where event_id = any(?)")
                    .param(events.stream().map(Event::id).toArray(String[]::new))
                    .update();
        });
        var later = new Deliveries(template, Clock.offset(Clock.systemUTC(), Duration.ofHours(2)));
        var turns =
                IntStream.range(0, 20).mapToObj(lane -> new Turn(lane("race " + lane), 2)).toList();
        IntStream.range(0, 12)
                .parallel()
                .forEach(_ ->
                        transaction.executeWithoutResult(_ ->
                                later.claim(turns, Duration.ofHours(9))
                                        .forEach(due -> taken.add(due.id()))));

        assertThat(taken).doesNotHaveDuplicates().hasSize(60);
    }

    @Test
    void a_late_result_leaves_a_newer_claim_alone() {
        var event = paid("http://10.0.0.9/");
        transaction.executeWithoutResult(_ -> {
            takeEvents.apply(List.of(event));
            // Kept from the running loop: only the claims below may see it.
            jdbc.sql(
                            "update delivery set next_attempt_at = now() + interval '1 h', lane = 'late ' || event_id where event_id = ?")
                    .param(event.id())
                    .update();
        });
        var early = claimedIn(Duration.ofHours(2), event);
        var late = claimedIn(Duration.ofHours(3), event);
        var again =
                new Tried(
                        early.due(),
                        Instant.now(),
                        Duration.ofSeconds(1),
                        new Sent(503, "status_503", "", "", null),
                        Tried.State.AGAIN,
                        Instant.now());

        record(early, again);
        assertThat(
                        jdbc.sql(
                                        "select leased_until is not null and attempts = 0 from delivery where event_id = ?")
                                .param(event.id())
                                .query(Boolean.class)
                                .single())
                .as("still claimed by the later one")
                .isTrue();

        var done =
                new Tried(
                        late.due(),
                        Instant.now(),
                        Duration.ofSeconds(1),
                        new Sent(200, null, "", "", null),
                        Tried.State.DELIVERED,
                        null);
        record(late, done);
        record(late, done);
        assertThat(stateOf(event.id())).isEqualTo("delivered");
        var log = call("GET", "/v2/events/" + event.id() + "/deliveries", null).body();
        assertThat(log.at("/data/0/attempts").asInt()).isEqualTo(1);
        assertThat(log.at("/data/0/log")).as("both were tries, and each is told once").hasSize(2);
    }

    private Lane lane(String name) {
        return new Lane(name, new Owner(merchant, false));
    }

    private record Claimed(Deliveries by, Due due) {}

    /** Claims an event's delivery as an instance would later on. */
    private Claimed claimedIn(Duration time, Event event) {
        var deliveries = new Deliveries(template, Clock.offset(Clock.systemUTC(), time));
        var due =
                transaction.execute(_ ->
                        deliveries
                                .claim(
                                        List.of(new Turn(lane("late " + event.id()), 1)),
                                        Duration.ofMinutes(1))
                                .getFirst());
        return new Claimed(deliveries, due);
    }

    private void record(Claimed claimed, Tried tried) {
        transaction.executeWithoutResult(
                _ -> claimed.by().record(List.of(tried), Duration.ofDays(3)));
    }

    @Test
    void what_fails_to_be_written_at_first_is_written_once() throws Exception {
        try (var shop = new Receiver().answers(status(500))) {
            var id = endpoint(shop);
            var event = paid(null);
            try (var _ = new Refusal(2, "update on webhook_endpoint", "new.id = '" + id + "'")) {
                happen(event);
                await().atMost(SOON).until(() -> stateOf(event.id()).equals("dead"));
            }

            assertThat(triesOf(event)).isEqualTo(shop.received().size()).isEqualTo(4);
        }
    }

    @Test
    void what_can_not_be_written_for_a_while_is_not_lost() throws Exception {
        try (var shop = new Receiver().answers(status(500))) {
            var event = paid(shop.url());
            var its = "new.request_headers like '%" + event.id() + "%'";
            try (var _ = new Refusal(6, "insert on delivery_attempt", its)) {
                happen(event);
                await().atMost(SOON.multipliedBy(2))
                        .until(() -> stateOf(event.id()).equals("dead"));
            }

            // Its lease ran out in the meantime, so it went out once more than planned.
            assertThat(triesOf(event)).isEqualTo(shop.received().size());
        }
    }

    @Test
    void a_result_that_comes_in_while_the_service_stops_is_written() throws Exception {
        try (var shop = new Receiver()) {
            shop.answers((_, out) -> {
                TimeUnit.MILLISECONDS.sleep(700);
                Receiver.write(out, 200, "", "");
            });
            var event = paid(shop.url());
            happen(event);
            await().atMost(SOON).until(() -> shop.received().size() == 1);

            deliverWebhooks.stop();
            try {
                assertThat(stateOf(event.id())).isEqualTo("delivered");
            } finally {
                deliverWebhooks.start();
            }
        }
    }

    /** The database refuses to do something, the first few times, as if it were out of memory. */
    private final class Refusal implements AutoCloseable {

        private final String table;

        Refusal(int times, String what, String when) {
            table = what.substring(what.lastIndexOf(' ') + 1);
            template.execute("create sequence refused");
            template.execute(
                    "create function refuse() returns trigger language plpgsql as $$ begin"
                            + " if nextval('refused') <= "
                            + times
                            + " then raise exception 'refused by this test' using errcode = '53200'; end if; return new; end $$");
            template.execute(
                    "create trigger refusal before "
                            + what
                            + " for each row when ("
                            + when
                            + ") execute function refuse()");
        }

        @Override
        public void close() {
            template.execute("drop trigger refusal on " + table);
            template.execute("drop function refuse()");
            template.execute("drop sequence refused");
        }
    }

    private int triesOf(Event event) {
        return jdbc.sql(
                        "select count(*) from delivery_attempt a join delivery d on d.id = a.delivery_id where d.event_id = ?")
                .param(event.id())
                .query(Integer.class)
                .single();
    }

    @Test
    void a_receiver_that_hangs_holds_up_no_other() throws Exception {
        try (var slow = new Receiver();
                var quick = new Receiver()) {
            var ended = new CountDownLatch(1);
            slow.answers((_, _) -> ended.await(20, TimeUnit.SECONDS));
            var held = endpoint(slow, "payment.paid");
            for (var i = 0; i < 40; i++) {
                happen(paid(null));
            }
            await().atMost(SOON).until(() -> slow.received().size() >= 4);

            // The same host, another lane: an endpoint of its own.
            endpoint(quick, "payment.paid");
            call("PATCH", "/v2/webhook_endpoints/" + held, "{\"event_types\":[\"refund.*\"]}");
            var begun = System.nanoTime();
            for (var i = 0; i < 20; i++) {
                happen(paid(null));
            }
            await().atMost(SOON).until(() -> quick.received().size() == 20);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(5));
            ended.countDown();
        }
    }

    private String lastTries(Event event) {
        return String.join(
                " ",
                jdbc
                        .sql(
                                "select coalesce(a.error, '') from delivery_attempt a join delivery d on d.id = a.delivery_id"
                                        + " where d.event_id = ? order by number")
                        .param(event.id())
                        .query(String.class)
                        .list()
                        .stream()
                        .distinct()
                        .toList());
    }

    private long secondsToNext(Event event) {
        return jdbc.sql(
                        "select extract(epoch from next_attempt_at - now())::bigint from delivery where event_id = ?")
                .param(event.id())
                .query(Long.class)
                .single();
    }
}
