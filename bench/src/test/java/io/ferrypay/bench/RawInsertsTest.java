package io.ferrypay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.postgres.LocalPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On tables with everything the real ones have that is hard to copy. */
class RawInsertsTest {

    @TempDir Path folder;

    private LocalPostgres postgres;
    private Target target;

    @BeforeEach
    void start() throws SQLException {
        postgres = LocalPostgres.start(folder, 0, false);
        execute("create role payment_channel login password 'secret'");
        execute("create schema payment_channel authorization payment_channel");
        execute(
                """
                set role payment_channel;
                set search_path to payment_channel;
                create table payment (
                    id text primary key, merchant_id text not null, livemode boolean not null,
                    reference text not null, amount_minor bigint check (amount_minor > 0),
                    nonce_hash bytea not null unique, rate numeric(20, 10), note text,
                    paid_late boolean not null default false, created_at timestamptz not null,
                    unique (merchant_id, livemode, reference));
                create table idempotency_key (
                    merchant_id text, livemode boolean, key text, body text not null,
                    primary key (merchant_id, livemode, key));
                create table outbox (
                    txid xid8 not null default pg_current_xact_id(),
                    position bigint not null generated always as identity,
                    id text not null unique, data text not null, primary key (txid, position));
                insert into payment values ('pay_01KAVZ0000ABCDEFGHJKMNPQRS', 'mer_01KAVZ0000ABCDEFGHJKMNPQRS', false,
                    'B-6f1b7f0e-8f0b-4e1e-9d53-0a8f6f0c1d2e', 12000, '\\x00', 4.645, null, false, now());
                insert into idempotency_key values ('mer_01KAVZ0000ABCDEFGHJKMNPQRS', false, '6f1b7f0e-8f0b-4e1e-9d53-0a8f6f0c1d2e', '{}');
                insert into outbox (id, data) values ('evt_01KAVZ0000ABCDEFGHJKMNPQRS', '{}');
                """);
        target =
                new Target(
                        "",
                        "",
                        "",
                        "",
                        folder,
                        postgres.jdbcUrl() + "?currentSchema=payment_channel",
                        "secret",
                        Map.of());
    }

    @AfterEach
    void stop() {
        postgres.close();
    }

    @Test
    void each_run_writes_one_more_row_into_every_table() throws Exception {
        var raw = RawInserts.prepare(target);
        try (var client = raw.client();
                var other = raw.client()) {
            for (var i = 0; i < 20; i++) {
                client.once();
                other.once();
            }
        }

        for (var table : new String[] {"payment", "idempotency_key", "outbox"}) {
            assertThat(count("bench_twin_" + table)).as(table).isEqualTo(40);
            assertThat(count(table)).as(table).isEqualTo(1);
        }
        assertThat(number("select count(distinct txid) from payment_channel.bench_twin_outbox"))
                .as("transactions")
                .isEqualTo(40);
        assertThat(
                        number(
                                "select count(*) from payment_channel.bench_twin_payment where amount_minor = 12000 and merchant_id = 'mer_01KAVZ0000ABCDEFGHJKMNPQRS' and id like 'pay\\_%' and length(id) = 30"))
                .isEqualTo(40);
    }

    @Test
    void the_twins_go_away() throws Exception {
        RawInserts.prepare(target).drop();

        assertThat(number("select count(*) from pg_class where relname like 'bench_twin%'"))
                .isZero();
    }

    private long count(String table) throws SQLException {
        return number("select count(*) from payment_channel." + table);
    }

    private long number(String query) throws SQLException {
        try (var connection = postgres.admin().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = postgres.admin().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
