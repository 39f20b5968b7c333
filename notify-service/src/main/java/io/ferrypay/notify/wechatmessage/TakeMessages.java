package io.ferrypay.notify.wechatmessage;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import io.ferrypay.notify.wechatmessage.KeepBindings.Owner;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns what payments and refunds say into messages for those who want to hear of it, in the
 * transaction that moves the feed's cursor. One query finds who they are for all of a batch.
 */
@Component
class TakeMessages implements EventHandler {

    private final JdbcTemplate jdbc;
    private final OfficialAccounts accounts;
    private final DeliverMessages deliver;
    private final WechatMessageSettings settings;
    private final JsonMapper json;
    private final Clock clock;

    TakeMessages(
            JdbcTemplate jdbc,
            OfficialAccounts accounts,
            DeliverMessages deliver,
            WechatMessageSettings settings,
            JsonMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.deliver = deliver;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    private record Listener(String bindingId, String appid, List<String> eventTypes) {}

    @Override
    public void apply(List<Event> batch) {
        var told =
                batch.stream()
                        .filter(event -> KeepBindings.EVENT_TYPES.contains(event.type()))
                        .toList();
        if (told.isEmpty()) {
            return;
        }
        var listeners = listeners(told);
        var now = clock.instant();
        var rows = new ArrayList<Object[]>();
        for (var event : told) {
            for (var listener : listeners.getOrDefault(owner(event), List.of())) {
                if (listener.eventTypes().contains(event.type())) {
                    accounts.of(listener.appid())
                            .filter(account -> account.templateOf(event.type()) != null)
                            .ifPresent(account ->
                                    rows.add(
                                            new Object[] {
                                                "wxm_" + UlidCreator.getMonotonicUlid(),
                                                event.id(),
                                                listener.bindingId(),
                                                owner(event).merchantId(),
                                                owner(event).livemode(),
                                                listener.appid(),
                                                event.type(),
                                                event.subject(),
                                                json.writeValueAsString(
                                                        MessageText.of(
                                                                event, account.settings().zone())),
                                                KeepBindings.utc(now),
                                                KeepBindings.utc(now.plus(settings.giveUpAfter())),
                                                KeepBindings.utc(now)
                                            }));
                }
            }
        }
        if (!rows.isEmpty()) {
            jdbc.batchUpdate(
                    """
                    insert into wechat_message (id, event_id, binding_id, merchant_id, livemode, appid, type, subject, content,
                                                next_attempt_at, give_up_at, created_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                    """,
                    rows);
            wakeAfterCommit();
        }
    }

    private static Owner owner(Event event) {
        return new Owner(
                event.data().path("merchant_id").asString(),
                event.data().path("livemode").asBoolean());
    }

    private Map<Owner, List<Listener>> listeners(List<Event> events) {
        var owners =
                events.stream()
                        .map(event -> owner(event).merchantId())
                        .distinct()
                        .toArray(String[]::new);
        var found = new HashMap<Owner, List<Listener>>();
        jdbc.query(
                connection -> {
                    var statement =
                            connection.prepareStatement(
                                    "select id, merchant_id, livemode, appid, event_types from wechat_binding where merchant_id = any(?) and status = 'bound' order by id");
                    statement.setArray(1, connection.createArrayOf("text", owners));
                    return statement;
                },
                row -> {
                    found.computeIfAbsent(
                                    new Owner(
                                            row.getString("merchant_id"),
                                            row.getBoolean("livemode")),
                                    _ -> new ArrayList<>())
                            .add(listener(row));
                });
        return found;
    }

    private static Listener listener(java.sql.ResultSet row) throws SQLException {
        return new Listener(
                row.getString("id"),
                row.getString("appid"),
                List.of((String[]) row.getArray("event_types").getArray()));
    }

    private void wakeAfterCommit() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(
                    new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            deliver.wake();
                        }
                    });
        }
    }
}
