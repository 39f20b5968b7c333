package io.ferrypay.reconcile.convert;

import io.ferrypay.money.Currency;
import io.ferrypay.reconcile.convert.BillLine.Kind;
import io.ferrypay.reconcile.convert.BillLine.Status;
import io.ferrypay.reconcile.convert.Conversion.Reason;
import io.ferrypay.reconcile.convert.Conversion.Refused;
import io.ferrypay.reconcile.convert.Values.Unit;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * JD's bill: a ZIP of CSV files in GBK with a line of headings each, columns by place, amounts in
 * yuan. There are forms of 17, 18 and 19 columns, alike in the first fifteen.
 */
final class JdpayConvertor {

    private static final Charset GBK = Charset.forName("GBK");
    private static final int MOST_FILES = 1_000;

    /** Unpacked. A small ZIP can hold anything. */
    private static final long MOST_BYTES = 16L << 30;

    private static final int ORDER_NUMBER = 0;
    private static final int CHANNEL_REFERENCE = 1;
    private static final int AMOUNT = 2;
    private static final int TYPE = 4;
    private static final int STATUS = 5;
    private static final int MADE_AT = 8;
    private static final int FINISHED_AT = 9;
    private static final int REFUND_NUMBER = 10;
    private static final int FEE = 11;
    private static final int LEAST_COLUMNS = 17;
    private static final int MOST_COLUMNS = 19;

    private final Row row = new Row();

    Conversion convert(Statement file, Bill bill) throws IOException {
        try (var source = new Source(file.open());
                var zip = new ZipInputStream(source, GBK)) {
            try {
                return read(zip, bill);
            } catch (ZipException | EOFException e) {
                if (source.failed) {
                    throw e;
                }
                return new Refused(Reason.INCOMPLETE);
            }
        }
    }

    private static @Nullable ZipEntry nextFile(ZipInputStream zip) throws IOException {
        try {
            var entry = zip.getNextEntry();
            while (entry != null && entry.isDirectory()) {
                entry = zip.getNextEntry();
            }
            return entry;
        } catch (IllegalArgumentException e) {
            // The library's word for a name that is not in its charset.
            throw new ZipException("a name that cannot be read: " + e.getMessage());
        }
    }

    private Conversion read(ZipInputStream zip, Bill bill) throws IOException {
        Lines lines = null;
        int files = 0;
        long before = 0;
        while (nextFile(zip) != null) {
            if (++files > MOST_FILES) {
                return new Refused(Reason.TOO_MANY_FILES);
            }
            if (lines == null) {
                lines = new Lines(zip);
            } else {
                lines.continueWith(zip);
            }
            if (!read(lines, before, bill)) {
                return new Refused(Reason.TOO_LARGE);
            }
            before += lines.offset() + lines.bytes();
        }
        if (lines == null) {
            return new Refused(Reason.NOT_A_ZIP);
        }
        return bill.done(lines.number());
    }

    private boolean read(Lines lines, long bytesBefore, Bill bill) throws IOException {
        boolean first = true;
        while (lines.next()) {
            if (bytesBefore + lines.offset() > MOST_BYTES) {
                return false;
            }
            boolean headings = first && isHeadings(lines);
            first = false;
            if (headings || lines.isBlank()) {
                bill.aside();
                continue;
            }
            try {
                row.split(lines.gbk(), ',', true);
                bill.line(line(lines.number()));
            } catch (BadField why) {
                bill.bad(lines, why);
            }
        }
        return true;
    }

    /** They name the amount instead of giving one. */
    private static boolean isHeadings(Lines lines) {
        var cells = lines.cells(',', GBK);
        return cells.size() >= LEAST_COLUMNS
                && cells.stream().limit(AMOUNT + 1L).noneMatch(cell -> cell.matches(".*[0-9].*"));
    }

    private BillLine line(long number) throws BadField {
        int columns = row.columns();
        if (columns < LEAST_COLUMNS || !row.isEmptyFrom(MOST_COLUMNS)) {
            throw new BadField(BadLine.Reason.COLUMN_COUNT, null);
        }
        boolean refund =
                switch (row.get(TYPE)) {
                    case "消费" -> false;
                    case "退款" -> true;
                    default -> throw new BadField(BadLine.Reason.UNKNOWN_TYPE, TYPE);
                };
        long fen =
                refund
                        ? Values.unsignedAmount(row, AMOUNT, Currency.CNY, Unit.WHOLE)
                        : Values.amount(row, AMOUNT, Currency.CNY, Unit.WHOLE);
        var finishedAt = Values.time(row, FINISHED_AT);
        return new BillLine(
                number,
                refund ? Kind.REFUND : Kind.PAYMENT,
                status(),
                Values.required(row, ORDER_NUMBER),
                Values.reference(row, CHANNEL_REFERENCE),
                refund ? Values.required(row, REFUND_NUMBER) : null,
                null,
                null,
                fen,
                Currency.CNY.code(),
                fen,
                null,
                null,
                Values.fee(row, FEE, Currency.CNY, Unit.WHOLE),
                null,
                finishedAt == null ? Values.time(row, MADE_AT) : finishedAt,
                null);
    }

    private Status status() throws BadField {
        return switch (row.get(STATUS)) {
            case "成功" -> Status.DONE;
            case "等待支付", "处理中" -> Status.OPEN;
            case "失败", "关闭" -> Status.FAILED;
            default -> throw new BadField(BadLine.Reason.UNKNOWN_STATUS, STATUS);
        };
    }

    /** Knows whether it was the disk that failed, or only what is on it. */
    private static final class Source extends FilterInputStream {

        private boolean failed;

        Source(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            try {
                return super.read(into, from, length);
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }
    }
}
