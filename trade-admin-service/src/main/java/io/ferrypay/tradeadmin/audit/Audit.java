package io.ferrypay.tradeadmin.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes down what is done, in the transaction that does it: both are there, or neither is. The end
 * of the chain is locked last, right before the commit, so nobody who waits for it holds up others
 * with locks that those need first.
 */
@Service
public class Audit {

    /** Where this service's own entries happened. */
    public static final String HERE = "trade-admin-service";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final JsonMapper json;
    private final Clock clock;

    Audit(JdbcClient jdbc, TransactionTemplate transactions, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What was done.
     *
     * @param action such as {@code staff.invited}; stable
     * @param before what was, a record or map that JSON can hold; never a secret
     * @param after what is
     */
    public record Act(
            String action,
            String subject,
            @Nullable Object before,
            @Nullable Object after,
            @Nullable String reason) {

        /** Something that only happened, or was looked at. */
        public static Act of(String action, String subject) {
            return new Act(action, subject, null, null, null);
        }
    }

    private record Pending(
            @Nullable String eventId,
            String service,
            Who who,
            String action,
            String subject,
            @Nullable String before,
            @Nullable String after,
            @Nullable String reason) {}

    /** In the transaction that is open, which has to be one. */
    public void record(Who who, Act act) {
        record(null, HERE, who, act);
    }

    /**
     * What another service told by an event; the same event again adds nothing.
     *
     * @param service where it happened
     */
    public void record(@Nullable String eventId, String service, Who who, Act act) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("An audited act has a transaction");
        }
        Unwritten.of(this)
                .pending
                .add(
                        new Pending(
                                eventId,
                                service,
                                who,
                                act.action(),
                                act.subject(),
                                text(act.before()),
                                text(act.after()),
                                act.reason()));
    }

    /**
     * For what changes nothing here, such as reading what is secret: committed before it goes on.
     */
    public void recordNow(Who who, Act act) {
        transactions.executeWithoutResult(_ -> record(who, act));
    }

    private @Nullable String text(@Nullable Object state) {
        if (state == null) {
            return null;
        }
        var tree = json.valueToTree(state);
        NoSecrets.check(tree);
        return json.writeValueAsString(tree);
    }

    /** What a transaction has done so far, to be written when it commits. */
    private static final class Unwritten implements TransactionSynchronization {

        private final Audit audit;
        private final List<Pending> pending = new ArrayList<>();

        private Unwritten(Audit audit) {
            this.audit = audit;
        }

        static Unwritten of(Audit audit) {
            for (var known : TransactionSynchronizationManager.getSynchronizations()) {
                if (known instanceof Unwritten unwritten && unwritten.audit.equals(audit)) {
                    return unwritten;
                }
            }
            var unwritten = new Unwritten(audit);
            TransactionSynchronizationManager.registerSynchronization(unwritten);
            return unwritten;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            audit.append(pending);
        }
    }

    private record Head(long sequence, String hash, Instant at) {

        static Head of(ResultSet row) throws SQLException {
            return new Head(
                    row.getLong(1),
                    ReadAudit.hex(row.getBytes(2)),
                    row.getTimestamp(3).toInstant());
        }
    }

    private void append(List<Pending> acts) {
        var head =
                jdbc.sql("select last_sequence, last_hash, last_at from audit_head for update")
                        .query((row, _) -> Head.of(row))
                        .single();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var at = now.isBefore(head.at()) ? head.at() : now;
        var sequence = head.sequence();
        var hash = HexFormat.of().parseHex(head.hash());
        for (var act : acts) {
            if (act.eventId() != null && isKnown(act.eventId())) {
                continue;
            }
            sequence++;
            var entry =
                    new AuditEntry(
                            sequence,
                            at,
                            act.eventId(),
                            act.service(),
                            act.who(),
                            act.action(),
                            act.subject(),
                            act.before(),
                            act.after(),
                            act.reason());
            hash = entry.hashAfter(hash);
            insert(entry, hash);
        }
    }

    private boolean isKnown(String eventId) {
        return jdbc.sql("select exists (select 1 from audit_entry where event_id = ?)")
                .param(eventId)
                .query(Boolean.class)
                .single();
    }

    private void insert(AuditEntry entry, byte[] hash) {
        jdbc.sql(
                        """
                        insert into audit_entry (sequence, at, event_id, service, who, account_id, session_id, address,
                            action, subject, before, after, reason, hash)
                        values (:sequence, :at, :event, :service, :who, :account, :session, :address,
                            :action, :subject, :before, :after, :reason, :hash)
                        """)
                .param("sequence", entry.sequence())
                .param("at", entry.at().atOffset(ZoneOffset.UTC))
                .param("event", entry.eventId())
                .param("service", entry.service())
                .param("who", entry.who().name())
                .param("account", entry.who().accountId())
                .param("session", entry.who().sessionId())
                .param("address", entry.who().address())
                .param("action", entry.action())
                .param("subject", entry.subject())
                .param("before", entry.before())
                .param("after", entry.after())
                .param("reason", entry.reason())
                .param("hash", hash)
                .update();
    }
}
