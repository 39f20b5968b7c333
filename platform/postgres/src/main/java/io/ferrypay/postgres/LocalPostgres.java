package io.ferrypay.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL server on the loopback address, with its data kept in a folder.
 *
 * <p>It runs as a process of its own and goes on if this JVM is killed; the next {@link #start} on
 * the same folder stops the abandoned server, recovers its data and goes on with it. While one
 * process uses a folder, no other can.
 */
public final class LocalPostgres implements AutoCloseable {
    private static final String DATABASE = "ferrypay";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int MOST_FREE_PORTS_TRIED = 5;

    private final Cluster cluster;
    private final FolderLock lock;
    private final int port;
    private final String password;
    private boolean closed;

    private LocalPostgres(Cluster cluster, FolderLock lock, int port, String password) {
        this.cluster = cluster;
        this.lock = lock;
        this.port = port;
        this.password = password;
    }

    /**
     * As {@link #start(Path, int, boolean, Path)}, with the programs in the user's cache folder.
     */
    public static LocalPostgres start(Path dataDir, int port, boolean durable) {
        return start(dataDir, port, durable, PostgresBinaries.defaultCache());
    }

    /**
     * Starts the server and waits until it answers; the database {@code ferrypay} exists
     * afterwards.
     *
     * @param dataDir where the data stays; made if missing
     * @param port 0 for any free one
     * @param durable whether what is committed survives a crash of the machine; only tests can do
     *     without
     * @param programs where PostgreSQL's programs are unpacked, about 60 MB; may be shared
     * @throws LocalPostgresFailed if the port or the folder is in use, or the server does not start
     */
    public static LocalPostgres start(Path dataDir, int port, boolean durable, Path programs) {
        var folder = dataDir.toAbsolutePath().normalize();
        var cluster = new Cluster(folder, new Programs(PostgresBinaries.unpackedIn(programs)));
        try {
            Files.createDirectories(folder);
            var lock =
                    FolderLock.take(folder)
                            .orElseThrow(() ->
                                    new LocalPostgresFailed(
                                            folder + " is in use by a running process"));
            try {
                cluster.clearLeftovers();
                cluster.prepare(durable);
                var used = port == 0 ? startAnywhere(cluster, durable) : port;
                if (port != 0) {
                    if (!isFree(port)) {
                        throw new LocalPostgresFailed(
                                "Port "
                                        + port
                                        + " on "
                                        + LOOPBACK
                                        + " is in use by another process");
                    }
                    cluster.start(port, durable);
                }
                var postgres = new LocalPostgres(cluster, lock, used, cluster.adminPassword());
                postgres.createDatabase();
                return postgres;
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LocalPostgresFailed("PostgreSQL cannot use " + folder + ": " + e, e);
        }
    }

    /**
     * Stops the server in this folder if the process that started it is gone.
     *
     * @return whether the folder is nobody's now
     */
    public static boolean stopAbandoned(Path dataDir) {
        var folder = dataDir.toAbsolutePath().normalize();
        try (var lock = FolderLock.take(folder).orElse(null)) {
            if (lock == null) {
                return false;
            }
            var programs =
                    new Programs(PostgresBinaries.unpackedIn(PostgresBinaries.defaultCache()));
            new Cluster(folder, programs).clearLeftovers();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Where the database {@code ferrypay} is; who connects brings the name and password of a role.
     */
    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    /** Where another database of this server is. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + LOOPBACK + ":" + port + "/" + database;
    }

    /** The superuser's connections to the database {@code ferrypay}, a new one at each request. */
    public DataSource admin() {
        return admin(DATABASE);
    }

    /** The superuser's connections to another database of this server. */
    public DataSource admin(String database) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl(database));
        dataSource.setUser(Cluster.ADMIN);
        dataSource.setPassword(password);
        return dataSource;
    }

    public int port() {
        return port;
    }

    /** Whether the server's process is alive. */
    public boolean isRunning() {
        return cluster.isRunning();
    }

    /** Stops the server, letting go of its sessions; the data stays. Closing twice is harmless. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock) {
            if (cluster.isRunning()) {
                cluster.stop();
            }
        } catch (IOException e) {
            throw new LocalPostgresFailed("Could not let go of the data folder: " + e, e);
        }
    }

    private static int startAnywhere(Cluster cluster, boolean durable) throws IOException {
        for (var attempt = 1; ; attempt++) {
            var port = freePort();
            try {
                cluster.start(port, durable);
                return port;
            } catch (LocalPostgresFailed e) {
                // Somebody else may have taken the port since we looked.
                if (attempt == MOST_FREE_PORTS_TRIED || isFree(port)) {
                    throw e;
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void createDatabase() throws IOException {
        try (var connection = admin("postgres").getConnection();
                var statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                "select 1 from pg_database where datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                statement.execute("create database " + DATABASE);
            }
            // Services have no business in the server's own databases.
            statement.execute("revoke all on database postgres, template1 from public");
        } catch (SQLException e) {
            cluster.stop();
            throw new LocalPostgresFailed("The database could not be created: " + e, e);
        }
    }
}
