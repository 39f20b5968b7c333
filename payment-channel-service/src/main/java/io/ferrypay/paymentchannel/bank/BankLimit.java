package io.ferrypay.paymentchannel.bank;

import io.ferrypay.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much a bank lets through with one security tool; every customer may have agreed on less.
 *
 * @param single of one payment; null when it is not known
 * @param daily of all payments of a day; null when it is not known
 * @param source where we have it from, for operators and not for shoppers
 */
public record BankLimit(
        BankTool tool,
        @Nullable Money single,
        @Nullable Money daily,
        String source,
        Instant validFrom) {

    boolean saysSomething() {
        return single != null || daily != null;
    }
}
