package io.ferrypay.paymentchannel.export;

import io.ferrypay.paymentchannel.export.Exports.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes exports, a page of rows at a time. Every instance may do so: whose piece is written first
 * counts, and the other one looks for the next. Nothing is locked while rows are read, because an
 * open transaction would hold up the feed of events.
 */
@Component
class WriteExports {

    private static final Logger log = LoggerFactory.getLogger(WriteExports.class);
    private static final int MOST_TRIES = 5;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int MOST_STEPS = 500;

    /** How long it is shown that there once was an export. */
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private final Exports exports;
    private final ExportRows rows;
    private final ExportSettings settings;
    private final Clock clock;

    WriteExports(Exports exports, ExportRows rows, ExportSettings settings, Clock clock) {
        this.exports = exports;
        this.rows = rows;
        this.settings = settings;
        this.clock = clock;
    }

    /** Until there is nothing to do, for a while, or it is told to stop. */
    void write(BooleanSupplier goesOn) {
        for (var step = 0; step < MOST_STEPS && goesOn.getAsBoolean(); step++) {
            if (!step()) {
                return;
            }
        }
    }

    /** Deletes files whose time is over, and forgets what is long ago. */
    void tidy() {
        var now = clock.instant();
        var gone = exports.expire(now, settings.mostKept());
        if (gone > 0) {
            log.info("Deleted {} files of exports", gone);
        }
        exports.forgetBefore(now.minus(REMEMBERED));
    }

    /** Whether there was something to do. */
    boolean step() {
        var export = exports.due(clock.instant()).orElse(null);
        if (export == null) {
            return false;
        }
        try {
            advance(export);
        } catch (RuntimeException e) {
            var last = export.tries() + 1 >= MOST_TRIES;
            log.warn("A step of {} failed{}", export.id(), last ? " for the last time" : "", e);
            var now = clock.instant();
            exports.failed(
                    export,
                    last ? "internal_error" : null,
                    now.plus(PAUSE.multipliedBy(export.tries() + 1L)),
                    now);
        }
        return true;
    }

    /** The first step counts and writes the header. */
    private void advance(Export export) {
        var known = export.totalRows();
        if (known != null) {
            var page = rows.next(export, settings.rowsAtOnce());
            var count = page.rows().size();
            write(export, known, count, page.lastId(), ExportCsv.lines(page.rows()), page.more());
            return;
        }
        var total = rows.count(export, settings.mostRows() + 1);
        if (total > settings.mostRows()) {
            var now = clock.instant();
            exports.failed(export, "too_many_rows", now, now);
            return;
        }
        write(export, total, 0, null, ExportCsv.header(export.kind()), total > 0);
    }

    private void write(
            Export export,
            long total,
            long moreRows,
            @Nullable String lastId,
            byte[] text,
            boolean more) {
        var now = clock.instant();
        var step =
                new Step(
                        total,
                        moreRows,
                        text.length,
                        lastId,
                        more ? ExportStatus.RUNNING : ExportStatus.READY,
                        more ? null : now.plus(settings.keptFor()));
        if (exports.advance(export, step, packed(text), now) && !more) {
            exports.expire(now, settings.mostKept());
        }
    }

    private static byte[] packed(byte[] text) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can't fail", e);
        }
        return packed.toByteArray();
    }
}
