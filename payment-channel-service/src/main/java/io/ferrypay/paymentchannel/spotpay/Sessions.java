package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.identity.Mode;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.payment.PaymentStatus;
import io.ferrypay.paymentchannel.payment.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All sessions of all tills. A till sees its own and no others. */
@Repository
class Sessions {

    private static final String SELECT =
            """
            select s.*, p.status, p.merchant_reference, p.amount_minor, p.currency,
                   p.payer_amount_minor, p.payer_currency, p.shown_amount_minor, p.shown_currency,
                   p.refunded_minor, p.refund_reserved_minor, p.method as paid_by, p.failure_code,
                   p.decline_code, p.channel_reference, p.created_at as began_at, p.expires_at, p.paid_at, p.version,
                   exists (select from attempt a where a.payment_id = p.id) as attempted,
                   exists (select from attempt a where a.payment_id = p.id and a.status = 'reversing') as reversing
              from spotpay_session s join payment p on p.id = s.payment_id
            """;

    private final JdbcClient jdbc;

    Sessions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * In the transaction that makes the payment.
     *
     * @param tokenHash of what the till's code leads to; null when the shopper shows the code
     */
    void add(
            String id,
            String paymentId,
            DeviceCaller device,
            @Nullable PaymentMethod wallet,
            @Nullable Sha256 tokenHash,
            Instant now) {
        jdbc.sql(
                        """
                        insert into spotpay_session (id, payment_id, merchant_id, livemode, device_id,
                            store_id, store_name, cashier_id, method, shown_by, token_hash, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, decode(?, 'hex'), ?)
                        """)
                .param(id)
                .param(paymentId)
                .param(device.merchantId())
                .param(device.mode().livemode())
                .param(device.deviceId())
                .param(device.storeId())
                .param(device.storeName())
                .param(text(device.cashierId()))
                .param(text(wallet == null ? null : wallet.wireName()))
                .param((tokenHash == null ? ShownBy.SHOPPER : ShownBy.SHOP).wireName())
                .param(text(tokenHash == null ? null : tokenHash.hex()))
                .param(Timestamp.from(now))
                .update();
    }

    Optional<Session> find(DeviceCaller device, String id) {
        return jdbc.sql(
                        SELECT
                                + " where s.id = ? and s.device_id = ? and s.merchant_id = ? and s.livemode = ?")
                .param(id)
                .param(device.deviceId())
                .param(device.merchantId())
                .param(device.mode().livemode())
                .query((row, _) -> session(row))
                .optional();
    }

    Optional<Session> ofPayment(DeviceCaller device, String paymentId) {
        return jdbc.sql(
                        SELECT
                                + " where s.payment_id = ? and s.device_id = ? and s.merchant_id = ? and s.livemode = ?")
                .param(paymentId)
                .param(device.deviceId())
                .param(device.merchantId())
                .param(device.mode().livemode())
                .query((row, _) -> session(row))
                .optional();
    }

    /** Newest first. */
    List<Session> newest(DeviceCaller device, int limit) {
        return jdbc.sql(
                        SELECT
                                + """
                                 where s.device_id = ? and s.merchant_id = ? and s.livemode = ?
                                 order by s.id desc limit ?
                                """)
                .param(device.deviceId())
                .param(device.merchantId())
                .param(device.mode().livemode())
                .param(limit)
                .query((row, _) -> session(row))
                .list();
    }

    Optional<Session> byToken(Sha256 hash) {
        return jdbc.sql(SELECT + " where s.token_hash = decode(?, 'hex')")
                .param(hash.hex())
                .query((row, _) -> session(row))
                .optional();
    }

    /** Of two phones that scan at the same time one comes after the other. */
    Optional<Session> lockByToken(Sha256 hash) {
        return jdbc.sql(SELECT + " where s.token_hash = decode(?, 'hex') for update of s")
                .param(hash.hex())
                .query((row, _) -> session(row))
                .optional();
    }

    /** While it is locked. */
    void hold(String id, Sha256 holder, Instant now) {
        jdbc.sql(
                        "update spotpay_session set holder_hash = decode(?, 'hex'), holder_since = ? where id = ?")
                .param(holder.hex())
                .param(Timestamp.from(now))
                .param(id)
                .update();
    }

    void cancelUnsure(String id, Instant now) {
        jdbc.sql(
                        "update spotpay_session set cancel_unsure_at = coalesce(cancel_unsure_at, ?) where id = ?")
                .param(Timestamp.from(now))
                .param(id)
                .update();
    }

    private static Session session(ResultSet row) throws SQLException {
        var currency = Currency.of(row.getString("currency"));
        var holder = row.getBytes("holder_hash");
        return new Session(
                row.getString("id"),
                row.getString("payment_id"),
                row.getString("merchant_id"),
                Mode.ofLivemode(row.getBoolean("livemode")),
                row.getString("device_id"),
                row.getString("store_name"),
                row.getString("cashier_id"),
                method(row.getString("method")),
                ShownBy.ofWireName(row.getString("shown_by")),
                holder == null ? null : HexFormat.of().formatHex(holder),
                instant(row, "holder_since"),
                row.getTimestamp("cancel_unsure_at") != null,
                row.getBoolean("attempted"),
                row.getBoolean("reversing"),
                PaymentStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getString("merchant_reference"),
                new Money(row.getLong("amount_minor"), currency),
                payerAmount(row),
                new Money(row.getLong("refunded_minor"), currency),
                new Money(row.getLong("refund_reserved_minor"), currency),
                method(row.getString("paid_by")),
                row.getString("failure_code"),
                row.getString("decline_code"),
                row.getString("channel_reference"),
                row.getTimestamp("began_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                instant(row, "paid_at"),
                row.getLong("version"));
    }

    /** What was paid, else about what will be. */
    private static @Nullable Money payerAmount(ResultSet row) throws SQLException {
        for (var kind : new String[] {"payer", "shown"}) {
            var minor = row.getLong(kind + "_amount_minor");
            if (!row.wasNull()) {
                return new Money(minor, Currency.of(row.getString(kind + "_currency")));
            }
        }
        return null;
    }

    private static @Nullable PaymentMethod method(@Nullable String name) {
        return name == null ? null : PaymentMethod.ofWireName(name).orElseThrow();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private static SqlParameterValue text(@Nullable String value) {
        return new SqlParameterValue(Types.VARCHAR, value);
    }
}
