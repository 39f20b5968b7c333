package io.ferrypay.tradeadmin.ledger;

import io.ferrypay.tradeadmin.chain.ChainHash;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of a journal and of the hash before it: whoever changes one must change all that follow,
 * and the head, which is told to the outside. The form is permanent.
 */
final class JournalHash {

    static final int LENGTH = ChainHash.LENGTH;

    private JournalHash() {}

    /** What a hash covers, as it is stored. */
    record Content(
            String book,
            long sequence,
            String eventId,
            String kind,
            String subject,
            @Nullable String paymentId,
            Instant happenedAt,
            Instant postedAt,
            List<Line> lines) {}

    record Line(String account, String currency, long amountMinor) {}

    static byte[] of(byte[] previous, Content content) {
        var hash =
                ChainHash.after(previous)
                        .text(content.book())
                        .number(content.sequence())
                        .text(content.eventId())
                        .text(content.kind())
                        .text(content.subject())
                        .text(content.paymentId() == null ? "" : content.paymentId())
                        .time(content.happenedAt())
                        .time(content.postedAt())
                        .count(content.lines().size());
        for (var line : content.lines()) {
            hash.text(line.account()).text(line.currency()).number(line.amountMinor());
        }
        return hash.sha256();
    }
}
