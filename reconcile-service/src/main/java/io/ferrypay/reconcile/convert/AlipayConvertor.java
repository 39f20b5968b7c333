package io.ferrypay.reconcile.convert;

import io.ferrypay.money.Currency;
import io.ferrypay.reconcile.convert.BillLine.Kind;
import io.ferrypay.reconcile.convert.BillLine.Status;
import io.ferrypay.reconcile.convert.Conversion.Reason;
import io.ferrypay.reconcile.convert.Conversion.Refused;
import io.ferrypay.reconcile.convert.Values.Unit;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Alipay's files of transactions and of settled lines. No document states the separator and the
 * encoding of all of them, so both are told from the file: pipes if the headings have one, UTF-8 if
 * a line is that, else GBK.
 *
 * <p>Refunds are told from the type: their amounts are below zero in some files and not in others.
 * A refund carries its own number in the column of the order's; some files name the order, too.
 */
final class AlipayConvertor {

    private static final String END = "<END>";

    /** Of the file that has no headings. */
    private static final List<String> COMPARE_COLUMNS =
            List.of(
                    "partner_transaction_id",
                    "amount",
                    "currency",
                    "payment_time",
                    "settlement_time",
                    "type",
                    "service_charge",
                    "status",
                    "remarks");

    /** A block about the file is shorter than that. */
    private static final int HEADING_LINES = 10;

    private static final String COUNT = "totalcount";
    private static final Set<String> REMARKS = Set.of("remarks", "remark");

    private final StatementFormat format;
    private final Unit unit;
    private final Row row = new Row();
    private char separator = '|';
    private Columns columns = new Columns(COMPARE_COLUMNS);
    private @Nullable String statedCount;

    AlipayConvertor(StatementFormat format) {
        this.format = format;
        this.unit = format == StatementFormat.ALIPAY_TRANSACTION_ITEMS ? Unit.MINOR : Unit.WHOLE;
    }

    Conversion convert(Statement file, Bill bill) throws IOException {
        try (var in = file.open()) {
            var lines = new Lines(in);
            boolean more = lines.next();
            if (format != StatementFormat.ALIPAY_COMPARE) {
                if (!findHeadings(lines, more, bill)) {
                    return new Refused(Reason.NO_HEADINGS);
                }
                more = lines.next();
            } else if (more && isHeadings(lines)) {
                bill.aside();
                more = lines.next();
            }
            return read(lines, more, bill);
        }
    }

    private boolean isHeadings(Lines lines) {
        return plain(lines.cells('|', null)).contains("partnertransactionid");
    }

    private boolean findHeadings(Lines lines, boolean first, Bill bill) throws IOException {
        boolean more = first;
        List<String> names = List.of();
        for (int i = 0; more && i < HEADING_LINES; i++) {
            bill.aside();
            var piped = lines.cells('|', null);
            var cells = piped.size() > 1 ? piped : lines.cells(',', null);
            var plain = plain(cells);
            if (plain.contains("partnertransactionid") || plain.contains("transactionrequestid")) {
                separator = piped.size() > 1 ? '|' : ',';
                columns = new Columns(cells);
                return columns.areComplete();
            }
            noteCount(names, cells);
            names = plain;
            more = lines.next();
        }
        return false;
    }

    /** {@code Total_count:12}, or 12 in the line below a line of names. */
    private void noteCount(List<String> namesAbove, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            var parts = cells.get(i).split("[:=：]", 2);
            if (parts.length == 2 && plain(parts[0]).equals(COUNT)) {
                statedCount = parts[1].strip();
            } else if (i < namesAbove.size() && namesAbove.get(i).equals(COUNT)) {
                statedCount = cells.get(i);
            }
        }
    }

    private Conversion read(Lines lines, boolean first, Bill bill) throws IOException {
        boolean ended = false;
        for (boolean more = first; more; more = lines.next()) {
            if (lines.isBlank()) {
                bill.aside();
                continue;
            }
            try {
                var text = lines.utf8OrGbk();
                if (text.strip().equals(END)) {
                    ended = true;
                    bill.aside();
                    continue;
                }
                if (ended) {
                    throw new BadField(BadLine.Reason.AFTER_END, null);
                }
                row.split(text, separator, separator == ',');
                bill.line(line(lines.number()));
            } catch (BadField why) {
                bill.bad(lines, why);
            }
        }
        if (format == StatementFormat.ALIPAY_TRANSACTION_ITEMS && !ended) {
            return new Refused(Reason.INCOMPLETE);
        }
        var stated = statedCount;
        var ours = Long.toString(bill.records());
        if (stated != null && !stated.equals(ours)) {
            bill.totalDiffers("Total_count", Totals.shown(stated), ours);
        }
        return bill.done(lines.number());
    }

    private BillLine line(long number) throws BadField {
        // Remarks come last in some files and may hold a separator, or not be written at all.
        boolean right =
                columns.endInRemarks
                        ? row.columns() >= columns.count - 1
                        : row.columns() >= columns.count && row.isEmptyFrom(columns.count);
        if (!right) {
            throw new BadField(BadLine.Reason.COLUMN_COUNT, null);
        }
        var type = type(row.get(columns.type));
        var currency = Values.currency(row, columns.currency);
        boolean refund = type != Type.PAYMENT;
        var own = Values.required(row, columns.number);
        var reference = Values.reference(row, columns.reference);
        return new BillLine(
                number,
                refund ? Kind.REFUND : Kind.PAYMENT,
                status(),
                type == Type.REFUND ? Values.reference(row, columns.originalNumber) : own,
                type == Type.REFUND
                        ? Values.reference(row, columns.originalReference)
                        : type == Type.PAYMENT ? reference : null,
                type == Type.REFUND ? own : null,
                refund ? reference : null,
                Values.reference(row, columns.merchant),
                refund
                        ? Values.unsignedAmount(row, columns.amount, currency, unit)
                        : Values.amount(row, columns.amount, currency, unit),
                currency.code(),
                Values.optionalAmount(row, columns.yuan, Currency.CNY, unit),
                Values.optionalAmount(row, columns.settled, currency, unit),
                row.get(columns.settled).isEmpty() ? null : currency.code(),
                Values.fee(row, columns.fee, currency, unit),
                Values.rate(row, columns.rate, false),
                Values.time(row, columns.paidAt),
                Values.time(row, columns.settledAt));
    }

    private enum Type {
        PAYMENT,
        REFUND,
        /** Takes a whole payment back under the payment's own number. */
        CANCEL
    }

    private Type type(String text) throws BadField {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "P", "PAYMENT", "CAPTURE" -> Type.PAYMENT;
            case "R", "REFUND" -> Type.REFUND;
            case "CANCEL", "REVERSAL" -> Type.CANCEL;
            default -> throw new BadField(BadLine.Reason.UNKNOWN_TYPE, columns.type);
        };
    }

    /** Paid or liquidated; files without that column hold nothing else. */
    private Status status() throws BadField {
        if (columns.status < 0) {
            return Status.DONE;
        }
        return switch (row.get(columns.status)) {
            case "P", "L" -> Status.DONE;
            default -> throw new BadField(BadLine.Reason.UNKNOWN_STATUS, columns.status);
        };
    }

    private static List<String> plain(List<String> names) {
        return names.stream().map(AlipayConvertor::plain).toList();
    }

    /** {@code Partner_transaction_id} and {@code partnerTransactionId} are the same. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    /** Where each column is; below zero where there is none. */
    private static final class Columns {

        private final int count;
        private final boolean endInRemarks;
        private final int number;
        private final int reference;
        private final int originalNumber;
        private final int originalReference;
        private final int merchant;
        private final int amount;
        private final int yuan;
        private final int currency;
        private final int fee;
        private final int rate;
        private final int settled;
        private final int paidAt;
        private final int settledAt;
        private final int type;
        private final int status;

        Columns(List<String> headings) {
            var names = plain(headings);
            // A line of headings may end in a separator.
            int last = names.size();
            while (last > 0 && names.get(last - 1).isEmpty()) {
                last--;
            }
            count = last;
            endInRemarks = last > 0 && REMARKS.contains(names.get(last - 1));
            number = first(names, "partnertransactionid", "transactionrequestid");
            reference = first(names, "transactionid");
            originalNumber = first(names, "originalpartnertransactionid");
            originalReference = first(names, "originaltransactionid");
            merchant = first(names, "secondarymerchantid", "referencemerchantid");
            amount = first(names, "amount", "transactionamount", "transactionamountvalue");
            yuan = first(names, "rmbamount");
            currency = first(names, "currency", "transactioncurrency");
            fee = first(names, "fee", "servicecharge", "chargeamount");
            rate = first(names, "rate");
            settled = first(names, "settlement");
            paidAt = first(names, "paymenttime");
            settledAt = first(names, "settlementtime");
            type = first(names, "type", "transactiontype");
            status = first(names, "status");
        }

        boolean areComplete() {
            return number >= 0 && amount >= 0 && currency >= 0 && type >= 0 && paidAt >= 0;
        }

        private static int first(List<String> names, String... wanted) {
            for (var name : wanted) {
                int at = names.indexOf(name);
                if (at >= 0) {
                    return at;
                }
            }
            return -1;
        }
    }
}
