package io.ferrypay.paymentchannel.payment;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.stereotype.Repository;

/**
 * Writes a new payment, its event and the answer kept under its idempotency key in one statement:
 * one round trip and one commit. Plain JDBC because creating is the path that is measured.
 */
@Repository
class NewPayments {

    private static final String INSERT =
            """
            with kept as (
                insert into idempotency_key
                    (merchant_id, livemode, key, fingerprint, status, body, payment_id, created_at)
                values (?, ?, ?, ?, 201, ?, ?, ?)
            ), accepted as (
                insert into payment (
                    id, version, merchant_id, livemode, merchant_reference, status, amount_minor,
                    currency, product_name, description, return_url, cancel_url, notify_url, locale,
                    allowed_methods, payer_ip, payer_user_agent, payer_email, metadata,
                    shown_amount_minor, shown_currency, shown_rate, shown_rate_as_of,
                    shown_rate_source, nonce_generation, nonce_hash, created_at, expires_at,
                    next_sweep_at, quote_expires_at, static_code_id, store_id, device_id,
                    risk_hold)
                values (?, 1, ?, ?, ?, 'created', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                    1, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            )
            insert into outbox (id, type, subject, version, time, data)
            values (?, 'payment.created', ?, 1, ?, ?)
            """;

    // PostgreSQL's name for a lock_timeout; Spring has none for it.
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final JdbcTemplate jdbc;

    NewPayments(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds them all, or nothing.
     *
     * @throws DuplicateKeyException if the key or the merchant's reference is taken
     * @throws CannotAcquireLockException if somebody else is about to take one of them
     */
    void add(NewPaymentWrite write) {
        try {
            jdbc.update(INSERT, parameters(write));
        } catch (UncategorizedSQLException e) {
            if (e.getCause() instanceof SQLException cause
                    && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
                throw new CannotAcquireLockException("another create is under way", e);
            }
            throw e;
        }
    }

    /** What was answered under this key, if it is known. */
    Optional<IdempotentAnswer> answerUnder(IdempotencyScope scope) {
        List<IdempotentAnswer> found =
                jdbc.query(
                        """
                        select k.fingerprint, k.status, k.body, k.payment_id, p.nonce_generation
                          from idempotency_key k left join payment p on p.id = k.payment_id
                         where k.merchant_id = ? and k.livemode = ? and k.key = ?
                        """,
                        (row, _) ->
                                new IdempotentAnswer(
                                        Sha256.stored(row.getBytes(1)),
                                        row.getInt(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getInt(5)),
                        scope.merchantId(),
                        scope.livemode(),
                        scope.key());
        return found.stream().findFirst();
    }

    /** The payment that has this reference already. */
    Optional<String> withReference(String merchantId, boolean livemode, String reference) {
        List<String> found =
                jdbc.query(
                        """
                        select id from payment
                         where merchant_id = ? and livemode = ? and merchant_reference = ?
                        """,
                        (row, _) -> row.getString(1),
                        merchantId,
                        livemode,
                        reference);
        return found.stream().findFirst();
    }

    /** Keeps a refusal under the key, unless something is kept there already. */
    void keepRefusal(IdempotencyScope scope, IdempotentAnswer answer, Instant now) {
        jdbc.update(
                """
                insert into idempotency_key
                    (merchant_id, livemode, key, fingerprint, status, body, payment_id, created_at)
                values (?, ?, ?, ?, ?, ?, null, ?)
                on conflict (merchant_id, livemode, key) do nothing
                """,
                scope.merchantId(),
                scope.livemode(),
                scope.key(),
                answer.fingerprint().bytes(),
                answer.status(),
                answer.body(),
                Timestamp.from(now));
    }

    /** Forgets answers older than that; at most {@code limit} of them. */
    int forgetAnswersBefore(Instant time, int limit) {
        return jdbc.update(
                """
                delete from idempotency_key where ctid = any (array(
                    select ctid from idempotency_key where created_at < ? limit ?))
                """,
                Timestamp.from(time),
                limit);
    }

    private static Object[] parameters(NewPaymentWrite write) {
        var payment = write.payment();
        var wanted = payment.wanted();
        var shown = payment.shown();
        var till = wanted.till();
        var createdAt = Timestamp.from(payment.createdAt());
        var expiresAt = Timestamp.from(payment.expiresAt());
        return new Object[] {
            wanted.merchantId(),
            wanted.mode().livemode(),
            write.key(),
            write.fingerprint().bytes(),
            write.body(),
            payment.id(),
            createdAt,
            payment.id(),
            wanted.merchantId(),
            wanted.mode().livemode(),
            wanted.merchantReference(),
            wanted.amount().minorUnits(),
            wanted.amount().currency().code(),
            wanted.productName(),
            text(wanted.description()),
            wanted.returnUrl(),
            text(wanted.cancelUrl()),
            text(wanted.notifyUrl()),
            text(wanted.locale()),
            String.join(",", payment.methods()),
            text(wanted.payerIp()),
            text(wanted.payerUserAgent()),
            text(wanted.payerEmail()),
            MetadataText.write(wanted.metadata()),
            of(Types.BIGINT, shown == null ? null : shown.amount().minorUnits()),
            text(shown == null ? null : shown.amount().currency().code()),
            of(Types.NUMERIC, shown == null ? null : shown.rate()),
            of(Types.TIMESTAMP, shown == null ? null : Timestamp.from(shown.asOf())),
            text(shown == null ? null : shown.source()),
            payment.nonceHash().bytes(),
            createdAt,
            expiresAt,
            expiresAt,
            of(
                    Types.TIMESTAMP,
                    payment.quoteExpiresAt() == null
                            ? null
                            : Timestamp.from(payment.quoteExpiresAt())),
            text(wanted.staticCode()),
            text(till == null ? null : till.storeId()),
            text(till == null ? null : till.deviceId()),
            text(write.riskHold()),
            write.eventId(),
            payment.id(),
            createdAt,
            write.eventData()
        };
    }

    private static SqlParameterValue text(@Nullable String value) {
        return of(Types.VARCHAR, value);
    }

    private static SqlParameterValue of(int type, @Nullable Object value) {
        return new SqlParameterValue(type, value);
    }

    /** Whose key it is, and which. */
    record IdempotencyScope(String merchantId, boolean livemode, String key) {}

    /** Everything one create writes. */
    record NewPaymentWrite(
            PaymentRow payment,
            String key,
            Sha256 fingerprint,
            String body,
            String eventId,
            String eventData,
            @Nullable String riskHold) {}
}
