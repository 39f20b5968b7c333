package io.ferrypay.paymentchannel.staticcode;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every printed code we have been told about, and all links they ever had. */
@Repository
class StaticCodes {

    // PostgreSQL's name for a lock_timeout; Spring has none for it.
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final JdbcClient jdbc;

    StaticCodes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The code that was ever printed with that link; it may have another one now. */
    Optional<StaticCode> everPrintedWith(String link) {
        return jdbc.sql(
                        """
                        select c.* from static_code_link l join static_code_copy c using (static_code_id)
                         where l.link = ?
                        """)
                .param(link)
                .query((row, _) -> code(row))
                .optional();
    }

    /**
     * The code as it is now; nobody else pays by it, or changes it, until the transaction ends.
     *
     * @throws CannotAcquireLockException if others take too long
     */
    StaticCode lock(String id) {
        try {
            return jdbc.sql("select * from static_code_copy where static_code_id = ? for update")
                    .param(id)
                    .query((row, _) -> code(row))
                    .single();
        } catch (UncategorizedSQLException e) {
            if (e.getCause() instanceof SQLException cause
                    && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
                throw new CannotAcquireLockException("others pay by this code", e);
            }
            throw e;
        }
    }

    /**
     * What came by a code since then, or may still come: paid, or open and not over, in minor
     * units.
     */
    long takenSince(String id, Instant start, Instant now) {
        return jdbc.sql(
                        """
                        select coalesce(sum(amount_minor), 0) from payment
                         where static_code_id = ? and created_at >= ?
                           and (status in ('created', 'pending', 'processing', 'paid', 'under_review')
                                or (status = 'failed' and expires_at > ?))
                        """)
                .param(id)
                .param(Timestamp.from(start))
                .param(Timestamp.from(now))
                .query(Long.class)
                .single();
    }

    /** Keeps what we were told, unless we know something newer; its link is kept for ever. */
    void keep(StaticCode code) {
        jdbc.sql(
                        """
                        insert into static_code_copy as known (static_code_id, version, merchant_id, livemode,
                            store_name, time_zone, label, serial, link, currency, amount_minor,
                            min_amount_minor, max_amount_minor, daily_limit_minor, status)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (static_code_id) do update set
                            version = excluded.version,
                            store_name = excluded.store_name,
                            time_zone = excluded.time_zone,
                            label = excluded.label,
                            serial = excluded.serial,
                            link = excluded.link,
                            amount_minor = excluded.amount_minor,
                            min_amount_minor = excluded.min_amount_minor,
                            max_amount_minor = excluded.max_amount_minor,
                            daily_limit_minor = excluded.daily_limit_minor,
                            status = excluded.status
                        where known.version < excluded.version
                        """)
                .param(code.id())
                .param(code.version())
                .param(code.merchantId())
                .param(code.mode().livemode())
                .param(code.storeName())
                .param(code.timeZone().getId())
                .param(code.label())
                .param(code.serial())
                .param(code.link())
                .param(code.currency())
                .param(minor(code.fixed()))
                .param(minor(code.least()))
                .param(minor(code.most()))
                .param(minor(code.perDay()))
                .param(code.active() ? "active" : "disabled")
                .update();
        jdbc.sql(
                        "insert into static_code_link (link, static_code_id) values (?, ?) on conflict do nothing")
                .param(code.link())
                .param(code.id())
                .update();
    }

    private static StaticCode code(ResultSet row) throws SQLException {
        var currency = Currency.of(row.getString("currency"));
        return new StaticCode(
                row.getString("static_code_id"),
                row.getLong("version"),
                row.getString("merchant_id"),
                Mode.ofLivemode(row.getBoolean("livemode")),
                row.getString("store_name"),
                ZoneId.of(row.getString("time_zone")),
                row.getString("label"),
                row.getString("serial"),
                row.getString("link"),
                currency.code(),
                money(row, "amount_minor", currency),
                money(row, "min_amount_minor", currency),
                money(row, "max_amount_minor", currency),
                money(row, "daily_limit_minor", currency),
                "active".equals(row.getString("status")));
    }

    private static @Nullable Money money(ResultSet row, String column, Currency currency)
            throws SQLException {
        var minor = row.getLong(column);
        return row.wasNull() ? null : new Money(minor, currency);
    }

    private static SqlParameterValue minor(@Nullable Money money) {
        return new SqlParameterValue(Types.BIGINT, money == null ? null : money.minorUnits());
    }
}
