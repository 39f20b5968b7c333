package io.ferrypay.events;

import static io.ferrypay.events.EventTables.event;
import static io.ferrypay.events.EventTables.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferrypay.testkit.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
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
        new ResourceDatabasePopulator(new ClassPathResource("db/events/outbox/V0_1__outbox.sql"))
                .execute(schema.dataSource());
    }

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

    @Test
    void an_empty_feed_is_held_for_the_asked_time_and_no_longer() {
        var start = System.nanoTime();

        var page = client(Set.of()).read(EventFeed.BEGINNING, 10, Duration.ofSeconds(1));

        assertThat(page.entries()).isEmpty();
        assertThat(page.next()).isEqualTo(EventFeed.BEGINNING);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(990), Duration.ofSeconds(4));
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
                .isInstanceOf(FeedUnavailable.class)
                .hasRootCauseInstanceOf(HttpClientErrorException.Gone.class);
        assertThat(ids(client.read(cursors.get(1), 10, Duration.ZERO).events()))
                .containsExactly("evt_3");
        assertThat(ids(client.read(EventFeed.BEGINNING, 10, Duration.ZERO).events()))
                .containsExactly("evt_3");
        assertThat(upkeep.deleteOld(2)).isEqualTo(1);
        assertThat(upkeep.deleteOld(2)).isZero();
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
