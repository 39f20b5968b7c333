package io.ferrypay.paymentchannel.staticcode;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Currency;
import io.ferrypay.paymentchannel.risk.UsualUse.Code;
import io.ferrypay.paymentchannel.risk.UsualUse.Usual;
import io.ferrypay.paymentchannel.staticcode.UnusualUseRules.Finding;
import io.ferrypay.paymentchannel.staticcode.UnusualUseRules.Recent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All spells of unusual use, and what is known of how printed codes are used. */
@Repository
class UnusualUses {

    private static final long WATCHING = 0x5374_6174_6963L;

    private static final String SELECT =
            """
            select u.*, c.label, c.serial, c.store_name, c.currency
              from unusual_use u join static_code_copy c using (static_code_id)
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    UnusualUses(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    /** False while another instance looks; ours until the transaction ends. */
    boolean isOursToLook() {
        return jdbc.sql("select pg_try_advisory_xact_lock(?)")
                .param(WATCHING)
                .query(Boolean.class)
                .single();
    }

    /**
     * A code that was used lately.
     *
     * @param usualAsOf when what is usual was looked up; null if it never was
     */
    record Used(Code code, Recent recent, Usual usual, @Nullable Instant usualAsOf) {}

    /** Codes after that one that somebody began to pay by since then, by their ids. */
    List<Used> usedSince(Instant start, String after, int most) {
        return jdbc.sql(
                        """
                        select c.static_code_id, c.livemode, c.time_zone, c.currency, r.*,
                               u.as_of, u.payments, u.amount_minor, u.days, u.busiest_hour, u.hours as usual_hours
                          from (select p.static_code_id as id, count(*) as begun,
                                       count(*) filter (where p.paid_at is not null) as paid,
                                       count(*) filter (where p.paid_at is null
                                           and p.status in ('failed', 'expired', 'canceled')) as unpaid,
                                       coalesce(max(p.amount_minor) filter (where p.paid_at is not null), 0) as largest,
                                       array_agg(distinct extract(hour from p.paid_at at time zone k.time_zone)::integer)
                                           filter (where p.paid_at is not null) as hours
                                  from payment p join static_code_copy k using (static_code_id)
                                 where p.static_code_id is not null and p.created_at >= :start
                                   and p.static_code_id > :after
                                 group by p.static_code_id
                                 order by p.static_code_id limit :most) r
                          join static_code_copy c on c.static_code_id = r.id
                          left join static_code_usual u on u.static_code_id = r.id
                         order by r.id
                        """)
                .param("start", Timestamp.from(start))
                .param("after", after)
                .param("most", most)
                .query((row, _) -> used(row))
                .list();
    }

    void keepUsual(Map<String, Usual> learned, Instant now) {
        template.batchUpdate(
                """
                insert into static_code_usual (static_code_id, as_of, payments, amount_minor, days, busiest_hour, hours)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (static_code_id) do update set as_of = excluded.as_of, payments = excluded.payments,
                    amount_minor = excluded.amount_minor, days = excluded.days,
                    busiest_hour = excluded.busiest_hour, hours = excluded.hours
                """,
                learned.entrySet(),
                learned.size() + 1,
                (statement, each) -> {
                    var usual = each.getValue();
                    statement.setString(1, each.getKey());
                    statement.setTimestamp(2, Timestamp.from(now));
                    statement.setLong(3, usual.payments());
                    statement.setLong(4, usual.amountMinor());
                    statement.setInt(5, usual.days());
                    statement.setLong(6, usual.busiestHour());
                    statement.setArray(
                            7,
                            statement
                                    .getConnection()
                                    .createArrayOf("integer", usual.hours().toArray()));
                });
    }

    /** The spell that begins with it; empty when one of the same kind goes on. */
    Optional<UnusualUse> begin(String id, Code code, Finding finding, Instant now) {
        var begun =
                jdbc.sql(
                                """
                                insert into unusual_use as spell (id, static_code_id, merchant_id, livemode, kind,
                                    observed, usual, began_at, last_seen_at)
                                select :id, static_code_id, merchant_id, livemode, :kind, :observed, :usual, :now, :now
                                  from static_code_copy where static_code_id = :code
                                on conflict (static_code_id, kind) where ended_at is null do update
                                    set last_seen_at = excluded.last_seen_at,
                                        observed = case when spell.kind = 'odd_hour' then spell.observed
                                                        else greatest(spell.observed, excluded.observed) end
                                returning id
                                """)
                        .param("id", id)
                        .param("kind", finding.kind().wireName())
                        .param("observed", finding.observed())
                        .param("usual", new SqlParameterValue(Types.BIGINT, finding.usual()))
                        .param("now", Timestamp.from(now))
                        .param("code", code.id())
                        .query(String.class)
                        .single();
        return begun.equals(id)
                ? Optional.of(
                        jdbc.sql(SELECT + " where u.id = ?")
                                .param(id)
                                .query((row, _) -> spell(row))
                                .single())
                : Optional.empty();
    }

    void endQuiet(Instant quietSince, Instant now) {
        jdbc.sql("update unusual_use set ended_at = ? where ended_at is null and last_seen_at < ?")
                .param(Timestamp.from(now))
                .param(Timestamp.from(quietSince))
                .update();
    }

    void forget(Instant endedBefore, int most) {
        jdbc.sql(
                        "delete from unusual_use where id in (select id from unusual_use where ended_at < ? limit ?)")
                .param(Timestamp.from(endedBefore))
                .param(most)
                .update();
    }

    /**
     * Newest first.
     *
     * @param staticCode empty for all
     * @param open only those that go on and that nobody has dismissed
     */
    List<UnusualUse> page(
            String merchantId,
            Mode mode,
            String staticCode,
            boolean open,
            String before,
            int most) {
        return jdbc.sql(
                        SELECT
                                + """
                                 where u.merchant_id = :merchant and u.livemode = :livemode and u.id < :before
                                   and (:code = '' or u.static_code_id = :code)
                                   and (not :open or u.ended_at is null and u.dismissed_at is null)
                                 order by u.id desc limit :most
                                """)
                .param("merchant", merchantId)
                .param("livemode", mode.livemode())
                .param("before", before)
                .param("code", staticCode)
                .param("open", open)
                .param("most", most)
                .query((row, _) -> spell(row))
                .list();
    }

    /** Empty when the merchant has none such in this mode. A second time changes nothing. */
    Optional<UnusualUse> dismiss(String merchantId, Mode mode, String id, Instant now) {
        jdbc.sql(
                        """
                        update unusual_use set dismissed_at = coalesce(dismissed_at, ?)
                         where id = ? and merchant_id = ? and livemode = ?
                        """)
                .param(Timestamp.from(now))
                .param(id)
                .param(merchantId)
                .param(mode.livemode())
                .update();
        return jdbc.sql(SELECT + " where u.id = ? and u.merchant_id = ? and u.livemode = ?")
                .param(id)
                .param(merchantId)
                .param(mode.livemode())
                .query((row, _) -> spell(row))
                .optional();
    }

    private static Used used(ResultSet row) throws SQLException {
        var asOf = row.getTimestamp("as_of");
        return new Used(
                new Code(
                        row.getString("static_code_id"),
                        row.getBoolean("livemode"),
                        ZoneId.of(row.getString("time_zone")),
                        row.getString("currency")),
                new Recent(
                        row.getLong("begun"),
                        row.getLong("paid"),
                        row.getLong("unpaid"),
                        row.getLong("largest"),
                        hours(row, "hours")),
                asOf == null
                        ? Usual.NONE
                        : new Usual(
                                row.getLong("payments"),
                                row.getLong("amount_minor"),
                                row.getInt("days"),
                                row.getLong("busiest_hour"),
                                hours(row, "usual_hours")),
                asOf == null ? null : asOf.toInstant());
    }

    private static Set<Integer> hours(ResultSet row, String column) throws SQLException {
        var hours = row.getArray(column);
        return hours == null ? Collections.emptySet() : Set.of((Integer[]) hours.getArray());
    }

    private static UnusualUse spell(ResultSet row) throws SQLException {
        return new UnusualUse(
                row.getString("id"),
                row.getString("static_code_id"),
                row.getString("merchant_id"),
                row.getBoolean("livemode"),
                row.getString("label"),
                row.getString("serial"),
                row.getString("store_name"),
                Currency.of(row.getString("currency")),
                UnusualUse.Kind.ofWireName(row.getString("kind")),
                row.getLong("observed"),
                row.getObject("usual", Long.class),
                row.getTimestamp("began_at").toInstant(),
                row.getTimestamp("last_seen_at").toInstant(),
                instant(row, "ended_at"),
                instant(row, "dismissed_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
