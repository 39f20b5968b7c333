package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.paymentchannel.payment.PaymentView;
import io.ferrypay.paymentchannel.payment.web.PaymentController.PaymentList;
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

/** The payment API as it is documented; what it does is in {@link PaymentController}. */
@Tag(name = "Payments")
@RequestMapping(path = "/v2/payments", produces = MediaType.APPLICATION_JSON_VALUE)
interface PaymentApi {

    @Operation(
            operationId = "createPayment",
            summary = "Create a payment",
            description =
                    "Stores the payment and answers with the link of its page. Repeat a request that"
                            + " was not answered with the same `Idempotency-Key`: it is done once, and"
                            + " answered in the same words with `Idempotent-Replayed: true`. Keys are"
                            + " yours alone, per mode, and kept for 24 hours.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema =
                                                    @Schema(
                                                            implementation =
                                                                    CreatePaymentRequest.class))))
    @ApiResponse(
            responseCode = "201",
            description = "Created, now or by the first request under this key.",
            headers = {
                @Header(
                        name = "Location",
                        description = "Where the payment is.",
                        schema = @Schema(type = "string")),
                @Header(
                        name = "Idempotent-Replayed",
                        description = "`true` when the answer is one given before.",
                        schema = @Schema(type = "string"))
            },
            content = @Content(schema = @Schema(implementation = PaymentWithLink.class)))
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
            responseCode = "403",
            description = "`forbidden_scope` or `merchant_suspended`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "409",
            description =
                    "`reference_exists` (with `payment_id`), or `idempotency_in_progress` (with"
                            + " `Retry-After`).",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "422",
            description =
                    "`idempotency_mismatch`, `currency_not_accepted`, `method_not_available`,"
                            + " `fx_quote_not_usable` or `risk_denied`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(
                            name = IdempotencyHeader.NAME,
                            in = ParameterIn.HEADER,
                            required = true,
                            description = "1 to 64 visible ASCII characters; a UUID is good.",
                            schema = @Schema(type = "string", minLength = 1, maxLength = 64),
                            example = "0f6f3c1e-5a7b-4b52-9a0e-2f6d0f4f6a10")
                    @RequestHeader(name = IdempotencyHeader.NAME, required = false)
                    @Nullable String idempotencyKey,
            @RequestBody byte[] body,
            @Parameter(hidden = true) HttpServletRequest request);

    @Operation(
            operationId = "getPayment",
            summary = "Fetch a payment",
            description =
                    "With `wait`, holds the answer until the payment changes or the seconds are"
                            + " over; a payment that has ended is answered at once.")
    @ApiResponse(responseCode = "200", description = "The payment as it stands.")
    @ApiResponse(
            responseCode = "404",
            description = "`not_found`: you have no such payment in this mode.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping("/{id}")
    PaymentView fetch(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(example = "pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB") @PathVariable String id,
            @Parameter(
                            description = "Seconds, 0 to 25.",
                            schema =
                                    @Schema(
                                            type = "integer",
                                            minimum = "0",
                                            maximum = "25",
                                            defaultValue = "0"))
                    @RequestParam(required = false)
                    @Nullable String wait)
            throws InterruptedException;

    @Operation(
            operationId = "getPaymentByReference",
            summary = "Fetch a payment by your own reference")
    @ApiResponse(responseCode = "200", description = "The payment as it stands.")
    @ApiResponse(
            responseCode = "404",
            description = "`not_found`: no payment of yours in this mode has the reference.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping("/by-reference/{merchant_reference}")
    PaymentView fetchByReference(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(
                            description =
                                    "A reference with slashes can be found in the list instead, with"
                                            + " `merchant_reference`.",
                            example = "ORDER-10023")
                    @PathVariable("merchant_reference")
                    String merchantReference);

    @Operation(
            operationId = "listPayments",
            summary = "List payments",
            description = "Newest first. Unlike page numbers, a cursor misses and repeats nothing.")
    @ApiResponse(responseCode = "200", description = "A page of payments.")
    @ApiResponse(
            responseCode = "400",
            description = "`invalid_request`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping
    PaymentList list(
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
                            description = "Only payments in this status.",
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "created",
                                                "pending",
                                                "processing",
                                                "paid",
                                                "failed",
                                                "canceled",
                                                "expired",
                                                "under_review"
                                            }))
                    @RequestParam(required = false)
                    @Nullable String status,
            @Parameter(
                            description = "Only payments created at this time or later (RFC 3339).",
                            example = "2026-11-01T00:00:00+13:00")
                    @RequestParam(name = "created_gte", required = false)
                    @Nullable String createdGte,
            @Parameter(description = "Only payments created before this time (RFC 3339).")
                    @RequestParam(name = "created_lt", required = false)
                    @Nullable String createdLt,
            @Parameter(description = "Only the payment with this reference of yours.")
                    @RequestParam(name = "merchant_reference", required = false)
                    @Nullable String merchantReference,
            @Parameter(
                            description = "Only payments that came by this printed code.",
                            example = "sc_01JDC3VZ6Q8S7M2K4T9R5XN1AB")
                    @RequestParam(name = "static_code", required = false)
                    @Nullable String staticCode,
            @Parameter(
                            description = "Only payments of this amount or more, in your currency.",
                            example = "50.00")
                    @RequestParam(name = "amount_gte", required = false)
                    @Nullable String amountGte,
            @Parameter(description = "Only payments of this amount or less.", example = "200.00")
                    @RequestParam(name = "amount_lte", required = false)
                    @Nullable String amountLte);

    @Operation(
            operationId = "cancelPayment",
            summary = "Cancel a payment",
            description =
                    "Closes the payment at its channel first, so that nobody can pay it any more."
                            + " Money that was quicker wins: the payment is then `paid`, and the"
                            + " answer 409. Safe to repeat.")
    @ApiResponse(responseCode = "200", description = "It is canceled.")
    @ApiResponse(
            responseCode = "202",
            description =
                    "It was charged by a code the shopper showed, and that is being taken back: it"
                            + " stays `processing` until the wallet has confirmed it, and is"
                            + " `canceled` then.")
    @ApiResponse(
            responseCode = "404",
            description = "`not_found`: you have no such payment in this mode.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "409",
            description = "`payment_ended`: it has ended in another way (`payment_status`).",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "502",
            description = "`channel_unavailable`: nothing has changed; try again.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @PostMapping("/{id}:cancel")
    ResponseEntity<PaymentView> cancel(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(example = "pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB") @PathVariable String id);

    @Operation(
            operationId = "reissueNonce",
            summary = "Give a payment a new link",
            description = "The old link stops working at once.")
    @ApiResponse(responseCode = "200", description = "The payment with its new link.")
    @ApiResponse(
            responseCode = "404",
            description = "`not_found`: you have no such payment in this mode.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @PostMapping("/{id}:reissue_nonce")
    ResponseEntity<PaymentWithLink> reissueNonce(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(example = "pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB") @PathVariable String id);
}
