package io.ferrypay.events;

import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where a service publishes its events: a table written in the transaction that makes them true, so
 * neither can exist without the other.
 *
 * <p>Events are read in the order of their transactions' ids, and a transaction gets its id with
 * its first write. Two transactions changing the same subject are told in the order they changed it
 * if each locks the subject (reads it {@code for update}, or changes it) before it writes anything
 * else; where that cannot be had, {@link Event#version()} tells the receiver which is newer.
 *
 * <p>A transaction that stays open holds back every event younger than itself, on the whole server.
 * Never wait for another company inside one.
 */
public final class Outbox {
    /**
     * The insert behind {@link #append}: id, type, subject, version, time ({@code timestamptz}),
     * data (JSON as {@code text}). The table fills in {@code txid} and {@code position} itself.
     *
     * <p>A set-based writer selects into the same columns, for example
     *
     * <pre>{@code
     * with expired as (update payment set … where … returning *)
     * insert into outbox (id, type, subject, version, time, data)
     * select 'evt_' || …, 'payment.expired', id, version, now(), json_build_object(…)::text
     *   from expired
     * }</pre>
     *
     * and calls {@link #wakeReadersAfterCommit()} in the same transaction.
     */
    public static final String INSERT_SQL =
            "insert into outbox (id, type, subject, version, time, data) values (?, ?, ?, ?, ?, ?)";

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    private final JdbcTemplate jdbc;
    private final CommitSignal signal = new CommitSignal();
    private final TransactionSynchronization wakeUp =
            new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    signal.committed();
                }
            };

    public Outbox(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Publishes the event if and when the caller's transaction commits.
     *
     * @throws IllegalStateException if there is no transaction
     */
    public void append(Event event) {
        wakeReadersAfterCommit();
        jdbc.update(INSERT_SQL, columns(event));
        log.debug("Publishing {}", event);
    }

    /** As {@link #append(Event)}, for several events in their order. */
    public void append(List<Event> events) {
        wakeReadersAfterCommit();
        jdbc.batchUpdate(INSERT_SQL, events.stream().map(Outbox::columns).toList());
        log.debug("Publishing {}", events);
    }

    /**
     * Only needed by those who write to the table themselves: without it readers notice the events
     * within 100 ms.
     *
     * @throws IllegalStateException if there is no transaction
     */
    public void wakeReadersAfterCommit() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "Events are published in the transaction that makes them true, and there is none");
        }
        // The same object each time: a transaction with many events wakes the readers once.
        TransactionSynchronizationManager.registerSynchronization(wakeUp);
    }

    CommitSignal signal() {
        return signal;
    }

    private static Object[] columns(Event event) {
        return new Object[] {
            event.id(),
            event.type(),
            event.subject(),
            event.version(),
            event.time().atOffset(ZoneOffset.UTC),
            event.data().toString()
        };
    }
}
