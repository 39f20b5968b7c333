package io.ferrypay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLState;

class TestPostgresTest {
    private static final String PERMISSION_DENIED = "42501";

    @Test
    void a_role_of_one_schema_cannot_read_another() throws SQLException {
        var schemas = TestPostgres.schemas("merchant", "payment_channel");
        var merchant = schemas.getFirst();
        var paymentChannel = schemas.getLast();
        execute(paymentChannel, "create table secret (answer int)");
        execute(paymentChannel, "insert into secret values (42)");

        assertThat(number(paymentChannel, "select answer from payment_channel.secret"))
                .isEqualTo(42);
        assertRefused(merchant, "select answer from payment_channel.secret");
        assertRefused(merchant, "insert into payment_channel.secret values (1)");
        assertRefused(merchant, "drop schema payment_channel cascade");
        assertRefused(merchant, "create table payment_channel.mine (id int)");
        assertRefused(merchant, "create table public.mine (id int)");
        assertRefused(merchant, "create schema mine");
        assertRefused(merchant, "set role payment_channel");
        assertRefused(merchant, "set role postgres");
        assertRefused(merchant, "create temp table mine (id int)");
    }

    @Test
    void a_role_cannot_enter_a_database_it_was_not_given() {
        var merchant = TestPostgres.schema("merchant");
        var elsewhere = TestPostgres.schema("payment_channel");
        var trespassing =
                new TestSchema(elsewhere.jdbcUrl(), merchant.username(), merchant.password());

        assertThatThrownBy(() -> number(trespassing, "select 1"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).isEqualTo(PERMISSION_DENIED));
    }

    @Test
    void a_wrong_password_opens_nothing() {
        var schema = TestPostgres.schema("merchant");
        var guessing = new TestSchema(schema.jdbcUrl(), schema.username(), "guess");

        assertThatThrownBy(() -> number(guessing, "select 1"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e ->
                                assertThat(e.getSQLState())
                                        .isEqualTo(PSQLState.INVALID_PASSWORD.getState()));
    }

    @Test
    void tables_made_without_a_schema_name_land_in_the_role_s_own_schema() throws SQLException {
        var merchant = TestPostgres.schema("merchant");

        execute(merchant, "create table shop (id int)");

        assertThat(number(merchant, "select count(*) from merchant.shop")).isZero();
    }

    @Test
    void each_request_gets_a_fresh_database_on_the_same_server() throws SQLException {
        var first = TestPostgres.schema("merchant");
        execute(first, "create table shop (id int)");

        var second = TestPostgres.schema("merchant");

        assertThat(number(second, "select count(*) from pg_tables where tablename = 'shop'"))
                .isZero();
        assertThat(number(first, "select inet_server_port()"))
                .isEqualTo(number(second, "select inet_server_port()"));
    }

    @Test
    void a_password_is_never_printed() {
        var schema = TestPostgres.schema("merchant");

        assertThat(schema.toString()).doesNotContain(schema.password());
    }

    private static void assertRefused(TestSchema schema, String sql) {
        assertThatThrownBy(() -> execute(schema, sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).isEqualTo(PERMISSION_DENIED));
    }

    private static void execute(TestSchema schema, String sql) throws SQLException {
        try (var connection = schema.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(TestSchema schema, String sql) throws SQLException {
        try (var connection = schema.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
