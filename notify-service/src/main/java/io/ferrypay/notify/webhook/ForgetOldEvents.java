package io.ferrypay.notify.webhook;

import java.time.Clock;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Forgets what merchants were told long ago, with its deliveries and their log, a batch at a time.
 * An event that somebody is still to hear stays, however old.
 */
@Component
class ForgetOldEvents {

    private static final Logger log = LoggerFactory.getLogger(ForgetOldEvents.class);
    private static final int BATCH = 500;
    private static final int MOST_BATCHES = 1_000;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final WebhookSettings settings;
    private final Clock clock;

    ForgetOldEvents(
            JdbcClient jdbc,
            TransactionOperations transactions,
            WebhookSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /** Every instance may do this at once: they only find less to do. */
    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT10M")
    void forget() {
        var forgotten = 0;
        for (var batch = 0; batch < MOST_BATCHES; batch++) {
            int found = transactions.execute(_ -> forgetSome());
            forgotten += found;
            if (found < BATCH) {
                break;
            }
        }
        if (forgotten > 0) {
            log.info("Forgot {} events that merchants were told long ago", forgotten);
        }
    }

    private int forgetSome() {
        var old =
                jdbc.sql(
                                "select id from told_event e where taken_at < ?"
                                        + " and not exists (select 1 from delivery d where d.event_id = e.id and d.status = 'pending')"
                                        + " order by taken_at limit ? for update skip locked")
                        .params(
                                clock.instant()
                                        .minus(settings.retention())
                                        .atOffset(ZoneOffset.UTC),
                                BATCH)
                        .query(String.class)
                        .list()
                        .toArray(String[]::new);
        // What is sent again at this very moment is pending by now, and stays with its event.
        delete(
                "delivery_attempt where delivery_id in (select id from delivery where event_id = any(?) and status <> 'pending')",
                old);
        delete("delivery where event_id = any(?) and status <> 'pending'", old);
        delete(
                "told_event e where id = any(?) and not exists (select 1 from delivery d where d.event_id = e.id)",
                old);
        return old.length;
    }

    private void delete(String which, String[] events) {
        jdbc.sql("delete from " + which).param(events).update();
    }
}
