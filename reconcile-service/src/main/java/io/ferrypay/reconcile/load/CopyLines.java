package io.ferrypay.reconcile.load;

import io.ferrypay.reconcile.convert.BadLine;
import io.ferrypay.reconcile.convert.BillLine;
import io.ferrypay.reconcile.convert.BillSink;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes bill lines in PostgreSQL's text format for COPY as they come, and keeps the bad ones for
 * afterwards, since a connection does one thing at a time.
 */
final class CopyLines implements BillSink {

    /** A file with more of them is no statement of that format. */
    static final int MOST_BAD = 100_000;

    private static final int PIECE = 64 * 1024;

    /** More than a line can take: seven references of 64 characters, each perhaps escaped. */
    private static final int MOST_LINE = 2_048;

    private final byte[] buffer = new byte[PIECE];
    private final byte[] start;
    private final BillPlace place;
    private final List<BadLine> bad = new ArrayList<>();
    private int filled;

    CopyLines(BillPlace place, String accountId, LocalDate day) {
        this.place = place;
        start = (day + "\t" + accountId + "\t").getBytes(StandardCharsets.UTF_8);
    }

    /** There were too many bad lines to believe in the rest. */
    static final class TooManyBad extends IOException {

        TooManyBad() {
            super("more than " + MOST_BAD + " bad lines");
        }
    }

    @Override
    public void line(BillLine line) throws IOException {
        if (buffer.length - filled < MOST_LINE + start.length) {
            flush();
        }
        System.arraycopy(start, 0, buffer, filled, start.length);
        filled += start.length;
        number(line.number());
        text(line.kind() == BillLine.Kind.PAYMENT ? "payment" : "refund");
        text(
                switch (line.status()) {
                    case DONE -> "done";
                    case OPEN -> "open";
                    case FAILED -> "failed";
                });
        text(line.orderNumber());
        text(line.channelReference());
        text(line.refundNumber());
        text(line.refundReference());
        text(line.channelMerchant());
        number(line.amountMinor());
        text(line.currency());
        number(line.yuanMinor());
        number(line.settledMinor());
        text(line.settledCurrency());
        decimal(line.fee());
        decimal(line.rate());
        time(line.happenedAt());
        time(line.settledAt());
        buffer[filled - 1] = '\n';
    }

    @Override
    public void bad(BadLine line) throws IOException {
        if (bad.size() == MOST_BAD) {
            throw new TooManyBad();
        }
        bad.add(line);
    }

    List<BadLine> badLines() {
        return bad;
    }

    /** How many lines were taken. */
    long finish() throws IOException {
        flush();
        return place.finish();
    }

    private void flush() throws IOException {
        place.write(buffer, filled);
        filled = 0;
    }

    /** All of it is ASCII; a backslash is the only character of it that COPY acts on. */
    private void text(@Nullable String text) {
        if (text == null) {
            buffer[filled++] = '\\';
            buffer[filled++] = 'N';
        } else {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\') {
                    buffer[filled++] = '\\';
                }
                buffer[filled++] = (byte) c;
            }
        }
        buffer[filled++] = '\t';
    }

    private void number(@Nullable Long number) {
        text(number == null ? null : Long.toString(number));
    }

    private void decimal(@Nullable BigDecimal number) {
        text(number == null ? null : number.toPlainString());
    }

    private void time(@Nullable Instant time) {
        text(time == null ? null : time.toString());
    }

    static String stored(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
