package io.ferrypay.reconcile.board;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import io.ferrypay.identity.StaffCaller;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@code staff.acted} into the outbox, from where it gets into the audit. */
@Component
class StaffActs {

    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final Clock clock;

    StaffActs(
            Outbox outbox, PlatformTransactionManager transactions, JsonMapper json, Clock clock) {
        this.outbox = outbox;
        this.transaction = new TransactionTemplate(transactions);
        this.json = json;
        this.clock = clock;
    }

    private record Told(
            String person,
            String account,
            String session,
            String address,
            String action,
            @Nullable Map<String, String> before,
            @Nullable Map<String, String> after) {}

    /**
     * Committed before what it tells of is done or shown: of what fails afterwards the attempt is
     * told.
     *
     * @param action such as {@code statement.read}
     * @param day whose statement it is about
     */
    void tell(StaffCaller staff, String action, DayKey day, @Nullable Map<String, String> what) {
        transaction.executeWithoutResult(_ ->
                outbox.append(
                        Event.of(
                                "staff.acted",
                                day.toString(),
                                1,
                                clock.instant(),
                                json.valueToTree(
                                        new Told(
                                                staff.personId(),
                                                staff.accountId(),
                                                staff.sessionId(),
                                                staff.address(),
                                                action,
                                                null,
                                                what)))));
    }
}
