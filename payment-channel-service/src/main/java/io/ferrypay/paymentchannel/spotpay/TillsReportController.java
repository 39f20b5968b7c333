package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.paymentchannel.payment.web.Violations;
import io.ferrypay.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/spotpay/reports}: what all tills of a shop took and gave back, for the shop. */
@Tag(name = "SpotPay")
@RestController
class TillsReportController {

    private static final int MOST_DAYS = 31;
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2200, 1, 1);
    private static final Pattern STORE = Pattern.compile("store_[0-9A-HJKMNP-TV-Z]{26}");
    private static final Pattern DEVICE = Pattern.compile("dev_[0-9A-Za-z-]{26,40}");
    private static final Pattern CASHIER = Pattern.compile("cas_[0-9A-HJKMNP-TV-Z]{26}");

    private final ReportTills reports;

    TillsReportController(ReportTills reports) {
        this.reports = reports;
    }

    @Schema(name = "TillsReport")
    record Report(
            @Schema(description = "Always `spotpay_reports`.") String object,
            boolean livemode,
            LocalDate from,
            LocalDate to,
            @Schema(example = "Pacific/Auckland") String timeZone,
            @Schema(description = "Newest day first; days without sales or refunds are left out.")
                    List<ReportTills.Row> data,
            @Schema(description = "All rows together, for each currency.")
                    List<ReportTills.Total> totals) {}

    @Operation(
            operationId = "reportTills",
            summary = "What tills took and gave back",
            description =
                    "By day, store, device and cashier. A sale counts on the day it was paid, a refund"
                            + " on the day it was asked for, in `time_zone`. At most 31 days.")
    @ApiResponse(responseCode = "200", description = "The sums.")
    @ApiResponse(
            responseCode = "400",
            description = "`invalid_request`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping(path = "/v2/spotpay/reports", produces = MediaType.APPLICATION_JSON_VALUE)
    Report report(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(description = "The first day.", required = true, example = "2026-11-01")
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(description = "The last day.", required = true, example = "2026-11-28")
                    @RequestParam(required = false)
                    @Nullable String to,
            @Parameter(description = "Whose days: a place of the tz database.")
                    @RequestParam(name = "time_zone", defaultValue = "Pacific/Auckland")
                    String timeZone,
            @RequestParam(defaultValue = "") String store,
            @RequestParam(defaultValue = "") String device,
            @RequestParam(defaultValue = "") String cashier) {
        caller.require("payments:read");
        var found = new Violations();
        var first = day("from", from, found);
        var last = day("to", to, found);
        if (!ZoneId.getAvailableZoneIds().contains(timeZone) || timeZone.startsWith("SystemV/")) {
            found.add("time_zone", "unknown", "is not a time zone such as Pacific/Auckland");
        }
        if (last.isBefore(first) || ChronoUnit.DAYS.between(first, last) >= MOST_DAYS) {
            found.add(
                    "to",
                    "out_of_range",
                    "must be from 0 to " + (MOST_DAYS - 1) + " days after from");
        }
        id("store", store, STORE, found);
        id("device", device, DEVICE, found);
        id("cashier", cashier, CASHIER, found);
        found.refuseIfAny();
        var figures =
                reports.report(
                        caller.merchantId(),
                        caller.mode(),
                        new ReportTills.Wish(
                                first,
                                last.plusDays(1),
                                ZoneId.of(timeZone),
                                store,
                                device,
                                cashier));
        return new Report(
                "spotpay_reports",
                caller.mode().livemode(),
                first,
                last,
                timeZone,
                figures.rows(),
                figures.totals());
    }

    private static void id(String name, String value, Pattern form, Violations found) {
        if (!value.isEmpty() && !form.matcher(value).matches()) {
            found.add(name, "wrong_format", "is no id of a " + name);
        }
    }

    private static LocalDate day(String name, @Nullable String text, Violations found) {
        try {
            var day = text == null ? null : LocalDate.parse(text);
            if (day != null && !day.isBefore(EARLIEST) && day.isBefore(LATEST)) {
                return day;
            }
        } catch (DateTimeParseException _) {
            // Refused below.
        }
        found.add(name, "wrong_format", "must be a day such as 2026-11-28");
        return EARLIEST;
    }
}
