package io.ferrypay.events;

import static io.ferrypay.events.EventTables.event;
import static io.ferrypay.events.EventTables.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferrypay.postgres.LocalPostgres;
import io.ferrypay.testkit.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "ferry.events.publish=true",
            "spring.application.name=payment-channel-service",
            "spring.threads.virtual.enabled=true",
            "spring.jackson.property-naming-strategy=SNAKE_CASE",
            "spring.jackson.default-property-inclusion=non_null"
        })
class FeedTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Service {}

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        var schema = TestPostgres.register(registry, "payment_channel");
        EventTables.createOutbox(new JdbcTemplate(schema.dataSource()));
    }

    @TempDir Path folder;

    @Value("${local.server.port}")
    private int port;

    @Autowired private Outbox outbox;
    @Autowired private JdbcTemplate jdbc;
    @Autowired private PlatformTransactionManager transactionManager;

    @BeforeEach
    void empty() {
        jdbc.execute("truncate outbox, outbox_horizon");
    }

    @Test
    void events_are_told_as_cloud_events() throws Exception {
        publish(new Event("evt_1", "payment.paid", "pay_1", 7, EventTables.NOON, money()));

        var answer = get("?limit=10");

        assertThat(answer.get("events").size()).isEqualTo(1);
        var event = answer.get("events").get(0);
        assertThat(event.propertyNames())
                .containsExactlyInAnyOrder(
                        "specversion",
                        "id",
                        "source",
                        "type",
                        "subject",
                        "time",
                        "datacontenttype",
                        "version",
                        "cursor",
                        "data");
        assertThat(event.get("specversion").asString()).isEqualTo("1.0");
        assertThat(event.get("source").asString()).isEqualTo("/payment-channel-service");
        assertThat(event.get("time").asString()).isEqualTo("2026-11-24T12:00:00.123456Z");
        assertThat(event.get("version").asLong()).isEqualTo(7);
        assertThat(event.get("data")).isEqualTo(money());
        assertThat(answer.get("next")).isEqualTo(event.get("cursor"));
    }

    @Test
    void a_client_reads_page_by_page_what_was_published() {
        var events =
                IntStream.rangeClosed(1, 25)
                        .mapToObj(n ->
                                new Event(
                                        "evt_" + n,
                                        "payment.paid",
                                        "pay",
                                        n,
                                        EventTables.NOON,
                                        money()))
                        .toList();
        events.forEach(this::publish);
        var client = client(Set.of());

        var first = client.read(EventFeed.BEGINNING, 10, Duration.ZERO);
        var second = client.read(first.next(), 10, Duration.ZERO);
        var third = client.read(second.next(), 10, Duration.ZERO);
        var end = client.read(third.next(), 10, Duration.ZERO);

        assertThat(first.events()).isEqualTo(events.subList(0, 10));
        assertThat(second.events()).isEqualTo(events.subList(10, 20));
        assertThat(third.events()).isEqualTo(events.subList(20, 25));
        assertThat(end.entries()).isEmpty();
        assertThat(end.next()).isEqualTo(third.next());
        assertThat(client.read(first.entries().get(3).cursor(), 1, Duration.ZERO).events())
                .containsExactly(events.get(4));
    }

    @Test
    void a_client_can_choose_types() {
        publish(event("evt_1", "payment.created"));
        publish(event("evt_2", "payment.paid"));

        var page =
                client(Set.of("payment.paid", "payment.failed"))
                        .read(EventFeed.BEGINNING, 10, Duration.ZERO);

        assertThat(ids(page.events())).containsExactly("evt_2");
    }

    @Test
    void a_long_poll_over_http_is_woken_by_a_commit() {
        var poll =
                CompletableFuture.supplyAsync(
                        () -> client(Set.of()).read(EventFeed.BEGINNING, 10, LONG),
                        Thread::startVirtualThread);
        await().during(Duration.ofMillis(300)).until(() -> !poll.isDone());

        publish(event("evt_1"));

        assertThat(poll)
                .succeedsWithin(Duration.ofSeconds(2))
                .satisfies(page -> assertThat(ids(page.events())).containsExactly("evt_1"));
    }

    /** Against another that waits meanwhile, because a busy machine makes every second longer. */
    @Test
    void an_empty_feed_is_held_for_the_asked_time_and_no_longer() {
        var client = client(Set.of());
        var longer =
                CompletableFuture.supplyAsync(
                        () -> client.read(EventFeed.BEGINNING, 10, Duration.ofSeconds(4)));
        var start = System.nanoTime();

        var page = client.read(EventFeed.BEGINNING, 10, Duration.ofSeconds(1));

        assertThat(longer).isNotDone();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(990));
        assertThat(page.entries()).isEmpty();
        assertThat(page.next()).isEqualTo(EventFeed.BEGINNING);
        assertThat(longer.join().entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after=",
                "after=abc",
                "after=1",
                "after=1-",
                "after=-1-1",
                "after=1-1-1",
                "after=0123456789ab.1-1",
                "after=0123456789ab.1-1.",
                "after=0123456789.1-1.f",
                "after=99999999999999999999-1",
                "after=9999999999999999999-1",
                "after=1-1%20or%201=1",
                "limit=0",
                "limit=501",
                "limit=-1",
                "limit=ten",
                "limit=",
                "limit=99999999999",
                "wait=26",
                "wait=-1",
                "wait=1.5",
                "types=",
                "types=a,,b"
            })
    void a_malformed_question_is_a_problem_with_a_stable_code(String query) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(uri("?" + query)).build(),
                            BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValue("application/problem+json");
            var problem = JsonMapper.shared().readTree(answer.body());
            assertThat(problem.get("code").asString()).isEqualTo("invalid_request");
            assertThat(problem.at("/errors/0/parameter").asString())
                    .isEqualTo(query.substring(0, query.indexOf('=')));
        }
    }

    @Test
    void who_stands_before_deleted_events_is_told_so() {
        publish(event("evt_1"));
        publish(event("evt_2"));
        publish(event("evt_3"));
        var client = client(Set.of());
        var cursors =
                client.read(EventFeed.BEGINNING, 10, Duration.ZERO).entries().stream()
                        .map(FeedPage.Entry::cursor)
                        .toList();
        var upkeep =
                new OutboxUpkeep(
                        jdbc,
                        outbox.signal(),
                        Duration.ofDays(14),
                        Clock.fixed(EventTables.NOON.plus(Duration.ofDays(15)), ZoneOffset.UTC));

        assertThat(upkeep.deleteOld(2)).isEqualTo(2);

        assertThatThrownBy(() -> client.read(cursors.getFirst(), 10, Duration.ZERO))
                .isInstanceOfSatisfying(
                        CursorRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("cursor_expired"))
                .hasRootCauseInstanceOf(HttpClientErrorException.Gone.class);
        assertThat(ids(client.read(cursors.get(1), 10, Duration.ZERO).events()))
                .containsExactly("evt_3");
        assertThat(ids(client.read(EventFeed.BEGINNING, 10, Duration.ZERO).events()))
                .containsExactly("evt_3");
        assertThat(upkeep.deleteOld(2)).isEqualTo(1);
        assertThat(upkeep.deleteOld(2)).isZero();
    }

    @Test
    void a_cursor_of_before_a_restore_is_refused_by_a_stable_code() throws Exception {
        publish(event("evt_1"));
        var cursor = client(Set.of()).read(EventFeed.BEGINNING, 10, Duration.ZERO).next();

        beginEpoch();

        assertRefused(cursor, "cursor_of_another_epoch");
    }

    @Test
    void after_a_restore_all_events_that_are_kept_are_told_in_their_old_order_and_new_ones_next() {
        for (var n = 1; n <= 12; n++) {
            publish(event("evt_" + n));
        }
        // As a dump leaves it on a server that has not counted as far as the old one had.
        jdbc.update(
                "update outbox set txid = (txid::text::bigint + 4000000000)::text::xid8 where id <> 'evt_1'");
        jdbc.update(
                "insert into outbox_horizon select true, txid, position from outbox where id = 'evt_3'");
        publish(event("evt_13"));
        var client = client(Set.of());
        assertThat(ids(client.read(EventFeed.BEGINNING, 20, Duration.ZERO).events()))
                .as("what is wrong without a new epoch")
                .doesNotContain("evt_2");

        beginEpoch();
        publish(event("evt_14"));

        var all = client.read(EventFeed.BEGINNING, 10, Duration.ZERO);
        var rest = client.read(all.next(), 10, Duration.ZERO);
        assertThat(ids(all.events()))
                .containsExactly(
                        "evt_1", "evt_13", "evt_2", "evt_3", "evt_4", "evt_5", "evt_6", "evt_7",
                        "evt_8", "evt_9");
        assertThat(ids(rest.events())).containsExactly("evt_10", "evt_11", "evt_12", "evt_14");
    }

    @Test
    void a_cursor_ahead_of_the_server_is_refused_rather_than_answered_with_nothing()
            throws Exception {
        publish(event("evt_1"));

        assertRefused("9000000000-1", "cursor_unknown");
    }

    @Test
    void a_cursor_whose_event_a_restore_has_undone_is_refused_even_when_its_numbers_come_again()
            throws Exception {
        publish(event("evt_1"));
        publish(event("evt_2"));
        var page = client(Set.of()).read(EventFeed.BEGINNING, 10, Duration.ZERO);
        var first = page.entries().getFirst().cursor();

        jdbc.update("create table undone as select * from outbox where id = 'evt_2'");
        jdbc.update("delete from outbox where id = 'evt_2'");

        assertRefused(page.next(), "cursor_unknown");

        jdbc.update(
                """
                insert into outbox (txid, position, id, type, subject, version, time, data)
                overriding system value
                select txid, position, 'evt_other', type, subject, version, time, data from undone
                """);
        publish(event("evt_3"));

        assertRefused(page.next(), "cursor_unknown");
        assertThat(ids(client(Set.of()).read(first, 10, Duration.ZERO).events()))
                .as("who had not read that far goes on")
                .containsExactly("evt_other", "evt_3");
    }

    @Test
    void a_move_to_another_server_is_noticed_by_itself() throws Exception {
        publish(event("evt_1"));
        var cursor = client(Set.of()).read(EventFeed.BEGINNING, 10, Duration.ZERO).next();
        var epoch = jdbc.queryForObject("select epoch from outbox_epoch", UUID.class);

        try (var other = LocalPostgres.start(folder, 0, false)) {
            var there = new JdbcTemplate(other.admin("postgres"));
            EventTables.createOutbox(there);
            there.update("update outbox_epoch set epoch = ?", epoch);

            assertThat(new OutboxReader(there, new CommitSignal()).standing(Cursor.parse(cursor)))
                    .isEqualTo(OutboxReader.Standing.OF_ANOTHER_EPOCH);
        }
    }

    @Test
    void a_cursor_of_the_time_before_epochs_goes_on() {
        publish(event("evt_1"));
        publish(event("evt_2"));
        var first =
                client(Set.of())
                        .read(EventFeed.BEGINNING, 10, Duration.ZERO)
                        .entries()
                        .getFirst()
                        .cursor();
        var old = first.substring(first.indexOf('.') + 1, first.lastIndexOf('.'));

        var page = client(Set.of()).read(old, 10, Duration.ZERO);

        assertThat(ids(page.events())).containsExactly("evt_2");
        assertThat(page.next()).matches("[0-9a-f]{12}\\.\\d+-\\d+\\.[0-9a-f]+");
    }

    @Test
    void events_younger_than_the_retention_stay() {
        publish(event("evt_1"));
        var upkeep =
                new OutboxUpkeep(
                        jdbc,
                        outbox.signal(),
                        Duration.ofDays(14),
                        Clock.fixed(EventTables.NOON.plus(Duration.ofDays(13)), ZoneOffset.UTC));

        assertThat(upkeep.deleteOld(10)).isZero();
    }

    @Test
    void a_feed_that_is_not_there_is_reported_as_unavailable() {
        var nowhere = FeedClient.of(RestClient.builder(), "http://127.0.0.1:1");

        assertThatThrownBy(() -> nowhere.read(EventFeed.BEGINNING, 10, Duration.ZERO))
                .isInstanceOf(FeedUnavailable.class);
    }

    private void beginEpoch() {
        jdbc.queryForObject("select begin_outbox_epoch()", UUID.class);
    }

    private void assertRefused(String cursor, String code) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(uri("?after=" + cursor)).build(),
                            BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
            var problem = JsonMapper.shared().readTree(answer.body());
            assertThat(problem.get("code").asString()).isEqualTo(code);
            assertThat(problem.at("/errors/0/parameter").asString()).isEqualTo("after");
        }
        assertThatThrownBy(() -> client(Set.of()).read(cursor, 10, Duration.ZERO))
                .isInstanceOfSatisfying(
                        CursorRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(code));
    }

    private static JsonNode money() {
        return CloudEvents.data(
                """
                {"amount":"120.00","name":"蜂蜜 \\"🍯\\"","rate":4.645,"tags":[1,null,true]}
                """);
    }

    private void publish(Event event) {
        new TransactionTemplate(transactionManager).executeWithoutResult(_ -> outbox.append(event));
    }

    private FeedClient client(Set<String> types) {
        return FeedClient.of(
                RestClient.builder(),
                "http://127.0.0.1:" + port,
                EventFeed.LONGEST_WAIT,
                types,
                List.of());
    }

    private JsonNode get(String query) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(HttpRequest.newBuilder(uri(query)).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return CloudEvents.data(answer.body());
        }
    }

    private URI uri(String query) {
        return URI.create("http://127.0.0.1:" + port + "/internal/events" + query);
    }
}
