package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.payment.SumUpPayments;
import io.ferrypay.paymentchannel.payment.SumUpPayments.Figures;
import io.ferrypay.paymentchannel.payment.SumUpPayments.InCurrency;
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
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/payment_statistics}: figures for charts, so that nobody else adds money up. */
@Tag(name = "Payments")
@RestController
class StatisticsController {

    private static final int MOST_DAYS = 92;
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(8999, 1, 1);

    private final SumUpPayments sumUp;

    StatisticsController(SumUpPayments sumUp) {
        this.sumUp = sumUp;
    }

    @Operation(
            operationId = "getPaymentStatistics",
            summary = "Payments in figures",
            description =
                    "For each currency the total, each day and each way to pay. A payment counts on"
                            + " the day it was made in `time_zone`, refunds of it too. At most 92"
                            + " days.")
    @ApiResponse(responseCode = "200", description = "The figures.")
    @ApiResponse(
            responseCode = "400",
            description = "`invalid_request`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping(path = "/v2/payment_statistics", produces = MediaType.APPLICATION_JSON_VALUE)
    Statistics get(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(description = "The first day.", required = true, example = "2026-11-01")
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(description = "The last day.", required = true, example = "2026-11-28")
                    @RequestParam(required = false)
                    @Nullable String to,
            @Parameter(description = "Whose days: a place of the tz database.")
                    @RequestParam(name = "time_zone", defaultValue = "Pacific/Auckland")
                    String timeZone) {
        caller.require("payments:read");
        var found = new Violations();
        var first = day("from", from, found);
        var last = day("to", to, found);
        if (!isPlace(timeZone)) {
            found.add("time_zone", "unknown", "is not a time zone such as Pacific/Auckland");
        }
        if (last.isBefore(first) || ChronoUnit.DAYS.between(first, last) >= MOST_DAYS) {
            found.add(
                    "to",
                    "out_of_range",
                    "must be from 0 to " + (MOST_DAYS - 1) + " days after from");
        }
        found.refuseIfAny();
        var zone = ZoneId.of(timeZone);
        return new Statistics(
                "payment_statistics",
                first,
                last,
                timeZone,
                sumUp.of(caller.merchantId(), caller.mode(), first, last, zone).stream()
                        .map(OfCurrency::of)
                        .toList());
    }

    /** Without what Java keeps from older systems, which the database does not know. */
    static boolean isPlace(String timeZone) {
        return ZoneId.getAvailableZoneIds().contains(timeZone) && !timeZone.startsWith("SystemV/");
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

    @Schema(name = "PaymentStatistics")
    record Statistics(
            @Schema(example = "payment_statistics") String object,
            LocalDate from,
            LocalDate to,
            @Schema(example = "Pacific/Auckland") String timeZone,
            List<OfCurrency> data) {}

    @Schema(name = "PaymentStatisticsOfCurrency")
    record OfCurrency(
            @Schema(example = "NZD") String currency,
            Counted total,
            @Schema(description = "Every day, also those without payments.") List<OfDay> days,
            @Schema(description = "Payments whose payer chose no way to pay are in none.")
                    List<OfMethod> methods) {

        static OfCurrency of(InCurrency figures) {
            return new OfCurrency(
                    figures.currency(),
                    Counted.of(figures.total()),
                    figures.days().entrySet().stream()
                            .map(day -> new OfDay(day.getKey(), Counted.of(day.getValue())))
                            .toList(),
                    figures.methods().entrySet().stream()
                            .map(method ->
                                    new OfMethod(method.getKey(), Counted.of(method.getValue())))
                            .toList());
        }
    }

    @Schema(name = "PaymentStatisticsOfDay")
    record OfDay(LocalDate date, Counted figures) {}

    @Schema(name = "PaymentStatisticsOfMethod")
    record OfMethod(PaymentMethod method, Counted figures) {}

    @Schema(name = "PaymentFigures")
    record Counted(
            @Schema(description = "How many were made.") long made,
            @Schema(description = "How many of them are paid.") long paid,
            @Schema(description = "What those come to.", example = "1250.00") String paidAmount,
            @Schema(description = "How much of it has gone back.", example = "20.00")
                    String refundedAmount) {

        static Counted of(Figures figures) {
            return new Counted(
                    figures.made(),
                    figures.paid(),
                    figures.paidAmount().toDecimalString(),
                    figures.refundedAmount().toDecimalString());
        }
    }
}
