package io.ferrypay.merchant.device;

import io.ferrypay.identity.Mode;
import java.security.PublicKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All devices ever made. */
@Repository
class DeviceTable {

    private final JdbcClient jdbc;

    DeviceTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Device device, byte[] pairingHash, Instant pairingEndsAt) {
        jdbc.sql(
                        """
                        insert into device (id, merchant_id, mode, store_id, name, pairing_hash,
                            pairing_ends_at, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        device.id(),
                        device.merchantId(),
                        device.mode().text(),
                        device.storeId(),
                        device.name(),
                        pairingHash,
                        at(pairingEndsAt),
                        at(device.createdAt()))
                .update();
    }

    Optional<Device> find(String merchantId, Mode mode, String id) {
        return jdbc.sql("select * from device where id = ? and merchant_id = ? and mode = ?")
                .params(id, merchantId, mode.text())
                .query((row, _) -> device(row))
                .optional();
    }

    List<Device> newestBefore(String merchantId, Mode mode, String before, int limit) {
        return jdbc.sql(
                        "select * from device where merchant_id = ? and mode = ? and id < ? order by id desc limit ?")
                .params(merchantId, mode.text(), before, limit)
                .query((row, _) -> device(row))
                .list();
    }

    /** False when the device is revoked. */
    boolean giveCode(String id, byte[] pairingHash, Instant endsAt) {
        return jdbc.sql(
                                "update device set pairing_hash = ?, pairing_ends_at = ? where id = ? and revoked_at is null")
                        .params(pairingHash, at(endsAt), id)
                        .update()
                == 1;
    }

    /** No code is given twice at a time, but one that is over may be given again. */
    boolean isGiven(byte[] pairingHash, Instant now) {
        jdbc.sql(
                        "update device set pairing_hash = null, pairing_ends_at = null where pairing_hash = ? and pairing_ends_at <= ?")
                .params(pairingHash, at(now))
                .update();
        return jdbc.sql("select count(*) from device where pairing_hash = ?")
                        .param(pairingHash)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /**
     * Uses the code up: of two devices that type it at the same time one gets it. Whoever was
     * signed in is out.
     */
    Optional<Device> pair(byte[] pairingHash, String random, byte[] publicKey, Instant now) {
        return jdbc.sql(
                        """
                        update device set pairing_hash = null, pairing_ends_at = null,
                            key_id = 'dk_' || mode || '_' || :random, public_key = :key, paired_at = :now,
                            cashier_id = null, cashier_since = null
                        where pairing_hash = :hash and pairing_ends_at > :now and revoked_at is null
                        returning *
                        """)
                .param("random", random)
                .param("key", publicKey)
                .param("now", at(now))
                .param("hash", pairingHash)
                .query((row, _) -> device(row))
                .optional();
    }

    void revoke(String id, Instant now) {
        jdbc.sql(
                        """
                        update device set revoked_at = ?, pairing_hash = null, pairing_ends_at = null,
                            cashier_id = null, cashier_since = null
                        where id = ? and revoked_at is null
                        """)
                .params(at(now), id)
                .update();
        jdbc.sql("delete from cashier_proof where device_id = ?").param(id).update();
    }

    void revokeAllOf(String storeId, Instant now) {
        jdbc.sql(
                        """
                        update device set revoked_at = ?, pairing_hash = null, pairing_ends_at = null,
                            cashier_id = null, cashier_since = null
                        where store_id = ? and revoked_at is null
                        """)
                .params(at(now), storeId)
                .update();
        jdbc.sql(
                        "delete from cashier_proof where device_id in (select id from device where store_id = ?)")
                .param(storeId)
                .update();
    }

    void rename(String id, String name) {
        jdbc.sql("update device set name = ? where id = ?").params(name, id).update();
    }

    /** Nothing is written when another request of it has just done so. */
    void seen(String id, Instant now, Instant unlessSince) {
        jdbc.sql(
                        "update device set last_seen_at = ? where id = ? and (last_seen_at is null or last_seen_at < ?)")
                .params(at(now), id, at(unlessSince))
                .update();
    }

    /** A device with the key it signs by. */
    record Keyed(Device device, PublicKey publicKey) {}

    Optional<Keyed> byKey(String keyId) {
        return jdbc.sql("select * from device where key_id = ?")
                .param(keyId)
                .query((row, _) ->
                        new Keyed(device(row), PublicKeys.kept(row.getBytes("public_key"))))
                .optional();
    }

    /** False when the device has signed with it before. */
    boolean spend(String deviceId, String nonce, Instant expiresAt) {
        return jdbc.sql(
                                "insert into device_nonce (device_id, nonce, expires_at) values (?, ?, ?) on conflict do nothing")
                        .params(deviceId, nonce, at(expiresAt))
                        .update()
                == 1;
    }

    int forgetNonces(Instant now, int most) {
        return jdbc.sql(
                        "delete from device_nonce where ctid in (select ctid from device_nonce where expires_at < ? limit ?)")
                .params(at(now), most)
                .update();
    }

    /** The shift goes on when it is the same cashier's and began after {@code newerThan}. */
    Device beginShift(String id, String cashierId, Instant now, Instant newerThan) {
        return jdbc.sql(
                        """
                        update device set cashier_id = :cashier,
                            cashier_since = case when cashier_id = :cashier and cashier_since > :newer
                                then cashier_since else :now end
                        where id = :id returning *
                        """)
                .param("cashier", cashierId)
                .param("newer", at(newerThan))
                .param("now", at(now))
                .param("id", id)
                .query((row, _) -> device(row))
                .single();
    }

    void endShift(String id) {
        jdbc.sql("update device set cashier_id = null, cashier_since = null where id = ?")
                .param(id)
                .update();
        jdbc.sql("delete from cashier_proof where device_id = ?").param(id).update();
    }

    static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Device device(ResultSet row) throws SQLException {
        return new Device(
                row.getString("id"),
                row.getString("merchant_id"),
                Mode.of(row.getString("mode")),
                row.getString("store_id"),
                row.getString("name"),
                row.getString("key_id"),
                row.getString("cashier_id"),
                instant(row, "cashier_since"),
                instant(row, "pairing_ends_at"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "paired_at"),
                instant(row, "last_seen_at"),
                instant(row, "revoked_at"));
    }
}
