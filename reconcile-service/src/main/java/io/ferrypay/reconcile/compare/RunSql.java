package io.ferrypay.reconcile.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Statements of one run, with its account and its day as parameters; made inside its transaction.
 */
final class RunSql {

    private static final Pattern WORK_TABLE = Pattern.compile("\\bwork\\.([a-z]+)\\b");

    private final JdbcTemplate template;
    private final NamedParameterJdbcTemplate jdbc;
    private final Map<String, Object> run;
    private final String connection;
    private final Set<String> workTables = new LinkedHashSet<>();

    RunSql(NamedParameterJdbcTemplate jdbc, String accountId, LocalDate day) {
        this.jdbc = jdbc;
        this.template = jdbc.getJdbcTemplate();
        this.run = Map.of("account", accountId, "day", day);
        this.connection =
                String.valueOf(
                        jdbc.getJdbcOperations()
                                .queryForObject("select pg_backend_pid()", Integer.class));
    }

    /**
     * Tables of this transaction alone are written {@code work.name}: our role may not make
     * temporary ones. Nobody else sees them, as they are dropped before the commit.
     */
    private String named(String sql) {
        return WORK_TABLE
                .matcher(sql)
                .replaceAll(match -> {
                    var name = "work_" + match.group(1) + "_" + connection;
                    workTables.add(name);
                    return name;
                });
    }

    private interface Copying {
        void with(CopyManager copy) throws IOException, SQLException;
    }

    /**
     * Reads lines of PostgreSQL's text format into a table, which may name its columns.
     *
     * @throws UncheckedIOException when the lines cannot be read
     */
    void copyIn(String table, InputStream lines) {
        copy(copy -> copy.copyIn("copy " + named(table) + " from stdin", lines));
    }

    /**
     * @throws UncheckedIOException when the lines cannot be written
     */
    void copyOut(String table, OutputStream lines) {
        copy(copy -> copy.copyOut("copy " + named(table) + " to stdout", lines));
    }

    private void copy(Copying copying) {
        var dataSource = Objects.requireNonNull(template.getDataSource());
        var connected = DataSourceUtils.getConnection(dataSource);
        try {
            copying.with(connected.unwrap(PGConnection.class).getCopyAPI());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("Rows could not be copied", e);
        } finally {
            DataSourceUtils.releaseConnection(connected, dataSource);
        }
    }

    void dropWorkTables() {
        for (var table : workTables) {
            jdbc.getJdbcOperations().execute("drop table if exists " + table);
        }
    }

    int change(String sql) {
        return jdbc.update(named(sql), run);
    }

    long count(String sql) {
        var counted = jdbc.queryForObject(named(sql), run, Long.class);
        return counted == null ? 0 : counted;
    }

    List<LocalDate> days(String sql) {
        return jdbc.query(named(sql), run, (row, _) -> row.getObject(1, LocalDate.class));
    }

    /** Of the planner: freshly copied rows have no statistics, and there are no indexes. */
    void settle(String workMemory) {
        jdbc.getJdbcOperations()
                .queryForList(
                        """
                        select set_config('work_mem', ?, true), set_config('enable_nestloop', 'off', true),
                               set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true)
                        """,
                        workMemory);
    }
}
