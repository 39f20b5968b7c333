package io.ferrypay.paymentchannel.channel;

import java.time.Instant;
import java.util.Optional;

/** Times in which an account is not offered to payers, because its company said so or we did. */
@FunctionalInterface
public interface PlannedMaintenance {

    /**
     * Until when, if it is going on. What is on its way is asked about and given back as always.
     */
    Optional<Instant> until(String accountId);
}
