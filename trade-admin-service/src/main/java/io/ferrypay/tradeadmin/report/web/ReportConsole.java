package io.ferrypay.tradeadmin.report.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.pricing.FxResults.FxTotal;
import io.ferrypay.tradeadmin.report.FinanceReports;
import io.ferrypay.tradeadmin.report.FinanceReports.MoneyLine;
import io.ferrypay.tradeadmin.report.FinanceReports.ReportKey;
import io.ferrypay.tradeadmin.report.FinanceReports.Wanted;
import jakarta.validation.constraints.Pattern;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /console/api/reports/finance}: figures for the company's accounts ({@code ledger:read}).
 */
@RestController
class ReportConsole {

    private static final String ROOT = "/console/api/reports/finance";
    private static final String BOOKS = "live|test";
    private static final String KEYS = "day|channel|method|merchant";
    private static final String MERCHANT = "[A-Za-z0-9_]{1,64}";
    private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

    private final FinanceReports reports;

    ReportConsole(FinanceReports reports) {
        this.reports = reports;
    }

    record MoneyView(
            String key,
            String currency,
            long payments,
            String volume,
            long refunds,
            String refunded,
            String fees) {

        static MoneyView of(MoneyLine line) {
            return new MoneyView(
                    line.key(),
                    line.volume().currency().code(),
                    line.payments(),
                    line.volume().toDecimalString(),
                    line.refunds(),
                    line.refunded().toDecimalString(),
                    line.fees().toDecimalString());
        }
    }

    record FxView(
            String key,
            String currency,
            long exchanges,
            String bought,
            String taken,
            String cost,
            String result,
            String resultCurrency) {

        static FxView of(FxTotal total) {
            return new FxView(
                    total.key(),
                    total.bought().currency().code(),
                    total.exchanges(),
                    total.bought().toDecimalString(),
                    total.taken().toDecimalString(),
                    total.cost().toDecimalString(),
                    total.result().toDecimalString(),
                    total.result().currency().code());
        }
    }

    /**
     * @param complete false where there is more than is shown
     */
    record ReportView(
            String book,
            LocalDate from,
            LocalDate to,
            String by,
            boolean complete,
            List<MoneyView> money,
            List<FxView> fx) {}

    @GetMapping(path = ROOT, produces = MediaType.APPLICATION_JSON_VALUE)
    ReportView report(
            StaffCaller caller,
            @RequestParam @Pattern(regexp = BOOKS, message = "is no book") String book,
            @RequestParam @Pattern(regexp = DAY, message = "is not a day") String from,
            @RequestParam @Pattern(regexp = DAY, message = "is not a day") String to,
            @RequestParam @Pattern(regexp = KEYS, message = "is no key") String by,
            @RequestParam(required = false)
                    @Pattern(regexp = MERCHANT, message = "is not a merchant")
                    @Nullable String merchant) {
        var wanted = wanted(caller, book, from, to, by, merchant);
        var found = reports.of(wanted);
        return new ReportView(
                book,
                wanted.from(),
                wanted.to(),
                by,
                found.complete(),
                found.money().stream().map(MoneyView::of).toList(),
                found.exchanges().stream().map(FxView::of).toList());
    }

    /** The same for a spreadsheet. */
    @GetMapping(path = ROOT + ".csv", produces = "text/csv")
    ResponseEntity<byte[]> csv(
            StaffCaller caller,
            @RequestParam @Pattern(regexp = BOOKS, message = "is no book") String book,
            @RequestParam @Pattern(regexp = DAY, message = "is not a day") String from,
            @RequestParam @Pattern(regexp = DAY, message = "is not a day") String to,
            @RequestParam @Pattern(regexp = KEYS, message = "is no key") String by,
            @RequestParam(required = false)
                    @Pattern(regexp = MERCHANT, message = "is not a merchant")
                    @Nullable String merchant) {
        var wanted = wanted(caller, book, from, to, by, merchant);
        var file = ReportCsv.of(reports.of(wanted)).getBytes(StandardCharsets.UTF_8);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"finance-%s-%s-%s-by-%s.csv\""
                                .formatted(book, wanted.from(), wanted.to(), by))
                .body(file);
    }

    private static Wanted wanted(
            StaffCaller caller,
            String book,
            String from,
            String to,
            String by,
            @Nullable String merchant) {
        caller.require("ledger:read");
        return new Wanted(
                Book.ofWireName(book).orElseThrow(),
                day("from", from),
                day("to", to),
                ReportKey.valueOf(by.toUpperCase(Locale.ROOT)),
                merchant);
    }

    private static LocalDate day(String field, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException _) {
            throw ApiException.invalid(field, "malformed", "must be a day such as 2026-11-24");
        }
    }
}
