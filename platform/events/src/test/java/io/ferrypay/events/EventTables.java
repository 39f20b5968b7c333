package io.ferrypay.events;

import com.zaxxer.hikari.HikariDataSource;
import io.ferrypay.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A fresh schema with the tables of publisher and follower, and a table a handler writes to. */
final class EventTables implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456Z");

    final HikariDataSource dataSource = new HikariDataSource();
    final JdbcTemplate jdbc;
    final TransactionTemplate transactions;

    EventTables() {
        var schema = TestPostgres.schema("payment_channel");
        dataSource.setJdbcUrl(schema.jdbcUrl());
        dataSource.setUsername(schema.username());
        dataSource.setPassword(schema.password());
        dataSource.setMaximumPoolSize(20);
        jdbc = new JdbcTemplate(dataSource);
        createOutbox(jdbc);
        run(jdbc, "db/events/follower/V0_2__follower.sql");
        jdbc.execute("create table applied (line bigint generated always as identity, id text)");
        transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /** In the order in which Flyway runs them: what is repeatable comes last. */
    static void createOutbox(JdbcTemplate jdbc) {
        run(jdbc, "db/events/outbox/V0_1__outbox.sql");
        run(jdbc, "db/events/outbox/R__outbox_epoch.sql");
    }

    private static void run(JdbcTemplate jdbc, String script) {
        try {
            jdbc.execute(new ClassPathResource(script).getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JdbcClient client() {
        return JdbcClient.create(dataSource);
    }

    static Event event(String id) {
        return event(id, "payment.paid");
    }

    static Event event(String id, String type) {
        return new Event(
                id, type, "pay_1", 1, NOON, JsonMapper.shared().createObjectNode().put("of", id));
    }

    static List<Event> events(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> event("evt_" + n)).toList();
    }

    static List<String> ids(List<Event> events) {
        return events.stream().map(Event::id).toList();
    }

    /** What a handler of a test does: one line for each event it is given. */
    void apply(List<Event> batch) {
        batch.forEach(event -> jdbc.update("insert into applied (id) values (?)", event.id()));
    }

    String transactionTimeout() {
        return String.valueOf(jdbc.queryForObject("show transaction_timeout", String.class));
    }

    List<String> applied() {
        return jdbc.queryForList("select id from applied order by line", String.class);
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
