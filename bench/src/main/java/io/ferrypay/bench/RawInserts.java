package io.ferrypay.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The limit: the rows that one create writes, inserted by plain JDBC in one transaction, in the
 * same server, into twins of the same tables with the same indexes and constraints. The values are
 * those of a payment that was really created; only what must be unique is new each time.
 */
final class RawInserts {

    private static final String TWINS = "bench_twin";

    /** All payments of the bench are one merchant's, and so are these rows. */
    private static final String THE_SAME = "merchant_id";

    private final Target target;
    private final List<Twin> twins = new ArrayList<>();

    /**
     * @param type as PostgreSQL writes it in a cast
     * @param fresh whether each row needs another value, for the sake of a unique index
     * @param value of the row that is copied, as text
     */
    private record Column(String name, String type, boolean fresh, @Nullable String value) {}

    /**
     * @param columns all but those the table fills in by itself
     */
    private record Twin(String table, List<Column> columns) {

        String insert() {
            return "insert into %s (%s) values (%s)"
                    .formatted(
                            name(table),
                            String.join(", ", columns.stream().map(Column::name).toList()),
                            String.join(
                                    ", ",
                                    columns.stream()
                                            .map(column -> "cast(? as " + column.type() + ")")
                                            .toList()));
        }
    }

    private RawInserts(Target target) {
        this.target = target;
    }

    /**
     * Makes the twins from the newest rows of a payment that exists; {@code drop} takes them away
     * again.
     */
    static RawInserts prepare(Target target) throws SQLException {
        var raw = new RawInserts(target);
        try (var connection = raw.connect()) {
            for (var table : List.of("payment", "idempotency_key", "outbox")) {
                raw.twin(connection, table);
            }
        }
        return raw;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                target.databaseUrl(), "payment_channel", target.databasePassword());
    }

    private static String name(String table) {
        return TWINS + "_" + table;
    }

    private void twin(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("drop table if exists " + name(table));
            statement.execute(
                    "create table %s (like %s including all)".formatted(name(table), table));
            twins.add(new Twin(table, columns(connection, table)));
        }
    }

    private static List<Column> columns(Connection connection, String table) throws SQLException {
        var values = newestRow(connection, table);
        var query =
                """
                select a.attname, format_type(a.atttypid, a.atttypmod),
                       exists (select 1 from pg_index i
                                where i.indrelid = a.attrelid and i.indisunique and a.attnum = any(i.indkey))
                  from pg_attribute a
                 where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped
                   and not a.atthasdef and a.attidentity = ''
                 order by a.attnum
                """;
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, table);
            var columns = new ArrayList<Column>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var name = rows.getString(1);
                    columns.add(
                            new Column(
                                    name,
                                    rows.getString(2),
                                    rows.getBoolean(3) && !name.equals(THE_SAME),
                                    values.get(name)));
                }
            }
            return columns;
        }
    }

    private static Map<String, @Nullable String> newestRow(Connection connection, String table)
            throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select * from " + table + " order by ctid desc limit 1")) {
            if (!rows.next()) {
                throw new SQLException("table " + table + " has no row to copy");
            }
            var values = new HashMap<String, @Nullable String>();
            for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                values.put(rows.getMetaData().getColumnName(column), rows.getString(column));
            }
            return values;
        }
    }

    void drop() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var twin : twins) {
                statement.execute("drop table if exists " + name(twin.table()));
            }
        }
    }

    Load.Client client() throws SQLException {
        return new Inserter(connect());
    }

    private final class Inserter implements Load.Client {

        private final Connection connection;
        private final List<PreparedStatement> statements = new ArrayList<>();

        private Inserter(Connection connection) throws SQLException {
            this.connection = connection;
            connection.setAutoCommit(false);
            for (var twin : twins) {
                statements.add(connection.prepareStatement(twin.insert()));
            }
        }

        @Override
        public void once() throws SQLException {
            try {
                for (var i = 0; i < statements.size(); i++) {
                    insert(twins.get(i), statements.get(i));
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        }

        private static void insert(Twin twin, PreparedStatement statement) throws SQLException {
            var place = 1;
            for (var column : twin.columns()) {
                var value = column.value();
                statement.setString(
                        place++,
                        value != null && column.fresh() ? fresh(column.type(), value) : value);
            }
            statement.executeUpdate();
        }

        private static String fresh(String type, String sample) {
            var random = UUID.randomUUID().toString().replace("-", "");
            return switch (type) {
                case "bytea" -> "\\x" + random + random;
                case "boolean" -> sample;
                default -> unlike(sample, random);
            };
        }

        /**
         * Keeps the length and what stands before the first underscore, which constraints may ask
         * for; our ids begin with the time, so what is new is the greatest in its index. Short
         * codes that are only part of a key stay.
         */
        private static String unlike(String sample, String random) {
            if (sample.length() < 16) {
                return sample;
            }
            var prefix = sample.indexOf('_') + 1;
            var time = Long.toString(System.currentTimeMillis(), 32);
            var text =
                    sample.substring(0, prefix)
                            + (prefix == 0 ? "" : "0" + time.toUpperCase(Locale.ROOT))
                            + random.toUpperCase(Locale.ROOT)
                            + random
                            + random;
            return text.substring(0, Math.min(sample.length(), text.length()));
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
