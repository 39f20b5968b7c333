package io.ferrypay.notify.wechatmessage;

import io.ferrypay.notify.secret.Vault;
import io.ferrypay.notify.webhook.TellMerchant;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * All messages that were ever to be sent: claimed with a lease, so that several instances share the
 * work and a dead one's is done again.
 */
@Component
class Messages {

    private static final String CLAIM =
            """
            with chosen as (
                select m.id from wechat_message m
                 where m.status = 'pending' and m.next_attempt_at <= :now and (m.leased_until is null or m.leased_until < :now)
                   and m.appid not in (select appid from wechat_account_rest where until > :now)
                 order by m.next_attempt_at, m.id limit :most for update skip locked
            ), claimed as (
                update wechat_message m set leased_until = :lease, claims = m.claims + 1 from chosen where m.id = chosen.id returning m.*
            )
            select c.id, c.binding_id, c.merchant_id, c.livemode, c.appid, c.type, c.content, c.claims, c.attempts, c.give_up_at, b.sealed_openid
              from claimed c join wechat_binding b on b.id = c.binding_id
            """;

    private static final TypeReference<Map<String, String>> CONTENT = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Vault vault;
    private final TellMerchant tell;
    private final JsonMapper json;
    private final Clock clock;

    Messages(JdbcClient jdbc, Vault vault, TellMerchant tell, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.tell = tell;
        this.json = json;
        this.clock = clock;
    }

    /**
     * One message to be tried now.
     *
     * @param claim which claim of it this is; only the newest one's result counts
     * @param openid null when the binding ended meanwhile; never written down
     */
    record Due(
            String id,
            String bindingId,
            KeepBindings.Owner owner,
            String appid,
            String type,
            Map<String, String> content,
            int claim,
            int attempts,
            Instant giveUpAt,
            @Nullable String openid) {

        @Override
        public String toString() {
            return "Due[" + id + "]";
        }
    }

    @Transactional
    List<Due> claim(int most, Duration lease) {
        var now = clock.instant();
        return jdbc.sql(CLAIM)
                .param("now", KeepBindings.utc(now))
                .param("most", most)
                .param("lease", KeepBindings.utc(now.plus(lease)))
                .query((row, _) -> due(row))
                .list();
    }

    private Due due(ResultSet row) throws SQLException {
        var sealed = row.getString("sealed_openid");
        return new Due(
                row.getString("id"),
                row.getString("binding_id"),
                new KeepBindings.Owner(row.getString("merchant_id"), row.getBoolean("livemode")),
                row.getString("appid"),
                row.getString("type"),
                json.readValue(row.getString("content"), CONTENT),
                row.getInt("claims"),
                row.getInt("attempts"),
                row.getObject("give_up_at", OffsetDateTime.class).toInstant(),
                sealed == null ? null : new String(vault.open(sealed), StandardCharsets.UTF_8));
    }

    /** A result that may be written again; that of an older claim changes nothing. */
    @Transactional
    void sent(Due due, @Nullable Long msgid) {
        if (msgid != null) {
            jdbc.sql("update wechat_message set msgid = ? where id = ? and claims = ?")
                    .params(msgid, due.id(), due.claim())
                    .update();
        }
        end(due, "sent", null);
    }

    @Transactional
    void dead(Due due, String error) {
        end(due, "dead", error);
    }

    @Transactional
    void dropped(Due due, String error) {
        end(due, "dropped", error);
    }

    private void end(Due due, String status, @Nullable String error) {
        jdbc.sql(
                        "update wechat_message set status = ?, last_error = ?, attempts = attempts + 1, finished_at = ?, leased_until = null where id = ? and claims = ? and status = 'pending'")
                .param(1, status)
                .param(2, error, java.sql.Types.VARCHAR)
                .param(3, KeepBindings.utc(clock.instant()))
                .param(4, due.id())
                .param(5, due.claim())
                .update();
    }

    @Transactional
    void again(Due due, String error, Instant at) {
        jdbc.sql(
                        "update wechat_message set last_error = ?, attempts = attempts + 1, next_attempt_at = ?, leased_until = null where id = ? and claims = ? and status = 'pending'")
                .params(error, KeepBindings.utc(at), due.id(), due.claim())
                .update();
    }

    /** The account sends nothing until then, and this message waits with all others of it. */
    @Transactional
    void rest(Due due, Instant until, String reason) {
        jdbc.sql(
                        "insert into wechat_account_rest (appid, until, reason) values (?, ?, ?) on conflict (appid) do update set until = greatest(wechat_account_rest.until, excluded.until), reason = excluded.reason")
                .params(due.appid(), KeepBindings.utc(until), reason)
                .update();
        jdbc.sql(
                        "update wechat_message set last_error = ?, next_attempt_at = ?, leased_until = null where id = ? and claims = ? and status = 'pending'")
                .params(reason, KeepBindings.utc(until), due.id(), due.claim())
                .update();
    }

    /**
     * Nobody can write to this person any more: the binding ends, and its merchant is told once.
     */
    @Transactional
    void personGone(Due due, String reason) {
        dropped(due, reason);
        if (Endings.end(jdbc, due.bindingId(), reason, clock.instant())) {
            tell.tell(
                    due.owner().merchantId(),
                    due.owner().livemode(),
                    "wechat_binding.ended",
                    due.bindingId(),
                    Map.of(
                            "id",
                            due.bindingId(),
                            "object",
                            "wechat_binding",
                            "status",
                            "ended",
                            "ended_reason",
                            reason));
        }
    }

    /** Ends some of those whose time is over, whatever they wait for; how many it was. */
    @Transactional
    int giveUp(int most) {
        return jdbc.sql(
                        """
                        update wechat_message set status = 'dead', last_error = coalesce(last_error, 'given_up'), finished_at = :now, leased_until = null
                         where id in (select id from wechat_message
                                       where status = 'pending' and give_up_at <= :now and (leased_until is null or leased_until < :now)
                                       limit :most for update skip locked)
                        """)
                .param("now", KeepBindings.utc(clock.instant()))
                .param("most", most)
                .update();
    }

    /** Old messages, and codes that nobody scanned. */
    @Transactional
    int forget(Duration retention, int most) {
        var now = clock.instant();
        jdbc.sql(
                        "delete from wechat_binding where id in (select id from wechat_binding where status = 'waiting' and code_ends_at < ? limit ?)")
                .params(KeepBindings.utc(now.minus(Duration.ofDays(1))), most)
                .update();
        jdbc.sql(
                        "delete from wechat_arrival where ctid in (select ctid from wechat_arrival where told_at < ? limit ?)")
                .params(KeepBindings.utc(now.minus(retention)), most)
                .update();
        return jdbc.sql(
                        "delete from wechat_message where id in (select id from wechat_message where created_at < ? and status <> 'pending' order by created_at limit ?)")
                .params(KeepBindings.utc(now.minus(retention)), most)
                .update();
    }

    long backlog() {
        return jdbc.sql(
                        "select count(*) from (select 1 from wechat_message where status = 'pending' limit 100000) pending")
                .query(Long.class)
                .single();
    }
}
