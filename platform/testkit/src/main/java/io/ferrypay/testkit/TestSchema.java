package io.ferrypay.testkit;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** How a test reaches one service's schema, with that service's rights and no others. */
public record TestSchema(String jdbcUrl, String username, String password) {

    /** An unpooled data source: every {@code getConnection} opens a new connection. */
    public DataSource dataSource() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        dataSource.setUser(username);
        dataSource.setPassword(password);
        return dataSource;
    }

    @Override
    public String toString() {
        return "TestSchema[" + username + " at " + jdbcUrl + "]";
    }
}
