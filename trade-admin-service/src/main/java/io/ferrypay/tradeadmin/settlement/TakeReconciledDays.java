package io.ferrypay.tradeadmin.settlement;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notes which days of channels are reconciled, in the transaction that moves the feed's cursor. A
 * payment does not say which account of its channel took it, so a channel's day counts when every
 * account that has a statement of that day is reconciled. A day stays reconciled where a later
 * comparison finds something: what is settled stays settled.
 */
@Component
public class TakeReconciledDays implements EventHandler {

    private static final String RECONCILED = "channel_day.reconciled";

    static final Set<String> TYPES = Set.of(RECONCILED);

    private final JdbcClient jdbc;

    TakeReconciledDays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void apply(List<Event> batch) {
        for (var event : batch) {
            if (event.type().equals(RECONCILED)) {
                take(event);
            }
        }
    }

    private void take(Event event) {
        var data = event.data();
        var book = data.required("livemode").asBoolean() ? "live" : "test";
        var channel = data.required("channel").asString();
        var day = LocalDate.parse(data.required("day").asString());
        var at = Timestamp.from(event.time());
        jdbc.sql(
                        """
                        insert into reconciled_account_day
                               (book, channel, account, day, version, event_id, reconciled_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict on constraint an_account_day_is_reconciled_once do nothing
                        """)
                .params(
                        book,
                        channel,
                        data.required("account").asString(),
                        day,
                        data.required("version").asInt(),
                        event.id(),
                        at)
                .update();
        var accounts = data.required("accounts").valueStream().map(one -> one.asString()).toList();
        jdbc.sql(
                        """
                        insert into reconciled_day (book, channel, day, event_id, reconciled_at)
                        select :book, :channel, :day, :event, :at
                         where (select count(*) from reconciled_account_day
                                 where book = :book and channel = :channel and day = :day
                                   and account in (:accounts)) = :needed
                        on conflict on constraint a_day_is_reconciled_once do nothing
                        """)
                .param("book", book)
                .param("channel", channel)
                .param("day", day)
                .param("event", event.id())
                .param("at", at)
                .param("accounts", accounts)
                .param("needed", accounts.size())
                .update();
    }
}
