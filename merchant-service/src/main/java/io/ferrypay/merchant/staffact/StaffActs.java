package io.ferrypay.merchant.staffact;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import io.ferrypay.identity.StaffCaller;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes {@code staff.acted} into the outbox, from where trade-admin-service takes it into its
 * audit. It says who did what to which thing, and never what is in it: reasons and papers are
 * people's own, and stay sealed here.
 */
@Component
public class StaffActs {

    private static final String TYPE = "staff.acted";

    private final Outbox outbox;
    private final TransactionTemplate transactions;
    private final JsonMapper json;
    private final Clock clock;

    StaffActs(Outbox outbox, TransactionTemplate transactions, JsonMapper json, Clock clock) {
        this.outbox = outbox;
        this.transactions = transactions;
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
     * In the transaction that does it.
     *
     * @param action such as {@code onboarding.taken}
     * @param version of the thing it was done to
     */
    public void tell(
            StaffCaller staff,
            String action,
            String subject,
            long version,
            @Nullable Map<String, String> before,
            @Nullable Map<String, String> after) {
        outbox.append(
                Event.of(
                        TYPE,
                        subject,
                        version,
                        clock.instant(),
                        json.valueToTree(
                                new Told(
                                        staff.personId(),
                                        staff.accountId(),
                                        staff.sessionId(),
                                        staff.address(),
                                        action,
                                        before,
                                        after))));
    }

    /** Something is about to be shown: that is committed first. */
    public void tellOfReading(
            StaffCaller staff, String action, String subject, @Nullable Map<String, String> what) {
        transactions.executeWithoutResult(_ -> tell(staff, action, subject, 1, null, what));
    }
}
