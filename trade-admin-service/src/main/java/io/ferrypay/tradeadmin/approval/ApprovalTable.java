package io.ferrypay.tradeadmin.approval;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** All requests and decisions ever made. */
@Repository
class ApprovalTable {

    private static final String COLUMNS =
            "id, kind, subject, payload::text as payload, diff::text as diff, reason, maker_account,"
                    + " maker, approvers_needed, status, version, created_at, expires_at, closed_at";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ApprovalTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A request with what it is to do. */
    record Stored(Approval approval, String payload) {}

    /** Those of one kind that wait. */
    record Waiting(String kind, int count, Instant oldest) {}

    /** False when the same is waiting already. */
    boolean add(Approval approval, String payload) {
        return jdbc.sql(
                                """
                                insert into approval (id, kind, subject, payload, diff, reason, maker_account, maker,
                                    approvers_needed, status, version, created_at, expires_at)
                                values (:id, :kind, :subject, :payload::jsonb, :diff::jsonb, :reason, :account, :maker,
                                    :needed, 'pending', :version, :created, :expires)
                                on conflict (kind, subject) where status = 'pending' do nothing
                                """)
                        .param("id", approval.id())
                        .param("kind", approval.kind())
                        .param("subject", approval.subject())
                        .param("payload", payload)
                        .param("diff", json.writeValueAsString(approval.diff()))
                        .param("reason", approval.reason())
                        .param("account", approval.maker().accountId())
                        .param("maker", approval.maker().name())
                        .param("needed", approval.approversNeeded())
                        .param("version", approval.version())
                        .param("created", utc(approval.createdAt()))
                        .param("expires", utc(approval.expiresAt()))
                        .update()
                == 1;
    }

    void add(String approvalId, Maker maker, Approval.Decision decision) {
        jdbc.sql(
                        """
                        insert into approval_decision
                            (approval_id, maker, account_id, person_id, verdict, reason, decided_at)
                        values (:approval, :maker, :account, :person, :verdict, :reason, :at)
                        """)
                .param("approval", approvalId)
                .param("maker", maker.name())
                .param("account", decision.accountId())
                .param("person", decision.personId())
                .param("verdict", decision.approves() ? "approve" : "reject")
                .param("reason", decision.reason())
                .param("at", utc(decision.decidedAt()))
                .update();
    }

    void move(Approval approval, ApprovalStatus status, @Nullable Instant closedAt) {
        jdbc.sql(
                        """
                        update approval set status = :status, version = version + 1, closed_at = :closed
                         where id = :id
                        """)
                .param("status", status.text())
                .param("closed", closedAt == null ? null : utc(closedAt))
                .param("id", approval.id())
                .update();
    }

    Optional<Stored> find(String id) {
        return one("select " + COLUMNS + " from approval where id = ?", id);
    }

    /** Nobody else decides it until the transaction ends. */
    Optional<Stored> lock(String id) {
        return one("select " + COLUMNS + " from approval where id = ? for update", id);
    }

    Optional<Stored> lockOpen(String kind, String subject) {
        return one(
                "select "
                        + COLUMNS
                        + " from approval where kind = ? and subject = ? and status = 'pending'"
                        + " for update",
                kind,
                subject);
    }

    /**
     * The oldest that is over; one that somebody decides at this moment is left to them.
     *
     * @param except what is passed over
     */
    Optional<String> lockOverdue(Instant now, Collection<String> kinds, Collection<String> except) {
        return kinds.isEmpty()
                ? Optional.empty()
                : jdbc.sql(
                                "select id from approval where status = 'pending' and expires_at < :now"
                                        + " and kind in (:kinds) and id <> all(:except)"
                                        + " order by expires_at limit 1 for update skip locked")
                        .param("now", utc(now))
                        .param("kinds", kinds)
                        .param("except", except.toArray(String[]::new))
                        .query(String.class)
                        .optional();
    }

    private Optional<Stored> one(String sql, Object... params) {
        return jdbc.sql(sql)
                .params(params)
                .query((row, _) -> stored(row))
                .optional()
                .map(stored -> withDecisions(List.of(stored)).getFirst());
    }

    /** Newest first. */
    List<Stored> list(
            Collection<String> kinds,
            @Nullable ApprovalStatus status,
            @Nullable String before,
            int limit) {
        if (kinds.isEmpty()) {
            return List.of();
        }
        return withDecisions(
                jdbc.sql(
                                "select "
                                        + COLUMNS
                                        + " from approval where kind in (:kinds)"
                                        + (status == null ? "" : " and status = :status")
                                        + (before == null ? "" : " and id < :before")
                                        + " order by id desc limit :limit")
                        .param("kinds", kinds)
                        .param("status", status == null ? "" : status.text())
                        .param("before", before == null ? "" : before)
                        .param("limit", limit)
                        .query((row, _) -> stored(row))
                        .list());
    }

    List<Waiting> waiting(Collection<String> kinds) {
        return kinds.isEmpty()
                ? List.of()
                : jdbc.sql(
                                "select kind, count(*) as n, min(created_at) as oldest from approval"
                                        + " where status = 'pending' and kind in (:kinds)"
                                        + " group by kind order by kind")
                        .param("kinds", kinds)
                        .query((row, _) ->
                                new Waiting(
                                        row.getString("kind"),
                                        row.getInt("n"),
                                        row.getTimestamp("oldest").toInstant()))
                        .list();
    }

    private List<Stored> withDecisions(List<Stored> found) {
        if (found.isEmpty()) {
            return found;
        }
        Map<String, List<Approval.Decision>> decisions = new HashMap<>();
        jdbc.sql(
                        "select approval_id, account_id, person_id, verdict, reason, decided_at"
                                + " from approval_decision where approval_id in (:ids)"
                                + " order by decided_at, person_id")
                .param("ids", found.stream().map(stored -> stored.approval().id()).toList())
                .query(row -> {
                    decisions
                            .computeIfAbsent(row.getString("approval_id"), _ -> new ArrayList<>())
                            .add(
                                    new Approval.Decision(
                                            row.getString("account_id"),
                                            row.getString("person_id"),
                                            row.getString("verdict").equals("approve"),
                                            row.getString("reason"),
                                            row.getTimestamp("decided_at").toInstant()));
                });
        return found.stream()
                .map(stored ->
                        new Stored(
                                with(
                                        stored.approval(),
                                        decisions.getOrDefault(stored.approval().id(), List.of())),
                                stored.payload()))
                .toList();
    }

    private static Approval with(Approval approval, List<Approval.Decision> decisions) {
        return new Approval(
                approval.id(),
                approval.kind(),
                approval.subject(),
                approval.diff(),
                approval.reason(),
                approval.maker(),
                approval.approversNeeded(),
                approval.status(),
                approval.version(),
                approval.createdAt(),
                approval.expiresAt(),
                approval.closedAt(),
                decisions);
    }

    private Stored stored(ResultSet row) throws SQLException {
        var closedAt = row.getTimestamp("closed_at");
        return new Stored(
                new Approval(
                        row.getString("id"),
                        row.getString("kind"),
                        row.getString("subject"),
                        json.readValue(row.getString("diff"), new TypeReference<>() {}),
                        row.getString("reason"),
                        new Maker(row.getString("maker_account"), row.getString("maker")),
                        row.getInt("approvers_needed"),
                        ApprovalStatus.of(row.getString("status")),
                        row.getLong("version"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("expires_at").toInstant(),
                        closedAt == null ? null : closedAt.toInstant(),
                        List.of()),
                row.getString("payload"));
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
