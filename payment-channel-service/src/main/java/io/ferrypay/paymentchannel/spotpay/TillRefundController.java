package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.paymentchannel.payment.web.IdempotencyHeader;
import io.ferrypay.paymentchannel.refund.CreateRefund;
import io.ferrypay.paymentchannel.refund.NewRefund;
import io.ferrypay.paymentchannel.refund.RefundView;
import io.ferrypay.paymentchannel.refund.web.RefundAnswer;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A till gives money back, under a cashier's PIN. */
@Tag(
        name = "SpotPay",
        description = "For tills, which sign their requests: see docs/api/devices.md.")
@RestController
@RequestMapping(path = "/v2/spotpay", produces = MediaType.APPLICATION_JSON_VALUE)
class TillRefundController {

    private static final String REFUND = "refunds:write";
    private static final String EXAMPLE = "spot_01JDC3VZ6Q8S7M2K4T9R5XN1AB";

    private final ShowSessions showSessions;
    private final CreateRefund createRefund;
    private final CashierLimits limits;
    private final TillRequests requests;

    TillRefundController(
            ShowSessions showSessions,
            CreateRefund createRefund,
            CashierLimits limits,
            TillRequests requests) {
        this.showSessions = showSessions;
        this.createRefund = createRefund;
        this.limits = limits;
        this.requests = requests;
    }

    /** The body of a refund, as it came. */
    @Schema(name = "SpotPayRefund", description = "`{}` gives back all that is left.")
    record RefundRequest(
            @Schema(description = "A part; left out, all that is left.", example = "20.00")
                    @Nullable String amount) {

        private static final Pattern AMOUNT =
                Pattern.compile("(0|[1-9][0-9]{0,14})(\\.[0-9]{1,4})?");
        private static final Pattern NOTHING = Pattern.compile("[0.]+");

        @Nullable String check() {
            if (amount != null && !AMOUNT.matcher(amount).matches()) {
                throw ApiException.invalid(
                        "/amount", "wrong_format", "must be a plain decimal such as 12.00");
            }
            if (amount != null && NOTHING.matcher(amount).matches()) {
                throw ApiException.invalid("/amount", "too_small", "must be more than zero");
            }
            return amount;
        }
    }

    @Operation(
            operationId = "refundSpotPaySession",
            summary = "Give money back at a till",
            description =
                    "Needs the proof of a cashier who gave the PIN on this till less than ten minutes"
                            + " ago, in the header `Ferry-Cashier`.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema =
                                                    @Schema(implementation = RefundRequest.class))))
    @ApiResponse(
            responseCode = "201",
            description = "On its way.",
            content = @Content(schema = @Schema(implementation = RefundView.class)))
    @ApiResponse(
            responseCode = "403",
            description = "`cashier_required`: the proof is missing, wrong or too old.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "409",
            description = "`not_refundable_state` or `idempotency_in_progress`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "422",
            description =
                    "As for any refund, such as `refund_exceeds_balance`; also `over_cashier_limit` or"
                            + " `cashier_daily_limit_reached`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @PostMapping(path = "/sessions/{id}/refunds", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> refund(
            @Parameter(hidden = true) DeviceCaller device,
            @Parameter(example = EXAMPLE) @PathVariable String id,
            @Parameter(
                            name = IdempotencyHeader.NAME,
                            in = ParameterIn.HEADER,
                            required = true,
                            schema = @Schema(type = "string", minLength = 1, maxLength = 64))
                    @RequestHeader(name = IdempotencyHeader.NAME, required = false)
                    @Nullable String idempotencyKey,
            @RequestBody byte[] body,
            @Parameter(hidden = true) HttpServletRequest request) {
        var cashier = device.cashierId();
        if (!device.may(REFUND) || cashier == null) {
            throw ApiException.of(SpotPayProblems.CASHIER_REQUIRED);
        }
        var key = IdempotencyHeader.check(idempotencyKey);
        var wanted = requests.read(RefundRequest.class, body, request);
        var amount = wanted.check();
        var session = ShowSessions.orNotFound(showSessions.find(device, id));
        var result =
                createRefund.createIf(
                        money -> limits.refusalOfRefund(device, cashier, money),
                        new NewRefund(
                                session.merchantId(),
                                session.mode(),
                                session.paymentId(),
                                amount,
                                null,
                                "cashier " + cashier + " at " + device.deviceId(),
                                null,
                                new NewRefund.Till(device.deviceId(), cashier),
                                cashier),
                        "/spotpay/" + device.deviceId() + "/" + key,
                        IdempotencyHeader.fingerprint(
                                "POST", "/v2/spotpay/sessions/" + id + "/refunds", body));
        if (result instanceof CreateRefund.Result.ConditionNotMet(var why)) {
            throw ApiException.of(CashierLimits.Refusal.valueOf(why).problem());
        }
        return RefundAnswer.of(result);
    }
}
