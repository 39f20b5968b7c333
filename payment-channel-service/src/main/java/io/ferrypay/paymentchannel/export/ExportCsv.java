package io.ferrypay.paymentchannel.export;

import io.ferrypay.paymentchannel.payment.PaymentView;
import io.ferrypay.paymentchannel.refund.RefundView;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Lines as RFC 4180 has them, in UTF-8. A file begins with a byte order mark, without which a
 * spreadsheet takes Chinese for something else. A column, once there, stays where it is.
 */
final class ExportCsv {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final String[] PAYMENT = {
        "id",
        "merchant_reference",
        "status",
        "created_at",
        "paid_at",
        "ended_at",
        "amount",
        "currency",
        "refunded_amount",
        "payer_amount",
        "payer_currency",
        "rate",
        "method",
        "flow",
        "bank_code",
        "channel_reference",
        "failure_code",
        "paid_late",
        "product_name",
        "description",
        "static_code"
    };

    private static final String[] REFUND = {
        "id",
        "payment",
        "merchant_reference",
        "kind",
        "status",
        "created_at",
        "ended_at",
        "amount",
        "currency",
        "payer_amount",
        "payer_currency",
        "reason",
        "note",
        "channel_reference",
        "failure_code"
    };

    /** What spreadsheets take for the beginning of a formula, also as Chinese keyboards type it. */
    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

    private ExportCsv() {}

    static byte[] header(ExportKind kind) {
        var names =
                switch (kind) {
                    case PAYMENTS -> PAYMENT;
                    case REFUNDS -> REFUND;
                };
        return bytes(BYTE_ORDER_MARK, List.<Object[]>of(names));
    }

    static byte[] lines(List<Object[]> rows) {
        return bytes("", rows);
    }

    private static byte[] bytes(String before, List<Object[]> rows) {
        var text = new StringWriter();
        text.write(before);
        try (var csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecords(rows);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can't fail", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Object[] row(PaymentView payment, ZoneId zone) {
        var fx = payment.fx();
        var method = payment.paymentMethod();
        var failure = payment.failure();
        return new Object[] {
            payment.id(),
            text(payment.merchantReference()),
            payment.status().wireName(),
            time(payment.createdAt(), zone),
            time(payment.paidAt(), zone),
            time(payment.endedAt(), zone),
            payment.amount(),
            payment.currency(),
            payment.refundedAmount(),
            text(payment.payerAmount()),
            text(payment.payerCurrency()),
            fx == null ? "" : fx.rate(),
            method == null ? "" : method.type().wireName(),
            method == null || method.flow() == null ? "" : method.flow().wireName(),
            method == null ? "" : text(method.bankCode()),
            method == null ? "" : text(method.channelReference()),
            failure == null ? "" : text(failure.code()),
            payment.paidLate(),
            text(payment.productName()),
            text(payment.description()),
            text(payment.staticCode())
        };
    }

    static Object[] row(RefundView refund, ZoneId zone) {
        var failure = refund.failure();
        return new Object[] {
            refund.id(),
            refund.payment(),
            text(refund.merchantReference()),
            refund.kind().wireName(),
            refund.status().wireName(),
            time(refund.createdAt(), zone),
            time(refund.endedAt(), zone),
            refund.amount(),
            refund.currency(),
            text(refund.payerAmount()),
            text(refund.payerCurrency()),
            text(refund.reason()),
            text(refund.note()),
            text(refund.channelReference()),
            failure == null ? "" : text(failure.code())
        };
    }

    private static String time(@Nullable Instant time, ZoneId zone) {
        return time == null
                ? ""
                : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        time.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }

    /** Text that somebody else chose: an apostrophe keeps a spreadsheet from running it. */
    static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        return FORMULA.indexOf(value.charAt(0)) < 0 ? value : "'" + value;
    }
}
