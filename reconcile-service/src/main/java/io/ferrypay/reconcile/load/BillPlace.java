package io.ferrypay.reconcile.load;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Takes whole lines of the standard bill. What is closed before it is finished leaves nothing. */
interface BillPlace extends AutoCloseable {

    void write(byte[] lines, int length) throws IOException;

    /** How many lines it took. */
    long finish() throws IOException;

    /** Of the file that the lines are in, once it is finished; null where it is a table. */
    @Nullable String sha256();

    @Override
    void close() throws IOException;

    /** Of the database: part of the connection's transaction. */
    static BillPlace table(Connection connection) throws SQLException {
        return new Table(
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                """
                                copy bill_line (day, account_id, line_number, kind, status, order_number,
                                    channel_reference, refund_number, refund_reference, channel_merchant,
                                    amount_minor, currency, yuan_minor, settled_minor, settled_currency,
                                    fee, rate, happened_at, settled_at) from stdin
                                """));
    }

    /** Of the store: it is there before the transaction that names it is over. */
    static BillPlace file(FileStore files) throws IOException {
        return new StoredFile(files);
    }

    final class Table implements BillPlace {

        private final CopyIn copy;

        Table(CopyIn copy) {
            this.copy = copy;
        }

        @Override
        public void write(byte[] lines, int length) throws IOException {
            try {
                copy.writeToCopy(lines, 0, length);
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }

        @Override
        public long finish() throws IOException {
            try {
                return copy.endCopy();
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }

        @Override
        public @Nullable String sha256() {
            return null;
        }

        @Override
        public void close() throws IOException {
            try {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }

    final class StoredFile implements BillPlace {

        private final FileStore files;
        private final Path part;
        private final OutputStream out;
        private long lines;
        private @Nullable String sha256;

        StoredFile(FileStore files) throws IOException {
            this.files = files;
            part = Files.createTempFile("bill-", ".part");
            out = new BufferedOutputStream(Files.newOutputStream(part));
        }

        @Override
        public void write(byte[] written, int length) throws IOException {
            for (int i = 0; i < length; i++) {
                if (written[i] == '\n') {
                    lines++;
                }
            }
            out.write(written, 0, length);
        }

        @Override
        public long finish() throws IOException {
            out.close();
            try (var in = Files.newInputStream(part)) {
                sha256 = files.add(in).sha256();
            }
            return lines;
        }

        @Override
        public @Nullable String sha256() {
            return sha256;
        }

        @Override
        public void close() throws IOException {
            out.close();
            Files.deleteIfExists(part);
        }
    }
}
