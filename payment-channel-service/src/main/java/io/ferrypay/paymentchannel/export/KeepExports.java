package io.ferrypay.paymentchannel.export;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.Mode;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.springframework.stereotype.Service;

/** Begins, shows and ends exports for the merchant they belong to. */
@Service
public class KeepExports {

    private static final int MOST_SHOWN = 50;

    private final Exports exports;
    private final ExportRows rows;
    private final Clock clock;

    KeepExports(Exports exports, ExportRows rows, Clock clock) {
        this.exports = exports;
        this.rows = rows;
        this.clock = clock;
    }

    /** What became of the wish for one. */
    public sealed interface Begun {
        record Started(Export export) implements Begun {}

        /** One at a time; null where the other has just ended. */
        record Busy(Optional<Export> other) implements Begun {}
    }

    /**
     * @throws io.ferrypay.problem.ApiException {@code invalid_request} for filters that its list
     *     would refuse
     */
    public Begun begin(
            String merchantId, Mode mode, ExportKind kind, ExportFilters filters, ZoneId zone) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var export =
                new Export(
                        "exp_" + UlidCreator.getMonotonicUlid(now.toEpochMilli()),
                        merchantId,
                        mode,
                        kind,
                        filters,
                        zone,
                        ExportStatus.WAITING,
                        null,
                        0,
                        0,
                        0,
                        null,
                        0,
                        null,
                        now,
                        null,
                        null);
        rows.check(export);
        return exports.add(export)
                ? new Begun.Started(export)
                : new Begun.Busy(exports.underWay(merchantId, mode));
    }

    /** The newest fifty, the newest first. */
    public List<Export> newest(String merchantId, Mode mode) {
        return exports.newest(merchantId, mode, MOST_SHOWN);
    }

    public Optional<Export> byId(String merchantId, Mode mode, String id) {
        return exports.find(merchantId, mode, id);
    }

    /** The export as it stands then: canceled, unless it had ended before. */
    public Optional<Export> cancel(String merchantId, Mode mode, String id) {
        var export = exports.find(merchantId, mode, id);
        if (export.isEmpty()) {
            return export;
        }
        exports.cancel(id, clock.instant());
        return exports.find(merchantId, mode, id);
    }

    /**
     * Writes a file out, one piece in memory at a time.
     *
     * @throws FileNotFoundException when it is deleted meanwhile; what is out is not the whole
     */
    public void copy(Export export, OutputStream out) throws IOException {
        for (var number = 0; number < export.parts(); number++) {
            var part = exports.part(export.id(), number).orElse(null);
            if (part == null) {
                throw new FileNotFoundException(export.id() + " is being deleted");
            }
            try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(part))) {
                unpacked.transferTo(out);
            }
        }
    }
}
