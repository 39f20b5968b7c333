package io.ferrypay.testkit;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** PostgreSQL in a container, removed by Testcontainers when the JVM ends. */
final class ContainerServer implements PostgresServer {
    private final PostgreSQLContainer container;

    private ContainerServer(PostgreSQLContainer container) {
        this.container = container;
    }

    static ContainerServer start(String image) {
        var container =
                new PostgreSQLContainer(DockerImageName.parse(image))
                        .withUsername("postgres")
                        .withDatabaseName("ferrypay")
                        .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
        container.start();
        return new ContainerServer(container);
    }

    @Override
    public DataSource admin(String database) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl(database));
        dataSource.setUser(container.getUsername());
        dataSource.setPassword(container.getPassword());
        return dataSource;
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://"
                + container.getHost()
                + ":"
                + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT)
                + "/"
                + database;
    }
}
