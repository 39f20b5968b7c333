package io.ferrypay.paymentchannel.channel;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A channel that says by which keys and certificates its accounts work; never what is in them. */
public interface TellsCredentials extends PaymentChannel {

    List<Credential> credentials(String accountId);

    /**
     * One of them.
     *
     * @param kind {@code merchant_certificate}, {@code platform_certificate} or {@code
     *     platform_key}
     * @param identifier its serial or public id
     * @param expiresAt null if it does not expire, or we cannot see when
     */
    record Credential(String kind, String identifier, @Nullable Instant expiresAt) {}
}
