package io.ferrypay.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * The schema of one service and the role of the same name, which can use that schema and nothing
 * else.
 */
public final class ServiceSchema {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    // Two provisioners at once would fail with "tuple concurrently updated".
    private static final long PROVISIONING_LOCK = 0x66657272795041L;

    private ServiceSchema() {}

    /**
     * Creates the role and its schema in the database {@code admin} connects to, or brings them up
     * to date; safe to repeat. PUBLIC loses its rights on that database and on its schema {@code
     * public}.
     *
     * @param name lower case letters, digits and underscores, at most 63; names role and schema
     * @throws IllegalArgumentException if the name is malformed
     * @throws IllegalStateException if PostgreSQL refuses
     */
    public static void provision(DataSource admin, String name, String password) {
        if (!NAME.matcher(name).matches() || name.startsWith("pg_")) {
            throw new IllegalArgumentException("Not a schema name: " + name);
        }
        try (var connection = admin.getConnection()) {
            connection.setAutoCommit(false);
            lock(connection);
            createRole(connection, name, password);
            try (var statement = connection.createStatement()) {
                var database = format(connection, "%I", connection.getCatalog());
                statement.execute("revoke all on database " + database + " from public");
                statement.execute("grant connect on database " + database + " to " + name);
                statement.execute("revoke all on schema public from public");
                statement.execute("create schema if not exists " + name + " authorization " + name);
                statement.execute("alter schema " + name + " owner to " + name);
                statement.execute("revoke all on schema " + name + " from public");
                statement.execute("alter role " + name + " set search_path = " + name);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("Could not provision the schema " + name, e);
        }
    }

    private static void lock(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            statement.setLong(1, PROVISIONING_LOCK);
            statement.execute();
        }
    }

    private static void createRole(Connection connection, String name, String password)
            throws SQLException {
        try (var find = connection.prepareStatement("select 1 from pg_roles where rolname = ?");
                var statement = connection.createStatement()) {
            find.setString(1, name);
            try (var found = find.executeQuery()) {
                if (!found.next()) {
                    statement.execute("create role " + name);
                }
            }
            statement.execute(
                    "alter role "
                            + name
                            + " with login nosuperuser nocreatedb nocreaterole noreplication"
                            + " nobypassrls noinherit password "
                            + format(connection, "%L", password));
        }
    }

    /** PostgreSQL does the quoting itself: utility statements take no parameters. */
    private static String format(Connection connection, String pattern, String value)
            throws SQLException {
        try (var statement = connection.prepareStatement("select format(?, ?::text)")) {
            statement.setString(1, pattern);
            statement.setString(2, value);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
