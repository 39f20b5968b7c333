package io.ferrypay.reconcile.board;

import io.ferrypay.reconcile.compare.ReadDifferences;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What differs on a day, as RFC 4180 has it, read in steps. */
@Component
class DifferencesCsv {

    private static final int STEP = 1_000;
    private static final String[] HEADER = {
        "id",
        "type",
        "kind",
        "order_number",
        "refund_number",
        "channel_reference",
        "line",
        "theirs",
        "ours",
        "currency",
        "their_amount",
        "our_amount",
        "merchant",
        "owner",
        "cleared_day",
        "resolution"
    };

    private final ReadDifferences differences;

    DifferencesCsv(ReadDifferences differences) {
        this.differences = differences;
    }

    void write(DayKey key, OutputStream out) throws IOException {
        var csv =
                new CSVPrinter(
                        new OutputStreamWriter(out, StandardCharsets.UTF_8),
                        CSVFormat.RFC4180.builder().setHeader(HEADER).get());
        long after = 0;
        while (true) {
            var step = differences.of(key.account(), key.day(), after, STEP);
            for (var one : step) {
                csv.printRecord(
                        "dif_" + one.id(),
                        one.type(),
                        one.kind(),
                        plain(one.orderNumber()),
                        plain(one.refundNumber()),
                        plain(one.channelReference()),
                        one.lineNumber(),
                        plain(one.theirs()),
                        plain(one.ours()),
                        one.currency(),
                        ReadBoard.text(one.theirsMinor(), one.currency()),
                        ReadBoard.text(one.oursMinor(), one.currency()),
                        one.merchantId(),
                        one.ownerId(),
                        one.clearedDay(),
                        one.resolution());
                after = one.id();
            }
            if (step.size() < STEP) {
                csv.flush();
                return;
            }
        }
    }

    /** Whatever the channel wrote is text to a spreadsheet, and no formula. */
    private static @Nullable String plain(@Nullable String text) {
        return text != null && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                ? "'" + text
                : text;
    }
}
