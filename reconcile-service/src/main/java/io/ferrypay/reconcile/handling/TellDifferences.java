package io.ferrypay.reconcile.handling;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells {@code difference.opened} of each difference that stands and {@code difference.ended} of
 * each that does not any more, once for each change. Apart from the comparison that found them: its
 * transaction stays short however many there are, and what a death leaves untold the next round
 * tells.
 */
@Service
public class TellDifferences {

    /** Of one transaction. */
    private static final int PAGE = 500;

    private static final int MOST_PAGES = 40;

    /** In the words of the index that finds them. */
    private static final String TO_BE_TOLD =
            "told_open <> (until_version is null and cleared_day is null and type <> 'late')";

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final Clock clock;

    TellDifferences(
            JdbcClient jdbc,
            Outbox outbox,
            PlatformTransactionManager transactions,
            JsonMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.transaction = new TransactionTemplate(transactions);
        this.json = json;
        this.clock = clock;
    }

    /**
     * @return how many were told; at most 20 000 at a time
     */
    public int tell() {
        int told = 0;
        for (int page = 0; page < MOST_PAGES; page++) {
            int now = Objects.requireNonNull(transaction.execute(_ -> tellPage()));
            told += now;
            if (now < PAGE) {
                break;
            }
        }
        return told;
    }

    private int tellPage() {
        // Changed before anything else is written: that keeps what is told of each in order.
        var events =
                jdbc.sql(
                                """
                                with changed as (
                                    update difference set told_open = not told_open, told_version = told_version + 1
                                     where id in (select id from difference where %s
                                                   order by id limit ? for update skip locked)
                                    returning *)
                                select c.*, a.channel, a.livemode
                                  from changed c join channel_account a on a.account_id = c.account_id
                                 order by c.id
                                """
                                        .formatted(TO_BE_TOLD))
                        .param(PAGE)
                        .query((row, _) -> event(row))
                        .list();
        if (!events.isEmpty()) {
            outbox.append(events);
        }
        return events.size();
    }

    private Event event(ResultSet row) throws SQLException {
        var data = json.createObjectNode();
        data.put("difference", row.getLong("id"));
        for (var name :
                new String[] {
                    "channel",
                    "type",
                    "kind",
                    "subject",
                    "order_number",
                    "refund_number",
                    "channel_reference",
                    "theirs",
                    "ours",
                    "currency",
                    "merchant_id",
                    "owner_id"
                }) {
            data.put(name, row.getString(name));
        }
        data.put("account", row.getString("account_id"));
        data.put("livemode", row.getBoolean("livemode"));
        data.put("day", row.getString("day"));
        for (var name : new String[] {"line_number", "theirs_minor", "ours_minor"}) {
            data.put(name, row.getObject(name, Long.class));
        }
        addStakes(data, row);
        return Event.of(
                row.getBoolean("told_open") ? "difference.opened" : "difference.ended",
                "difference:" + row.getLong("id"),
                row.getLong("told_version"),
                clock.instant(),
                data);
    }

    /** Of two currencies there are two: what the channel has in one it lacks in the other. */
    private static void addStakes(ObjectNode data, ResultSet row) throws SQLException {
        var stakes = data.putArray("stakes");
        var minor = row.getObject("stake_minor", Long.class);
        if (minor != null && minor != 0) {
            stakes.add(stake(data, row.getString("stake_currency"), minor));
        }
        var ours = row.getObject("ours_minor", Long.class);
        if (row.getString("type").equals("currency") && ours != null && ours != 0) {
            stakes.add(
                    stake(
                            data,
                            row.getString("ours"),
                            row.getString("kind").equals("refund") ? ours : -ours));
        }
    }

    private static JsonNode stake(ObjectNode maker, String currency, long minor) {
        return maker.objectNode().put("currency", currency).put("minor", minor);
    }
}
