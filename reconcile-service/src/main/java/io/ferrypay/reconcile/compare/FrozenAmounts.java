package io.ferrypay.reconcile.compare;

import io.ferrypay.reconcile.convert.KnownAmounts;
import io.ferrypay.reconcile.load.Engine;
import io.ferrypay.reconcile.load.FreezeRecords;
import io.ferrypay.reconcile.load.LoadSettings;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.stereotype.Component;

/**
 * Our own amounts of a day from its frozen records. Asked while a statement is on its way into the
 * tables, so by a connection of its own.
 */
@Component
class FrozenAmounts {

    /** Each looks through the whole day. */
    private static final int MOST_QUESTIONS = 50;

    private final Engine engine;
    private final FreezeRecords freeze;
    private final JdbcClient jdbc;

    FrozenAmounts(LoadSettings settings, FreezeRecords freeze, DataSource dataSource) {
        this.engine = settings.engine();
        this.freeze = freeze;
        // Not the one that a transaction of the caller holds: that is busy copying.
        this.jdbc = JdbcClient.create(new DelegatingDataSource(dataSource));
    }

    KnownAmounts of(String accountId, LocalDate day) {
        var asked = new AtomicInteger();
        return (orderNumber, currency) ->
                asked.incrementAndGet() > MOST_QUESTIONS
                        ? OptionalLong.empty()
                        : amount(accountId, day, orderNumber, currency);
    }

    private OptionalLong amount(
            String accountId, LocalDate day, String orderNumber, String currency) {
        return switch (engine) {
            case POSTGRESQL -> amountInTable(accountId, day, orderNumber, currency);
            case SPARK -> freeze.amount(accountId, day, orderNumber, currency);
        };
    }

    private OptionalLong amountInTable(
            String accountId, LocalDate day, String orderNumber, String currency) {
        return jdbc.sql(
                        """
                        select amount_minor from platform_record
                         where account_id = ? and day = ? and kind = 'payment' and order_number = ? and currency = ?
                         limit 1
                        """)
                .param(accountId)
                .param(day)
                .param(orderNumber)
                .param(currency)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }
}
