package io.ferrypay.paymentchannel.export;

import io.ferrypay.identity.Mode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * All exports, and the pieces of their files. A piece is written together with how far that brings
 * its export, so whoever goes on after a crash repeats nothing and misses nothing.
 */
@Repository
class Exports {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;

    Exports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether it could begin: the merchant has no other one under way in that mode. */
    boolean add(Export export) {
        return jdbc.sql(
                                """
                                insert into export (id, merchant_id, livemode, kind, filters, time_zone, status,
                                                    created_at, due_at)
                                values (?, ?, ?, ?, ?, ?, 'waiting', ?, ?)
                                on conflict (merchant_id, livemode) where status in ('waiting', 'running')
                                    do nothing
                                """)
                        .param(export.id())
                        .param(export.merchantId())
                        .param(export.mode().livemode())
                        .param(export.kind().wireName())
                        .param(JSON.writeValueAsString(export.filters()))
                        .param(export.zone().getId())
                        .param(Timestamp.from(export.createdAt()))
                        .param(Timestamp.from(export.createdAt()))
                        .update()
                == 1;
    }

    Optional<Export> find(String merchantId, Mode mode, String id) {
        return jdbc.sql("select * from export where id = ? and merchant_id = ? and livemode = ?")
                .params(id, merchantId, mode.livemode())
                .query((row, _) -> export(row))
                .optional();
    }

    /** The newest first. */
    List<Export> newest(String merchantId, Mode mode, int limit) {
        return jdbc.sql(
                        """
                        select * from export where merchant_id = ? and livemode = ?
                         order by id desc limit ?
                        """)
                .params(merchantId, mode.livemode(), limit)
                .query((row, _) -> export(row))
                .list();
    }

    Optional<Export> underWay(String merchantId, Mode mode) {
        return jdbc.sql(
                        """
                        select * from export where merchant_id = ? and livemode = ?
                           and status in ('waiting', 'running')
                        """)
                .params(merchantId, mode.livemode())
                .query((row, _) -> export(row))
                .optional();
    }

    /** The one that has waited longest for its next piece. */
    Optional<Export> due(Instant now) {
        return jdbc.sql(
                        """
                        select * from export where status in ('waiting', 'running') and due_at <= ?
                         order by due_at limit 1
                        """)
                .param(Timestamp.from(now))
                .query((row, _) -> export(row))
                .optional();
    }

    /** How far a step brings an export. */
    record Step(
            long totalRows,
            long moreRows,
            int moreBytes,
            @Nullable String lastId,
            ExportStatus status,
            @Nullable Instant expiresAt) {}

    /**
     * Whether the step counts: not if the export was canceled meanwhile, or another instance was
     * faster.
     */
    @Transactional
    boolean advance(Export before, Step step, byte[] part, Instant now) {
        var moved =
                jdbc.sql(
                                        """
                                        update export set status = :status, total_rows = :total,
                                               rows = rows + :rows, size = size + :bytes, parts = parts + 1,
                                               last_id = coalesce(:last, last_id), tries = 0, due_at = :now,
                                               ended_at = case when :status = 'ready' then :now::timestamptz end,
                                               expires_at = :expires
                                         where id = :id and status in ('waiting', 'running') and parts = :parts
                                        """)
                                .param("status", step.status().wireName())
                                .param("total", step.totalRows())
                                .param("rows", step.moreRows())
                                .param("bytes", step.moreBytes())
                                .param("last", step.lastId())
                                .param("now", Timestamp.from(now))
                                .param(
                                        "expires",
                                        step.expiresAt() == null
                                                ? null
                                                : Timestamp.from(step.expiresAt()))
                                .param("id", before.id())
                                .param("parts", before.parts())
                                .update()
                        == 1;
        if (moved) {
            jdbc.sql("insert into export_part (export_id, number, content) values (?, ?, ?)")
                    .params(before.id(), before.parts(), part)
                    .update();
        }
        return moved;
    }

    /** A step did not work out: again later, or never. */
    @Transactional
    void failed(Export export, @Nullable String forGood, Instant again, Instant now) {
        jdbc.sql(
                        """
                        update export set tries = tries + 1, due_at = :again, failure_code = :code,
                               status = case when :code::text is null then status else 'failed' end,
                               ended_at = case when :code::text is null then null else :now::timestamptz end
                         where id = :id and status in ('waiting', 'running') and parts = :parts
                        """)
                .param("again", Timestamp.from(again))
                .param("code", forGood)
                .param("now", Timestamp.from(now))
                .param("id", export.id())
                .param("parts", export.parts())
                .update();
        if (forGood != null) {
            forgetParts(export.id());
        }
    }

    /** Whether it was under way. */
    @Transactional
    boolean cancel(String id, Instant now) {
        var canceled =
                jdbc.sql(
                                        """
                                        update export set status = 'canceled', ended_at = ?
                                         where id = ? and status in ('waiting', 'running')
                                        """)
                                .param(Timestamp.from(now))
                                .param(id)
                                .update()
                        == 1;
        if (canceled) {
            forgetParts(id);
        }
        return canceled;
    }

    /** Deletes files whose time is over, and those beyond the newest of their merchant and mode. */
    @Transactional
    int expire(Instant now, int mostKept) {
        var ids =
                jdbc.sql(
                                """
                                update export set status = 'expired' where id in (
                                    select id from (
                                        select id, expires_at, row_number() over (
                                                   partition by merchant_id, livemode order by id desc) nth
                                          from export where status = 'ready') kept
                                     where expires_at <= ? or nth > ?)
                                returning id
                                """)
                        .param(Timestamp.from(now))
                        .param(mostKept)
                        .query(String.class)
                        .list();
        ids.forEach(this::forgetParts);
        return ids.size();
    }

    /** Forgets that there ever was an export. */
    int forgetBefore(Instant time) {
        return jdbc.sql(
                        """
                        delete from export where created_at < ?
                           and status in ('failed', 'canceled', 'expired')
                        """)
                .param(Timestamp.from(time))
                .update();
    }

    private void forgetParts(String id) {
        jdbc.sql("delete from export_part where export_id = ?").param(id).update();
    }

    Optional<byte[]> part(String id, int number) {
        return jdbc.sql("select content from export_part where export_id = ? and number = ?")
                .params(id, number)
                .query((row, _) -> row.getBytes(1))
                .optional();
    }

    private static Export export(ResultSet row) throws SQLException {
        var total = row.getObject("total_rows", Long.class);
        return new Export(
                row.getString("id"),
                row.getString("merchant_id"),
                row.getBoolean("livemode") ? Mode.LIVE : Mode.TEST,
                ExportKind.ofWireName(row.getString("kind")).orElseThrow(),
                JSON.readValue(row.getString("filters"), ExportFilters.class),
                ZoneId.of(row.getString("time_zone")),
                ExportStatus.ofWireName(row.getString("status")),
                total,
                row.getLong("rows"),
                row.getLong("size"),
                row.getInt("parts"),
                row.getString("last_id"),
                row.getInt("tries"),
                row.getString("failure_code"),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("ended_at")),
                instant(row.getTimestamp("expires_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
