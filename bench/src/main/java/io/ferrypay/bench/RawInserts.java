package io.ferrypay.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The limit: the rows that one create writes, inserted by plain JDBC in one transaction, in the
 * same server, into twins of the same tables with the same indexes and constraints. The values are
 * those of a payment that was really created; only what must be unique is new each time.
 */
final class RawInserts {

    private static final String TWINS = "bench_twin";

    private final Target target;
    private final List<Twin> twins = new ArrayList<>();

    /**
     * @param sample the columns of one real row, as text, null where null
     */
    private record Twin(
            String table,
            List<String> columns,
            List<String> types,
            List<String> sample,
            List<Integer> unique) {

        String insert() {
            var places = new ArrayList<String>();
            for (var type : types) {
                places.add("cast(? as " + type + ")");
            }
            return "insert into "
                    + TWINS
                    + "_"
                    + table
                    + " ("
                    + String.join(", ", columns)
                    + ") overriding system value values ("
                    + String.join(", ", places)
                    + ")";
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

    private void twin(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("drop table if exists " + TWINS + "_" + table);
            statement.execute(
                    "create table "
                            + TWINS
                            + "_"
                            + table
                            + " (like "
                            + table
                            + " including all excluding identity)");
            var columns = new ArrayList<String>();
            var types = new ArrayList<String>();
            var sample = new ArrayList<String>();
            try (var rows =
                    statement.executeQuery(
                            "select * from " + table + " order by ctid desc limit 1")) {
                if (!rows.next()) {
                    throw new SQLException("table " + table + " has no row to copy");
                }
                var about = rows.getMetaData();
                for (var column = 1; column <= about.getColumnCount(); column++) {
                    columns.add(about.getColumnName(column));
                    types.add(about.getColumnTypeName(column));
                    sample.add(rows.getString(column));
                }
            }
            twins.add(
                    new Twin(
                            table,
                            columns,
                            types,
                            sample,
                            uniqueColumns(connection, table, columns)));
        }
    }

    private static List<Integer> uniqueColumns(
            Connection connection, String table, List<String> columns) throws SQLException {
        var query =
                "select distinct a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey) "
                        + "where i.indrelid = ?::regclass and i.indisunique";
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, table);
            var unique = new ArrayList<Integer>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    unique.add(columns.indexOf(rows.getString(1)));
                }
            }
            return unique;
        }
    }

    void drop() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var twin : twins) {
                statement.execute("drop table if exists " + TWINS + "_" + twin.table());
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
            for (var i = 0; i < statements.size(); i++) {
                insert(twins.get(i), statements.get(i));
            }
            connection.commit();
        }

        private void insert(Twin twin, PreparedStatement statement) throws SQLException {
            for (var column = 0; column < twin.columns().size(); column++) {
                statement.setString(
                        column + 1,
                        twin.unique().contains(column)
                                ? fresh(twin.types().get(column), twin.sample().get(column))
                                : twin.sample().get(column));
            }
            statement.executeUpdate();
        }

        private static String fresh(String type, String sample) {
            var random = UUID.randomUUID().toString().replace("-", "");
            return switch (type.toLowerCase(Locale.ROOT)) {
                case "bytea" -> "\\x" + random + random;
                case "bool", "boolean" -> sample;
                case "int8", "bigserial", "xid8" ->
                        String.valueOf(Math.abs(UUID.randomUUID().getMostSignificantBits() >>> 2));
                case "uuid" -> UUID.randomUUID().toString();
                default -> unlike(sample, random);
            };
        }

        /**
         * Keeps the length and what stands before the first underscore, which constraints may ask
         * for; short codes that are only part of a key stay.
         */
        private static String unlike(String sample, String random) {
            if (sample.length() < 16) {
                return sample;
            }
            var kept = Math.max(sample.indexOf('_') + 1, 0);
            var text =
                    sample.substring(0, kept)
                            + random.toUpperCase(Locale.ROOT).replace('U', 'Z')
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
