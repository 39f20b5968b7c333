package io.ferrypay.paymentchannel.fx;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.Mode;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Promises rates, each for one payment and a limited time. */
@Service
public class Quotes {

    private static final Currency YUAN = Currency.of("CNY");

    /** What is paid in yuan, and so what a quote may be used for. */
    private static final Set<PaymentMethod> FOR =
            Set.of(PaymentMethod.JDPAY, PaymentMethod.ONLINEBANK);

    private final JdbcClient jdbc;
    private final ChargeRates rates;
    private final Clock clock;

    Quotes(JdbcClient jdbc, ChargeRates rates, Clock clock) {
        this.jdbc = jdbc;
        this.rates = rates;
        this.clock = clock;
    }

    /** Empty when there is no fresh rate to promise. */
    public Optional<Quote> promise(String merchantId, Mode mode, Money amount, Duration lifetime) {
        var charge = rates.inYuan(merchantId, FOR, amount).orElse(null);
        if (charge == null) {
            return Optional.empty();
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var quote =
                new Quote(
                        "fxq_" + UlidCreator.getUlid(now.toEpochMilli()),
                        amount,
                        charge,
                        now,
                        now.plus(lifetime),
                        null);
        jdbc.sql(
                        """
                        insert into fx_quote (id, merchant_id, livemode, amount_minor, currency, yuan_minor,
                            rate, margin, as_of, source, created_at, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(quote.id())
                .param(merchantId)
                .param(mode.livemode())
                .param(amount.minorUnits())
                .param(amount.currency().code())
                .param(charge.yuan().minorUnits())
                .param(charge.rate())
                .param(charge.margin())
                .param(Timestamp.from(charge.asOf()))
                .param(charge.source())
                .param(Timestamp.from(now))
                .param(Timestamp.from(quote.expiresAt()))
                .update();
        return Optional.of(quote);
    }

    /** The merchant's own quote, whatever has become of it. */
    public Optional<Quote> find(String merchantId, Mode mode, String id) {
        return jdbc.sql("select * from fx_quote where id = ? and merchant_id = ? and livemode = ?")
                .param(id)
                .param(merchantId)
                .param(mode.livemode())
                .query((row, _) -> quote(row))
                .optional();
    }

    /**
     * Ties a quote to a payment, in the running transaction: once, and only while it stands.
     *
     * @return false when it is another's, over, for another amount, or used
     */
    public boolean use(String id, String merchantId, Mode mode, Money amount, String paymentId) {
        return jdbc.sql(
                                """
                                update fx_quote set payment_id = ?
                                 where id = ? and merchant_id = ? and livemode = ? and payment_id is null
                                   and amount_minor = ? and currency = ? and expires_at > ?
                                """)
                        .param(paymentId)
                        .param(id)
                        .param(merchantId)
                        .param(mode.livemode())
                        .param(amount.minorUnits())
                        .param(amount.currency().code())
                        .param(Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }

    /** What was promised to a payment, while the promise stands. */
    public Optional<YuanCharge> promisedTo(String paymentId) {
        return jdbc.sql("select * from fx_quote where payment_id = ? and expires_at > ?")
                .param(paymentId)
                .param(Timestamp.from(clock.instant()))
                .query((row, _) -> quote(row).charge())
                .optional();
    }

    private static Quote quote(ResultSet row) throws SQLException {
        return new Quote(
                row.getString("id"),
                new Money(row.getLong("amount_minor"), Currency.of(row.getString("currency"))),
                new YuanCharge(
                        new Money(row.getLong("yuan_minor"), YUAN),
                        row.getBigDecimal("rate"),
                        row.getBigDecimal("margin"),
                        row.getTimestamp("as_of").toInstant(),
                        row.getString("source")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                row.getString("payment_id"));
    }
}
