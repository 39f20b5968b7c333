package io.ferrypay.events;

import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes {@code staff.acted} into the outbox, from where trade-admin-service takes it into its
 * audit. It says who did what to which thing, and never what is in it: what is people's own stays
 * in its service. Merchants are not told.
 */
public final class StaffActs {

    /** The type of the events. */
    public static final String TYPE = "staff.acted";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Outbox outbox;
    private final TransactionTemplate transactions;
    private final Clock clock;

    StaffActs(Outbox outbox, TransactionTemplate transactions, Clock clock) {
        this.outbox = outbox;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Who did it, as the token of the request said.
     *
     * @param person {@code per_…}
     * @param account {@code sta_…}
     * @param session {@code ses_…}
     * @param address the network address the request came from
     */
    public record Actor(String person, String account, String session, String address) {}

    /**
     * In the transaction that does it.
     *
     * @param action such as {@code onboarding.taken}
     * @param version of the thing it was done to
     */
    public void tell(
            Actor actor,
            String action,
            String subject,
            long version,
            @Nullable Map<String, String> before,
            @Nullable Map<String, String> after) {
        var told =
                JSON.createObjectNode()
                        .put("person", actor.person())
                        .put("account", actor.account())
                        .put("session", actor.session())
                        .put("address", actor.address())
                        .put("action", action);
        told.set("before", JSON.valueToTree(before));
        told.set("after", JSON.valueToTree(after));
        outbox.append(Event.of(TYPE, subject, version, clock.instant(), told));
    }

    /** Something is about to be shown: that is committed first. */
    public void tellOfReading(
            Actor actor, String action, String subject, @Nullable Map<String, String> what) {
        transactions.executeWithoutResult(_ -> tell(actor, action, subject, 1, null, what));
    }
}
