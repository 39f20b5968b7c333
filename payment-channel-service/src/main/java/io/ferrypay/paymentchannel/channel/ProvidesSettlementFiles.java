package io.ferrypay.paymentchannel.channel;

import io.ferrypay.paymentchannel.channel.ProvidesStatements.StatementAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;

/** Hands out a file of what was settled on a day, beside the one of what happened on it. */
public interface ProvidesSettlementFiles extends PaymentChannel {

    /**
     * Streams the file of a Beijing day, by the same rules as {@link ProvidesStatements#statement}.
     */
    StatementAnswer settlementFile(String accountId, LocalDate day, OutputStream sink)
            throws IOException;
}
