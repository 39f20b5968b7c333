package io.ferrypay.events;

import static io.ferrypay.events.EventTables.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class OutboxReaderTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final EventTables tables = new EventTables();
    private final Outbox outbox = new Outbox(tables.jdbc);
    private final OutboxReader reader = new OutboxReader(tables.jdbc, outbox.signal());

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void a_slow_transaction_holds_back_younger_events_and_none_is_skipped() throws Exception {
        try (var slow = tables.dataSource.getConnection();
                var fast = tables.dataSource.getConnection()) {
            begin(slow);
            insert(slow, "evt_slow");
            begin(fast);
            insert(fast, "evt_fast");
            fast.commit();

            assertThat(idsAfter(Cursor.START)).isEmpty();

            slow.commit();

            assertThat(idsAfter(Cursor.START)).containsExactly("evt_slow", "evt_fast");
        }
    }

    @Test
    void an_older_transaction_that_publishes_late_is_not_skipped() throws Exception {
        insertCommitted("evt_first");
        var cursor = read(Cursor.START).next();
        try (var older = tables.dataSource.getConnection();
                var younger = tables.dataSource.getConnection()) {
            begin(older);
            transactionId(older);
            begin(younger);
            insert(younger, "evt_younger"); // lower position, higher transaction id
            younger.commit();

            assertThat(idsAfter(cursor)).isEmpty();

            insert(older, "evt_older"); // higher position, lower transaction id
            assertThat(idsAfter(cursor)).isEmpty();
            older.commit();

            var page = read(cursor);
            assertThat(ids(page)).containsExactly("evt_older", "evt_younger");
            assertThat(page.rows().getFirst().cursor().position())
                    .isGreaterThan(page.rows().getLast().cursor().position());
            assertThat(idsAfter(page.next())).isEmpty();
        }
    }

    @Test
    void a_transaction_that_writes_elsewhere_holds_events_back_only_until_it_ends()
            throws Exception {
        try (var elsewhere = tables.dataSource.getConnection()) {
            begin(elsewhere);
            transactionId(elsewhere);
            insertCommitted("evt_1");

            assertThat(idsAfter(Cursor.START)).isEmpty();
            assertThat(reader.heldBack(EventTables.NOON.plusSeconds(3)))
                    .isEqualTo(Duration.ofSeconds(3));

            elsewhere.rollback();

            assertThat(idsAfter(Cursor.START)).containsExactly("evt_1");
            assertThat(reader.heldBack(EventTables.NOON)).isZero();
        }
    }

    @Test
    void a_reader_beside_many_slow_and_fast_writers_sees_every_event_once() throws Exception {
        var writers = 12;
        var eventsEach = 60;
        var written = new AtomicInteger();
        var seen = new ArrayList<String>();
        var outOfOrder = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<?>>();
            for (var writer = 0; writer < writers; writer++) {
                done.add(
                        threads.submit(() -> {
                            for (var n = 0; n < eventsEach; n++) {
                                writeWithPauses("evt_" + written.incrementAndGet());
                            }
                            return null;
                        }));
            }
            var cursor = Cursor.START;
            var highestPosition = 0L;
            var finished = false;
            while (true) {
                var page = reader.read(cursor, 7, Set.of(), AT_ONCE);
                for (var row : page.rows()) {
                    seen.add(row.id());
                    if (row.cursor().position() < highestPosition) {
                        outOfOrder.incrementAndGet();
                    }
                    highestPosition = Math.max(highestPosition, row.cursor().position());
                }
                cursor = page.next();
                if (finished && page.rows().isEmpty()) {
                    break;
                }
                finished = done.stream().allMatch(Future::isDone);
            }
            for (var writer : done) {
                writer.get();
            }
        }

        assertThat(seen).doesNotHaveDuplicates().hasSize(writers * eventsEach);
        assertThat(outOfOrder)
                .as("reading by position alone would have lost events in this run")
                .hasPositiveValue();
    }

    @Test
    void a_long_poll_returns_promptly_after_a_commit_here() throws Exception {
        var poll = longPoll(reader);
        awaitWaiting(poll);

        var committed = System.nanoTime();
        tables.transactions.executeWithoutResult(_ -> outbox.append(event("evt_1")));
        var page = poll.get(5, TimeUnit.SECONDS);

        assertThat(ids(page)).containsExactly("evt_1");
        assertThat(Duration.ofNanos(System.nanoTime() - committed))
                .isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void a_long_poll_notices_a_commit_of_another_instance() throws Exception {
        var poll = longPoll(reader);
        awaitWaiting(poll);

        insertCommitted("evt_1");

        assertThat(ids(poll.get(3, TimeUnit.SECONDS))).containsExactly("evt_1");
    }

    @Test
    void a_long_poll_holds_no_connection_while_it_waits() throws Exception {
        tables.dataSource.setMaximumPoolSize(1);
        tables.dataSource.getHikariPoolMXBean().softEvictConnections();
        var polls = new ArrayList<CompletableFuture<OutboxReader.Page>>();
        for (var n = 0; n < 10; n++) {
            polls.add(longPoll(reader));
        }

        tables.transactions.executeWithoutResult(_ -> outbox.append(event("evt_1")));

        for (var poll : polls) {
            assertThat(ids(poll.get(5, TimeUnit.SECONDS))).containsExactly("evt_1");
        }
    }

    @Test
    void a_shutdown_lets_long_polls_go() throws Exception {
        var poll = longPoll(reader);
        awaitWaiting(poll);

        outbox.signal().close();

        assertThat(poll.get(2, TimeUnit.SECONDS).rows()).isEmpty();
    }

    @Test
    void events_of_other_types_are_passed_over_for_good() throws Exception {
        for (var n = 0; n < 25; n++) {
            var number = n;
            tables.transactions.executeWithoutResult(
                    _ -> outbox.append(event("evt_" + number, "payment.created")));
        }

        var nothing = reader.read(Cursor.START, 10, Set.of("payment.paid"), AT_ONCE);

        assertThat(nothing.rows()).isEmpty();
        assertThat(idsAfter(nothing.next())).isEmpty();

        tables.transactions.executeWithoutResult(_ -> outbox.append(event("evt_paid")));

        assertThat(ids(reader.read(Cursor.START, 10, Set.of("payment.paid"), AT_ONCE)))
                .containsExactly("evt_paid");
    }

    @Test
    void reading_takes_no_transaction_id_and_so_holds_nothing_back() throws Exception {
        try (var connection = tables.dataSource.getConnection()) {
            begin(connection);
            var jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            new OutboxReader(jdbc, new CommitSignal()).read(Cursor.START, 10, Set.of(), AT_ONCE);

            assertThat(
                            jdbc.queryForObject(
                                    "select pg_current_xact_id_if_assigned()::text", String.class))
                    .isNull();
            connection.rollback();
        }
    }

    private CompletableFuture<OutboxReader.Page> longPoll(OutboxReader from) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return from.read(Cursor.START, 10, Set.of(), Duration.ofSeconds(25));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    /** Long enough for the poll to have looked and found nothing. */
    private static void awaitWaiting(CompletableFuture<?> poll) {
        await().during(Duration.ofMillis(250)).until(() -> !poll.isDone());
    }

    private void writeWithPauses(String id) throws SQLException {
        var random = ThreadLocalRandom.current();
        try (var connection = tables.dataSource.getConnection()) {
            begin(connection);
            if (random.nextBoolean()) {
                transactionId(connection);
                LockSupport.parkNanos(random.nextInt(8_000_000));
            }
            insert(connection, id);
            if (random.nextInt(4) == 0) {
                LockSupport.parkNanos(random.nextInt(15_000_000));
            }
            connection.commit();
        }
    }

    private static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
    }

    private static void transactionId(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_current_xact_id()");
        }
    }

    private static void insert(Connection connection, String id) {
        var jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
        jdbc.update(
                Outbox.INSERT_SQL,
                id,
                "payment.paid",
                "pay_1",
                1,
                EventTables.NOON.atOffset(ZoneOffset.UTC),
                "{}");
    }

    private void insertCommitted(String id) throws SQLException {
        try (var connection = tables.dataSource.getConnection()) {
            begin(connection);
            insert(connection, id);
            connection.commit();
        }
    }

    private OutboxReader.Page read(Cursor after) throws InterruptedException {
        return reader.read(after, 100, Set.of(), AT_ONCE);
    }

    private List<String> idsAfter(Cursor after) throws InterruptedException {
        return ids(read(after));
    }

    private static List<String> ids(OutboxReader.Page page) {
        return page.rows().stream().map(OutboxReader.Row::id).toList();
    }
}
