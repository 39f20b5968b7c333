package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.paymentchannel.merchant.Merchants;
import io.ferrypay.paymentchannel.payment.web.Violations;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/spotpay/report}: what a till took and gave back. */
@Tag(
        name = "SpotPay",
        description = "For tills, which sign their requests: see docs/api/devices.md.")
@RestController
@RequestMapping(path = "/v2/spotpay", produces = MediaType.APPLICATION_JSON_VALUE)
class ShiftReportController {

    private static final String READ = "payments:read";
    private static final Pattern CASHIER = Pattern.compile("cas_[0-9A-HJKMNP-TV-Z]{26}");

    private final ShiftReport shiftReport;
    private final Merchants merchants;

    ShiftReportController(ShiftReport shiftReport, Merchants merchants) {
        this.shiftReport = shiftReport;
        this.merchants = merchants;
    }

    @Operation(
            operationId = "spotPayReport",
            summary = "What this till took and gave back",
            description =
                    "Sums by wallet, of at most 31 days. Without `from` since the store's day began;"
                            + " without `until` up to now.")
    @ApiResponse(responseCode = "200", description = "The sums.")
    @ApiResponse(
            responseCode = "400",
            description = "`invalid_request`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping("/report")
    ShiftReport.Report report(
            @Parameter(hidden = true) DeviceCaller device,
            @Parameter(description = "RFC 3339.", example = "2026-11-28T08:00:00+13:00")
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(description = "RFC 3339.") @RequestParam(required = false)
                    @Nullable String until,
            @Parameter(description = "Only what this cashier took and gave back.")
                    @RequestParam(required = false)
                    @Nullable String cashier) {
        device.require(READ);
        var found = new Violations();
        var first = time("from", from, found);
        var last = time("until", until, found);
        if (cashier != null && !CASHIER.matcher(cashier).matches()) {
            found.add("cashier", "wrong_format", "is not a cashier");
        }
        found.refuseIfAny();
        var currency =
                merchants
                        .find(device.merchantId())
                        .orElseThrow(() ->
                                ApiException.of(CommonProblems.SERVICE_UNAVAILABLE)
                                        .retryAfter(Duration.ofSeconds(2)))
                        .currency();
        return shiftReport.report(device, cashier, first, last, currency);
    }

    private static @Nullable Instant time(String name, @Nullable String text, Violations found) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            found.add(name, "wrong_format", "must be a time such as 2026-11-01T00:00:00+13:00");
            return null;
        }
    }
}
