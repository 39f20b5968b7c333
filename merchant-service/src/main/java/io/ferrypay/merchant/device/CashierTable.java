package io.ferrypay.merchant.device;

import static io.ferrypay.merchant.device.DeviceTable.at;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All cashiers there ever were, and the proofs of those who gave their PIN just now. */
@Repository
class CashierTable {

    private final JdbcClient jdbc;

    CashierTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Cashier cashier, String pinHash) {
        jdbc.sql(
                        "insert into cashier (id, merchant_id, mode, store_id, name, pin_hash, created_at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        cashier.id(),
                        cashier.merchantId(),
                        cashier.mode().text(),
                        cashier.storeId(),
                        cashier.name(),
                        pinHash,
                        at(cashier.createdAt()))
                .update();
    }

    Optional<Cashier> find(String merchantId, Mode mode, String id) {
        return jdbc.sql("select * from cashier where id = ? and merchant_id = ? and mode = ?")
                .params(id, merchantId, mode.text())
                .query((row, _) -> cashier(row))
                .optional();
    }

    List<Cashier> newestBefore(String merchantId, Mode mode, String before, int limit) {
        return jdbc.sql(
                        "select * from cashier where merchant_id = ? and mode = ? and id < ? order by id desc limit ?")
                .params(merchantId, mode.text(), before, limit)
                .query((row, _) -> cashier(row))
                .list();
    }

    /** Those who may sign in, in the order in which they came. */
    List<Cashier> of(String storeId) {
        return jdbc.sql(
                        "select * from cashier where store_id = ? and disabled_at is null order by id")
                .param(storeId)
                .query((row, _) -> cashier(row))
                .list();
    }

    /** The store's row is locked, so that two at a time can't pass the limit. */
    int countLocked(String storeId) {
        jdbc.sql("select id from store where id = ? for update")
                .param(storeId)
                .query(String.class)
                .single();
        return jdbc.sql("select count(*) from cashier where store_id = ? and disabled_at is null")
                .param(storeId)
                .query(Integer.class)
                .single();
    }

    Optional<String> pinHash(String id, String storeId) {
        return jdbc.sql(
                        "select pin_hash from cashier where id = ? and store_id = ? and disabled_at is null")
                .params(id, storeId)
                .query(String.class)
                .optional();
    }

    /**
     * Nobody changes the PIN or disables the cashier until the transaction ends; who is about to do
     * so comes first.
     */
    Optional<String> pinHashLocked(String id, String storeId) {
        return jdbc.sql(
                        "select pin_hash from cashier where id = ? and store_id = ? and disabled_at is null for share")
                .params(id, storeId)
                .query(String.class)
                .optional();
    }

    /** False when the cashier is disabled. Proofs given by the old PIN are worthless. */
    boolean setPin(String id, String pinHash) {
        // First the cashier's row, which whoever signs in holds: then no proof is on its way.
        var changed =
                jdbc.sql("update cashier set pin_hash = ? where id = ? and disabled_at is null")
                        .params(pinHash, id)
                        .update();
        jdbc.sql("delete from cashier_proof where cashier_id = ?").param(id).update();
        return changed == 1;
    }

    /**
     * @param currency of the limits
     * @return the cashier's new revision; empty when they are disabled
     */
    Optional<Long> limit(String id, String currency, Cashier.Limits limits) {
        return jdbc.sql(
                        """
                        update cashier set revision = revision + 1, currency = ?, sale_limit_minor = ?,
                            daily_sales_limit_minor = ?, refund_limit_minor = ?, daily_refunds_limit_minor = ?
                        where id = ? and disabled_at is null returning revision
                        """)
                .param(currency)
                .param(minor(limits.sale()))
                .param(minor(limits.dailySales()))
                .param(minor(limits.refund()))
                .param(minor(limits.dailyRefunds()))
                .param(id)
                .query(Long.class)
                .optional();
    }

    private static SqlParameterValue minor(@Nullable Money money) {
        return new SqlParameterValue(Types.BIGINT, money == null ? null : money.minorUnits());
    }

    /** The cashier's new revision; empty when they were disabled before. */
    Optional<Long> disable(String id, Instant now) {
        var revision =
                jdbc.sql(
                                "update cashier set disabled_at = ?, revision = revision + 1 where id = ? and disabled_at is null returning revision")
                        .params(at(now), id)
                        .query(Long.class)
                        .optional();
        jdbc.sql("delete from cashier_proof where cashier_id = ?").param(id).update();
        jdbc.sql("update device set cashier_id = null, cashier_since = null where cashier_id = ?")
                .param(id)
                .update();
        return revision;
    }

    /**
     * @param only what it is good for; null for whatever the cashier does in the shift
     */
    void addProof(
            byte[] hash,
            String deviceId,
            String cashierId,
            @Nullable OneRefund only,
            Instant expiresAt) {
        jdbc.sql(
                        """
                        insert into cashier_proof (proof_hash, device_id, cashier_id, session_id,
                            idempotency_key, body_sha256, expires_at)
                        values (:hash, :device, :cashier, :session, :key, :body, :ends)
                        """)
                .param("hash", hash)
                .param("device", deviceId)
                .param("cashier", cashierId)
                .param("session", only == null ? null : only.sessionId())
                .param("key", only == null ? null : only.idempotencyKey())
                .param("body", only == null ? null : only.bodySha256())
                .param("ends", at(expiresAt))
                .update();
    }

    /**
     * A proof that is still good.
     *
     * @param only what it is good for; null for whatever the cashier does in the shift
     */
    record Proof(String cashierId, @Nullable OneRefund only) {}

    /** What was proven on this device by a cashier who may still work. */
    Optional<Proof> proof(byte[] hash, String deviceId, Instant now) {
        return jdbc.sql(
                        """
                        select p.cashier_id, p.session_id, p.idempotency_key, p.body_sha256
                          from cashier_proof p join cashier c on c.id = p.cashier_id
                         where p.proof_hash = ? and p.device_id = ? and p.expires_at > ?
                           and c.disabled_at is null
                        """)
                .params(hash, deviceId, at(now))
                .query((row, _) -> {
                    var session = row.getString("session_id");
                    return new Proof(
                            row.getString("cashier_id"),
                            session == null
                                    ? null
                                    : new OneRefund(
                                            session,
                                            row.getString("idempotency_key"),
                                            row.getString("body_sha256")));
                })
                .optional();
    }

    int forgetProofs(Instant now, int most) {
        return jdbc.sql(
                        "delete from cashier_proof where ctid in (select ctid from cashier_proof where expires_at < ? limit ?)")
                .params(at(now), most)
                .update();
    }

    private static Cashier cashier(ResultSet row) throws SQLException {
        return new Cashier(
                row.getString("id"),
                row.getString("merchant_id"),
                Mode.of(row.getString("mode")),
                row.getString("store_id"),
                row.getString("name"),
                new Cashier.Limits(
                        money(row, "sale_limit_minor"),
                        money(row, "daily_sales_limit_minor"),
                        money(row, "refund_limit_minor"),
                        money(row, "daily_refunds_limit_minor")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                DeviceTable.instant(row, "disabled_at"));
    }

    private static @Nullable Money money(ResultSet row, String column) throws SQLException {
        var minor = row.getLong(column);
        return row.wasNull() ? null : new Money(minor, Currency.of(row.getString("currency")));
    }
}
