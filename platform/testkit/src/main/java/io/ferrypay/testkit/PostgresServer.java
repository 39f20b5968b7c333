package io.ferrypay.testkit;

import javax.sql.DataSource;

/** The one PostgreSQL of this test JVM, wherever it runs. */
interface PostgresServer {
    /** A superuser's connections to the database of this name. */
    DataSource admin(String database);

    String jdbcUrl(String database);
}
