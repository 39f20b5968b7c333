package io.ferrypay.paymentchannel.export;

import io.ferrypay.identity.Mode;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A list that is being written into a file, or was.
 *
 * @param zone whose clock the times in the file are by
 * @param totalRows how many rows there will be; null until they are counted
 * @param rows how many are written
 * @param size of what is written, in bytes
 * @param parts how many pieces that are
 * @param lastId of the last row that is written
 * @param failureCode why it failed: {@code too_many_rows} or {@code internal_error}
 * @param expiresAt when the file is deleted; null while there is none
 */
public record Export(
        String id,
        String merchantId,
        Mode mode,
        ExportKind kind,
        ExportFilters filters,
        ZoneId zone,
        ExportStatus status,
        @Nullable Long totalRows,
        long rows,
        long size,
        int parts,
        @Nullable String lastId,
        int tries,
        @Nullable String failureCode,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable Instant expiresAt) {

    /** How much of it is done, in percent; 100 only for a file that is whole. */
    public int progress() {
        if (status == ExportStatus.READY || status == ExportStatus.EXPIRED) {
            return 100;
        }
        return totalRows == null || totalRows == 0 ? 0 : (int) Math.min(99, rows * 100 / totalRows);
    }
}
