package io.ferrypay.tradeadmin.ledger;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of a journal and of the hash before it: whoever changes one must change all that follow,
 * and the head, which is told to the outside. The form is permanent.
 */
final class JournalHash {

    static final int LENGTH = 32;

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
        try {
            var bytes = new ByteArrayOutputStream(512);
            var out = new DataOutputStream(bytes);
            out.write(previous);
            out.writeUTF(content.book());
            out.writeLong(content.sequence());
            out.writeUTF(content.eventId());
            out.writeUTF(content.kind());
            out.writeUTF(content.subject());
            out.writeUTF(content.paymentId() == null ? "" : content.paymentId());
            out.writeLong(micros(content.happenedAt()));
            out.writeLong(micros(content.postedAt()));
            out.writeInt(content.lines().size());
            for (var line : content.lines()) {
                out.writeUTF(line.account());
                out.writeUTF(line.currency());
                out.writeLong(line.amountMinor());
            }
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
