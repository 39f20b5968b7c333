package io.ferrypay.paymentchannel.refund.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.paymentchannel.payment.web.IdempotencyHeader;
import io.ferrypay.paymentchannel.refund.RefundView;
import io.ferrypay.paymentchannel.refund.web.RefundController.RefundList;
import io.ferrypay.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The refund API as it is documented; what it does is in {@link RefundController}. */
@Tag(name = "Refunds")
@RequestMapping(path = "/v2", produces = MediaType.APPLICATION_JSON_VALUE)
interface RefundApi {

    @Operation(
            operationId = "createRefund",
            summary = "Refund a payment",
            description =
                    "All of it or a part, as often as its channel allows, at the payment's own rate."
                            + " The money is set aside at once, so refunds never come to more than"
                            + " was paid; the channel decides later: fetch the refund or wait for the"
                            + " webhook. Repeat a request that was not answered with the same"
                            + " `Idempotency-Key`.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema =
                                                    @Schema(
                                                            implementation =
                                                                    CreateRefundRequest.class))))
    @ApiResponse(
            responseCode = "201",
            description = "Accepted, now or by the first request under this key.",
            headers = {
                @Header(
                        name = "Location",
                        description = "Where the refund is.",
                        schema = @Schema(type = "string")),
                @Header(
                        name = "Idempotent-Replayed",
                        description = "`true` when the answer is one given before.",
                        schema = @Schema(type = "string"))
            },
            content = @Content(schema = @Schema(implementation = RefundView.class)))
    @ApiResponse(
            responseCode = "400",
            description =
                    "`malformed_json`, `unknown_field`, `invalid_request`,"
                            + " `idempotency_key_missing` or `idempotency_key_invalid`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "404",
            description = "`not_found`: you have no such payment in this mode.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "409",
            description =
                    "`not_refundable_state` (with `payment_status`), `reference_exists` (with"
                            + " `refund_id`), or `idempotency_in_progress` (with `Retry-After`).",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "422",
            description =
                    "`refund_exceeds_balance` (with `refundable_amount`), `refund_window_closed`"
                            + " (with `closed_at`), `too_many_refunds`, `refund_too_small`,"
                            + " `refund_not_supported` or `idempotency_mismatch`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @PostMapping(path = "/payments/{id}/refunds", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(example = "pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB") @PathVariable String id,
            @Parameter(
                            name = IdempotencyHeader.NAME,
                            in = ParameterIn.HEADER,
                            required = true,
                            description = "1 to 64 visible ASCII characters; a UUID is good.",
                            schema = @Schema(type = "string", minLength = 1, maxLength = 64),
                            example = "6d1f3c1e-5a7b-4b52-9a0e-2f6d0f4f6a11")
                    @RequestHeader(name = IdempotencyHeader.NAME, required = false)
                    @Nullable String idempotencyKey,
            @RequestBody byte[] body,
            @Parameter(hidden = true) HttpServletRequest request);

    @Operation(
            operationId = "listRefundsOfPayment",
            summary = "List a payment's refunds",
            description = "Newest first, money owed back by ourselves included.")
    @ApiResponse(responseCode = "200", description = "A page of refunds.")
    @ApiResponse(
            responseCode = "400",
            description = "`invalid_request`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "404",
            description = "`not_found`: you have no such payment in this mode.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping("/payments/{id}/refunds")
    RefundList ofPayment(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(example = "pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB") @PathVariable String id,
            @Parameter(
                            description = "How many, 1 to 100.",
                            schema =
                                    @Schema(
                                            type = "integer",
                                            minimum = "1",
                                            maximum = "100",
                                            defaultValue = "20"))
                    @RequestParam(required = false)
                    @Nullable String limit,
            @Parameter(description = "`next_cursor` of the page before.")
                    @RequestParam(required = false)
                    @Nullable String cursor,
            @Parameter(
                            description = "Only refunds in this status.",
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "pending_approval",
                                                "pending",
                                                "succeeded",
                                                "failed"
                                            }))
                    @RequestParam(required = false)
                    @Nullable String status);

    @Operation(operationId = "getRefund", summary = "Fetch a refund")
    @ApiResponse(responseCode = "200", description = "The refund as it stands.")
    @ApiResponse(
            responseCode = "404",
            description = "`not_found`: you have no such refund in this mode.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping("/refunds/{id}")
    RefundView fetch(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(example = "re_01JDC4A6Q8S7M2K4T9R5XN1ABC") @PathVariable String id);

    @Operation(
            operationId = "approveRefund",
            summary = "Agree to a refund",
            description =
                    "In the portal only: by another person than the one who asked, who just proved"
                            + " who they are.")
    @ApiResponse(responseCode = "200", description = "The refund as it stands.")
    @ApiResponse(
            responseCode = "403",
            description = "`own_request`, `person_required`, `step_up_required`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "409",
            description = "`refund_not_waiting` (with `status`).",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @PostMapping("/refunds/{id}:approve")
    RefundView approve(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(example = "re_01JDC4A6Q8S7M2K4T9R5XN1ABC") @PathVariable String id);

    @Operation(
            operationId = "refuseRefund",
            summary = "Refuse a refund that waits for you",
            description = "In the portal only. It fails with `not_approved`.")
    @ApiResponse(responseCode = "200", description = "The refund as it stands.")
    @ApiResponse(
            responseCode = "409",
            description = "`refund_not_waiting` (with `status`).",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @PostMapping("/refunds/{id}:refuse")
    RefundView refuse(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(example = "re_01JDC4A6Q8S7M2K4T9R5XN1ABC") @PathVariable String id);

    @Operation(
            operationId = "listRefundLimits",
            summary = "Above which sums you want another person to agree",
            description = "In each currency at most one; none where nobody has to.")
    @ApiResponse(responseCode = "200", description = "Your limits in this mode.")
    @GetMapping("/refunds/limits")
    RefundLimitList limits(@Parameter(hidden = true) MerchantCaller caller);

    @Operation(
            operationId = "setRefundLimit",
            summary = "Say above which sum another person has to agree",
            description =
                    "In the portal only, by owners and admins, who just proved who they are. A limit"
                            + " is about all that goes back of one payment, so parts do not slip"
                            + " through. It counts for refunds that are asked for from now on.")
    @ApiResponse(responseCode = "200", description = "Your limits in this mode.")
    @ApiResponse(
            responseCode = "400",
            description = "`invalid_request`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @PostMapping(path = "/refunds/limits", consumes = MediaType.APPLICATION_JSON_VALUE)
    RefundLimitList setLimit(
            @Parameter(hidden = true) MerchantCaller caller,
            @RequestBody RefundLimitRequest request);

    /** A limit as it is set. */
    @Schema(name = "RefundLimitRequest", description = "Above which sum another person agrees.")
    record RefundLimitRequest(
            @Schema(description = "ISO 4217.", example = "NZD") @Nullable String currency,
            @Schema(description = "A decimal string; null for no limit.", example = "500.00")
                    @Nullable String above) {}

    /** A limit as it stands. */
    @Schema(name = "RefundLimit", description = "Above which sum another person agrees.")
    record RefundLimitView(
            @Schema(example = "NZD") String currency,
            @Schema(example = "500.00") String above,
            Instant changedAt) {}

    /** The limits of a mode. */
    @Schema(name = "RefundLimitList", description = "Your limits.")
    record RefundLimitList(
            @Schema(description = "Always `list`.", example = "list") String object,
            List<RefundLimitView> data) {}

    @Operation(operationId = "listRefunds", summary = "List refunds", description = "Newest first.")
    @ApiResponse(responseCode = "200", description = "A page of refunds.")
    @ApiResponse(
            responseCode = "400",
            description = "`invalid_request`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping("/refunds")
    RefundList list(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(
                            description = "How many, 1 to 100.",
                            schema =
                                    @Schema(
                                            type = "integer",
                                            minimum = "1",
                                            maximum = "100",
                                            defaultValue = "20"))
                    @RequestParam(required = false)
                    @Nullable String limit,
            @Parameter(description = "`next_cursor` of the page before.")
                    @RequestParam(required = false)
                    @Nullable String cursor,
            @Parameter(
                            description = "Only refunds in this status.",
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "pending_approval",
                                                "pending",
                                                "succeeded",
                                                "failed"
                                            }))
                    @RequestParam(required = false)
                    @Nullable String status);
}
