package io.ferrypay.paymentchannel.bank;

import java.time.Instant;

/**
 * A limit as it was recorded, which it stays for ever.
 *
 * @param recordedBy the service that said so, and whom it named
 */
public record RecordedLimit(BankLimit limit, Instant recordedAt, String recordedBy) {}
