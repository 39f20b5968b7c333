package io.ferrypay.notify.webhook;

import io.ferrypay.notify.webhook.KeepEndpoints.Owner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The enabled endpoints of each merchant, remembered for a moment, because every event asks for
 * them. Another instance's change is seen within it.
 */
@Component
class EndpointCopies {

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final int MOST = 10_000;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Map<Owner, Copy> copies = new ConcurrentHashMap<>();

    EndpointCopies(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    record Target(String id, String url, List<String> eventTypes) {

        /** Types are exact, or end in {@code .*}, or are {@code *}. */
        boolean wants(String type) {
            return eventTypes.stream()
                    .anyMatch(wanted ->
                            wanted.equals("*")
                                    || wanted.equals(type)
                                    || (wanted.endsWith(".*")
                                            && type.startsWith(
                                                    wanted.substring(0, wanted.length() - 1))));
        }
    }

    private record Copy(List<Target> targets, Instant takenAt) {}

    List<Target> enabled(Owner owner) {
        var now = clock.instant();
        var copy = copies.get(owner);
        if (copy == null || copy.takenAt().plus(FRESH).isBefore(now)) {
            if (copies.size() > MOST) {
                copies.clear();
            }
            copy = new Copy(load(owner), now);
            copies.put(owner, copy);
        }
        return copy.targets();
    }

    private List<Target> load(Owner owner) {
        return jdbc.sql(
                        "select id, url, event_types from webhook_endpoint where merchant_id = ? and livemode = ? and status = 'enabled'")
                .params(owner.merchantId(), owner.livemode())
                .query((row, _) ->
                        new Target(
                                row.getString(1),
                                row.getString(2),
                                List.of((String[]) row.getArray(3).getArray())))
                .list();
    }

    /** At once, and once more after the commit, in case somebody looked in between. */
    void forget(Owner owner) {
        copies.remove(owner);
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(
                    new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            copies.remove(owner);
                        }
                    });
        }
    }
}
