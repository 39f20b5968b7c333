package io.ferrypay.tradeadmin.ledger;

import io.ferrypay.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Says what payments cost their merchants. The same payment always costs the same. */
public interface FeeSchedule {

    /**
     * @param method the way it was paid, as on the wire
     * @param createdAt when it was made, whose prices it has
     */
    record Paid(
            String paymentId, String merchantId, String method, Money amount, Instant createdAt) {}

    /**
     * @param amount from zero to the payment's amount, in its currency
     * @param list where it stands
     * @param returns whether it goes back with refunds
     */
    record Fee(Money amount, String list, boolean returns) {}

    /** Fees by payment; nothing for those that no list is about. */
    Map<String, Fee> fees(List<Paid> payments);
}
