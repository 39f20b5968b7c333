package io.ferrypay.reconcile.compare;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * One run of an account at a time, on all instances: days of an account share what is carried from
 * one to the next. The lock is a connection's, outside of any transaction, and gone with it.
 */
@Component
class AccountLock {

    /** Any number that is nobody else's here. */
    private static final int LOCKS = 0x7265636f;

    private final DataSource dataSource;

    AccountLock(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Empty if another has it; does not wait. */
    <T> Optional<T> whileLocked(String accountId, Supplier<T> work) {
        try (var connection = dataSource.getConnection()) {
            if (!ask(connection, "select pg_try_advisory_lock(?, hashtext(?))", accountId)) {
                return Optional.empty();
            }
            try {
                return Optional.of(work.get());
            } finally {
                ask(connection, "select pg_advisory_unlock(?, hashtext(?))", accountId);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The lock of an account failed", e);
        }
    }

    private static boolean ask(Connection connection, String question, String accountId)
            throws SQLException {
        try (var statement = connection.prepareStatement(question)) {
            statement.setInt(1, LOCKS);
            statement.setString(2, accountId);
            try (var answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}
