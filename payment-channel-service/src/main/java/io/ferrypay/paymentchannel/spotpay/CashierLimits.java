package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.events.Event;
import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.identity.Mode;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.merchant.MerchantNews;
import io.ferrypay.problem.ProblemCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What a cashier may take and give back, at once and in a day of the store. Asked in the
 * transaction that makes the payment or refund, while the cashier's row is locked: on however many
 * tills they are signed in, the limits hold.
 */
@Component
class CashierLimits implements MerchantNews {

    // PostgreSQL's name for a lock_timeout; Spring has none for it.
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final JdbcClient jdbc;
    private final Clock clock;

    CashierLimits(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Why a cashier may not. */
    enum Refusal {
        /** Somebody at this store has limits, and nobody is signed in. */
        NOBODY_SIGNED_IN,
        TOO_MUCH_AT_ONCE,
        TOO_MUCH_TODAY;

        ProblemCode problem() {
            return switch (this) {
                case NOBODY_SIGNED_IN -> SpotPayProblems.CASHIER_REQUIRED;
                case TOO_MUCH_AT_ONCE -> SpotPayProblems.OVER_CASHIER_LIMIT;
                case TOO_MUCH_TODAY -> SpotPayProblems.CASHIER_DAILY_LIMIT_REACHED;
            };
        }
    }

    private record Limits(
            Currency currency,
            @Nullable Long sale,
            @Nullable Long sales,
            @Nullable Long refund,
            @Nullable Long refunds) {}

    /** The name of a {@link Refusal}, or null. In the transaction that makes the payment. */
    @Nullable String refusalOfSale(DeviceCaller device, Money amount) {
        var cashier = device.cashierId();
        if (cashier == null) {
            return anybodyIsLimitedAt(device) ? Refusal.NOBODY_SIGNED_IN.name() : null;
        }
        var limits = lock(cashier);
        if (limits == null) {
            return null;
        }
        return refusal(
                limits,
                amount,
                limits.sale(),
                limits.sales(),
                () -> takenSince(cashier, startOfDay(device), limits.currency()));
    }

    /** The name of a {@link Refusal}, or null. In the transaction that makes the refund. */
    @Nullable String refusalOfRefund(DeviceCaller device, String cashier, Money amount) {
        var limits = lock(cashier);
        if (limits == null) {
            return null;
        }
        return refusal(
                limits,
                amount,
                limits.refund(),
                limits.refunds(),
                () -> givenBackSince(cashier, startOfDay(device), limits.currency()));
    }

    private static @Nullable String refusal(
            Limits limits,
            Money amount,
            @Nullable Long atOnce,
            @Nullable Long perDay,
            LongSupplier today) {
        if (!amount.currency().equals(limits.currency())) {
            // Nobody said how much of that they may: the shop's currency has changed since.
            return atOnce == null && perDay == null ? null : Refusal.TOO_MUCH_AT_ONCE.name();
        }
        if (atOnce != null && amount.minorUnits() > atOnce) {
            return Refusal.TOO_MUCH_AT_ONCE.name();
        }
        return perDay != null && Math.addExact(today.getAsLong(), amount.minorUnits()) > perDay
                ? Refusal.TOO_MUCH_TODAY.name()
                : null;
    }

    private Instant startOfDay(DeviceCaller device) {
        var zone = device.timeZone();
        return clock.instant().atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }

    private boolean anybodyIsLimitedAt(DeviceCaller device) {
        return jdbc.sql(
                        """
                        select exists (select from cashier_copy where store_id = ? and merchant_id = ?
                            and livemode = ? and active
                            and (sale_limit_minor is not null or daily_sales_limit_minor is not null
                                 or refund_limit_minor is not null or daily_refunds_limit_minor is not null))
                        """)
                .param(device.storeId())
                .param(device.merchantId())
                .param(device.mode().livemode())
                .query(Boolean.class)
                .single();
    }

    /** Null when nothing is known of limits of theirs. */
    private @Nullable Limits lock(String cashier) {
        try {
            return jdbc.sql("select * from cashier_copy where cashier_id = ? for update")
                    .param(cashier)
                    .query((row, _) -> limits(row))
                    .optional()
                    .orElse(null);
        } catch (UncategorizedSQLException e) {
            if (e.getCause() instanceof SQLException cause
                    && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
                throw new CannotAcquireLockException("this cashier is busy at other tills", e);
            }
            throw e;
        }
    }

    private static Limits limits(ResultSet row) throws SQLException {
        return new Limits(
                Currency.of(row.getString("currency")),
                row.getObject("sale_limit_minor", Long.class),
                row.getObject("daily_sales_limit_minor", Long.class),
                row.getObject("refund_limit_minor", Long.class),
                row.getObject("daily_refunds_limit_minor", Long.class));
    }

    /** What a cashier took since then, or may still come: paid, or open and not over. */
    private long takenSince(String cashier, Instant start, Currency currency) {
        return jdbc.sql(
                        """
                        select coalesce(sum(p.amount_minor), 0)
                          from spotpay_session s join payment p on p.id = s.payment_id
                         where s.cashier_id = ? and s.created_at >= ? and p.currency = ?
                           and (p.status in ('created', 'pending', 'processing', 'paid', 'under_review')
                                or (p.status = 'failed' and p.expires_at > ?))
                        """)
                .param(cashier)
                .param(Timestamp.from(start))
                .param(currency.code())
                .param(Timestamp.from(clock.instant()))
                .query(Long.class)
                .single();
    }

    private long givenBackSince(String cashier, Instant start, Currency currency) {
        return jdbc.sql(
                        """
                        select coalesce(sum(amount_minor), 0) from refund
                         where cashier_id = ? and created_at >= ? and currency = ? and status <> 'failed'
                        """)
                .param(cashier)
                .param(Timestamp.from(start))
                .param(currency.code())
                .query(Long.class)
                .single();
    }

    @Override
    public void hear(Event event) {
        if (event.type().equals("cashier.changed")) {
            keep(event);
        }
    }

    private void keep(Event event) {
        var data = event.data();
        var currency = data.required("currency").asString();
        jdbc.sql(
                        """
                        insert into cashier_copy as known (cashier_id, version, merchant_id, livemode, store_id,
                            currency, sale_limit_minor, daily_sales_limit_minor, refund_limit_minor,
                            daily_refunds_limit_minor, active)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (cashier_id) do update set version = excluded.version,
                            currency = excluded.currency,
                            sale_limit_minor = excluded.sale_limit_minor,
                            daily_sales_limit_minor = excluded.daily_sales_limit_minor,
                            refund_limit_minor = excluded.refund_limit_minor,
                            daily_refunds_limit_minor = excluded.daily_refunds_limit_minor,
                            active = excluded.active
                        where known.version < excluded.version
                        """)
                .param(data.required("cashier_id").asString())
                .param(event.version())
                .param(data.required("merchant_id").asString())
                .param(Mode.ofLivemode(data.required("livemode").asBoolean()).livemode())
                .param(data.required("store_id").asString())
                .param(currency)
                .param(minor(data.required("sale_limit"), currency))
                .param(minor(data.required("daily_sales_limit"), currency))
                .param(minor(data.required("refund_limit"), currency))
                .param(minor(data.required("daily_refunds_limit"), currency))
                .param("active".equals(data.required("status").asString()))
                .update();
    }

    private static SqlParameterValue minor(JsonNode text, String currency) {
        return new SqlParameterValue(
                Types.BIGINT,
                text.isNull() ? null : Money.parse(text.asString(), currency).minorUnits());
    }
}
