package io.ferrypay.tradeadmin.refund;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells of merchants who have come to owe us more than we owe them, or no longer do, by {@code
 * merchant_funds.changed}. The database notes it with every move of a balance; any instance tells.
 */
@Component
class TellFunds {

    private static final int MOST = 500;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final JsonMapper json;

    TellFunds(JdbcClient jdbc, Outbox outbox, JsonMapper json) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.json = json;
    }

    @Scheduled(fixedDelayString = "${ferry.refunds.tell-funds-every:1s}")
    @Transactional
    void tell() {
        List<Event> news =
                jdbc.sql(
                                """
                                update merchant_funds f set told = true
                                  from (select merchant_id, currency from merchant_funds where not told
                                         order by changed_at limit ? for update skip locked) untold
                                 where f.merchant_id = untold.merchant_id and f.currency = untold.currency
                                returning f.merchant_id, f.currency, f.short, f.version, f.changed_at
                                """)
                        .param(MOST)
                        .query((row, _) ->
                                Event.of(
                                        "merchant_funds.changed",
                                        row.getString(1),
                                        row.getLong(4),
                                        row.getTimestamp(5).toInstant(),
                                        json.createObjectNode()
                                                .put("merchant_id", row.getString(1))
                                                .put("currency", row.getString(2))
                                                .put("short", row.getBoolean(3))))
                        .list();
        if (!news.isEmpty()) {
            outbox.append(news);
        }
    }
}
