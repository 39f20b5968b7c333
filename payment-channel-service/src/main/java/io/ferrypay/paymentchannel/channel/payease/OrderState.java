package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One order as a query or a notification tells it. Both say {@code 1} for paid and {@code 3} for
 * failed; a browser's return has numbers of its own.
 *
 * @param bank which bank, as Payease names it
 * @param settled whether Payease has paid us for it, if told
 */
record OrderState(
        String oid,
        @Nullable String bank,
        String status,
        @Nullable String words,
        String amount,
        String moneyType,
        @Nullable String settled) {

    static final String PAID = "1";
    static final String UNPAID = "2";
    static final String FAILED = "3";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * What it means to us. A failed order can be paid by another try under the same number until it
     * lapses, so failure is not final. Payease has no number of its own for a payment and tells no
     * time of it.
     */
    ChannelOutcome outcome(Instant now) {
        return switch (status) {
            case PAID -> paid(now);
            case UNPAID, FAILED -> new ChannelOutcome.Pending(false);
            default -> new ChannelOutcome.Unknown("an unfamiliar pstatus");
        };
    }

    private ChannelOutcome paid(Instant now) {
        var charged = Yuan.charged(amount, moneyType);
        return charged == null
                ? new ChannelOutcome.Unknown("paid, but no readable amount")
                : new ChannelOutcome.Succeeded(oid, charged, null, null, now);
    }

    boolean isPaid() {
        return status.equals(PAID);
    }

    /** Without anything of the payer's: Payease tells nothing of them. */
    String asEvidence() {
        return JSON.writeValueAsString(this);
    }
}
