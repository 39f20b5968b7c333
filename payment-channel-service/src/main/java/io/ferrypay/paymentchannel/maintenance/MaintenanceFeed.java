package io.ferrypay.paymentchannel.maintenance;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Takes in what our staff planned, and what they called off. */
@Component
class MaintenanceFeed implements EventHandler {

    static final Set<String> TYPES = Set.of("channel.maintenance_planned");

    private final MaintenanceWindows windows;

    MaintenanceFeed(MaintenanceWindows windows) {
        this.windows = windows;
    }

    @Override
    public void apply(List<Event> batch) {
        for (var event : batch) {
            if (!TYPES.contains(event.type())) {
                continue;
            }
            windows.keep(
                    event.subject(),
                    event.version(),
                    event.data().required("account").asString(),
                    Instant.parse(event.data().required("starts_at").asString()),
                    Instant.parse(event.data().required("ends_at").asString()));
        }
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        windows.forget();
                    }
                });
    }
}
