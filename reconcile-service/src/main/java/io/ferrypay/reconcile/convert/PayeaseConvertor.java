package io.ferrypay.reconcile.convert;

import io.ferrypay.money.Currency;
import io.ferrypay.reconcile.convert.BillLine.Kind;
import io.ferrypay.reconcile.convert.BillLine.Status;
import io.ferrypay.reconcile.convert.Conversion.Reason;
import io.ferrypay.reconcile.convert.Conversion.Refused;
import io.ferrypay.reconcile.convert.Values.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The statement that payment-channel-service makes of Payease's answers, one by one. It has no
 * times and no fees, since the answers have none.
 */
final class PayeaseConvertor {

    private static final List<String> HEADINGS =
            List.of(
                    "type,order_number,channel_reference,refund_reference,refund_number,amount,currency,status,settled"
                            .split(","));

    private static final int TYPE = 0;
    private static final int ORDER_NUMBER = 1;
    private static final int CHANNEL_REFERENCE = 2;
    private static final int REFUND_REFERENCE = 3;
    private static final int REFUND_NUMBER = 4;
    private static final int AMOUNT = 5;
    private static final int CURRENCY = 6;
    private static final int STATUS = 7;

    private final Row row = new Row();

    Conversion convert(Statement file, Bill bill) throws IOException {
        try (var in = file.open()) {
            var lines = new Lines(in);
            if (!lines.next() || !lines.cells(',', StandardCharsets.UTF_8).equals(HEADINGS)) {
                return new Refused(Reason.NO_HEADINGS);
            }
            bill.aside();
            while (lines.next()) {
                if (lines.isBlank()) {
                    bill.aside();
                    continue;
                }
                try {
                    row.split(lines.utf8(), ',', false);
                    bill.line(line(lines.number()));
                } catch (BadField why) {
                    bill.bad(lines, why);
                }
            }
            return bill.done(lines.number());
        }
    }

    private BillLine line(long number) throws BadField {
        if (row.columns() != HEADINGS.size()) {
            throw new BadField(BadLine.Reason.COLUMN_COUNT, null);
        }
        boolean refund =
                switch (row.get(TYPE)) {
                    case "payment" -> false;
                    case "refund" -> true;
                    default -> throw new BadField(BadLine.Reason.UNKNOWN_TYPE, TYPE);
                };
        var currency = Values.currency(row, CURRENCY);
        long amount = Values.amount(row, AMOUNT, currency, Unit.WHOLE);
        var orderNumber = Values.reference(row, ORDER_NUMBER);
        var refundNumber = Values.reference(row, REFUND_NUMBER);
        if (orderNumber == null && refundNumber == null) {
            throw new BadField(BadLine.Reason.WRONG_REFERENCE, ORDER_NUMBER);
        }
        return new BillLine(
                number,
                refund ? Kind.REFUND : Kind.PAYMENT,
                refund ? refundStatus() : paymentStatus(),
                orderNumber,
                Values.reference(row, CHANNEL_REFERENCE),
                refund ? refundNumber : null,
                refund ? Values.reference(row, REFUND_REFERENCE) : null,
                null,
                amount,
                currency.code(),
                currency.equals(Currency.CNY) ? amount : null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private Status paymentStatus() throws BadField {
        var status = row.get(STATUS);
        if (status.equals("paid")) {
            return Status.DONE;
        }
        // Payease's own word on an order that we hold as paid, whatever it is.
        if (status.equals("unknown_order") || status.startsWith("pstatus_")) {
            return Status.FAILED;
        }
        throw new BadField(BadLine.Reason.UNKNOWN_STATUS, STATUS);
    }

    private Status refundStatus() throws BadField {
        return switch (row.get(STATUS)) {
            case "done" -> Status.DONE;
            case "open" -> Status.OPEN;
            case "refused" -> Status.FAILED;
            default -> throw new BadField(BadLine.Reason.UNKNOWN_STATUS, STATUS);
        };
    }
}
