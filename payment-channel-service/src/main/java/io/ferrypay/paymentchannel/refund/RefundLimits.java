package io.ferrypay.paymentchannel.refund;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Above which sums merchants want another person of theirs to agree, and who of them owes us more
 * than we owe them.
 */
@Repository
@Transactional
public class RefundLimits {

    private final JdbcClient jdbc;
    private final Clock clock;

    RefundLimits(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A limit as it was set last. */
    public record Limit(Money above, String changedBy, Instant changedAt) {}

    /** In each currency at most one. */
    public List<Limit> list(String merchantId, boolean livemode) {
        return jdbc.sql(
                        """
                        select currency, amount_minor, changed_by, changed_at from refund_limit
                         where merchant_id = ? and livemode = ? order by currency
                        """)
                .params(merchantId, livemode)
                .query((row, _) ->
                        new Limit(
                                new Money(row.getLong(2), Currency.of(row.getString(1))),
                                row.getString(3),
                                row.getTimestamp(4).toInstant()))
                .list();
    }

    /**
     * @param above null for no limit
     */
    public void set(
            String merchantId,
            boolean livemode,
            Currency currency,
            @Nullable Money above,
            String by) {
        if (above == null) {
            jdbc.sql(
                            "delete from refund_limit where merchant_id = ? and livemode = ?"
                                    + " and currency = ?")
                    .params(merchantId, livemode, currency.code())
                    .update();
            return;
        }
        jdbc.sql(
                        """
                        insert into refund_limit values (?, ?, ?, ?, ?, ?)
                        on conflict on constraint refund_limit_pkey do update
                           set amount_minor = excluded.amount_minor,
                               changed_by = excluded.changed_by, changed_at = excluded.changed_at
                        """)
                .params(
                        merchantId,
                        livemode,
                        currency.code(),
                        above.minorUnits(),
                        by,
                        Timestamp.from(clock.instant()))
                .update();
    }

    Optional<Money> of(String merchantId, boolean livemode, Currency currency) {
        return jdbc.sql(
                        """
                        select amount_minor from refund_limit
                         where merchant_id = ? and livemode = ? and currency = ?
                        """)
                .params(merchantId, livemode, currency.code())
                .query(Long.class)
                .optional()
                .map(minor -> new Money(minor, currency));
    }

    /** Of live money, as told last; false for whom nothing was told of. */
    boolean isShort(String merchantId, Currency currency) {
        return jdbc.sql("select short from merchant_funds where merchant_id = ? and currency = ?")
                .params(merchantId, currency.code())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** What is told late is older than what we know. */
    void funds(String merchantId, String currency, boolean isShort, long version) {
        var news =
                jdbc.sql(
                                """
                                insert into merchant_funds as kept values (?, ?, ?, ?)
                                on conflict on constraint merchant_funds_pkey do update
                                   set short = excluded.short, version = excluded.version
                                 where kept.version < excluded.version
                                """)
                        .params(merchantId, currency, isShort, version)
                        .update();
        if (news > 0 && !isShort) {
            jdbc.sql(
                            """
                            update refund set next_step_at = ?
                             where merchant_id = ? and currency = ? and waits_for = 'balance'
                            """)
                    .params(Timestamp.from(clock.instant()), merchantId, currency)
                    .update();
        }
    }
}
