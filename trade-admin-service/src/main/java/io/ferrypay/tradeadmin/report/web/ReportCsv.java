package io.ferrypay.tradeadmin.report.web;

import io.ferrypay.tradeadmin.report.FinanceReports.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A report as a spreadsheet: first what was paid, then what exchanges brought. */
final class ReportCsv {

    private static final String[] HEADER = {
        "line",
        "key",
        "currency",
        "payments",
        "volume",
        "refunds",
        "refunded",
        "fees",
        "exchanges",
        "bought",
        "taken",
        "cost",
        "result",
        "result_currency"
    };

    private ReportCsv() {}

    static String of(Report report) {
        var text = new StringBuilder();
        try (var csv = new CSVPrinter(text, CSVFormat.RFC4180.builder().setHeader(HEADER).get())) {
            for (var line : report.money()) {
                csv.printRecord(
                        "money",
                        line.key(),
                        line.volume().currency().code(),
                        line.payments(),
                        line.volume().toDecimalString(),
                        line.refunds(),
                        line.refunded().toDecimalString(),
                        line.fees().toDecimalString(),
                        "",
                        "",
                        "",
                        "",
                        "",
                        "");
            }
            for (var total : report.exchanges()) {
                csv.printRecord(
                        "fx",
                        total.key(),
                        total.bought().currency().code(),
                        "",
                        "",
                        "",
                        "",
                        "",
                        total.exchanges(),
                        total.bought().toDecimalString(),
                        total.taken().toDecimalString(),
                        total.cost().toDecimalString(),
                        total.result().toDecimalString(),
                        total.result().currency().code());
            }
            if (!report.complete()) {
                csv.printRecord("incomplete", "", "", "", "", "", "", "", "", "", "", "", "", "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
