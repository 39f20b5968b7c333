package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.identity.MerchantCaller;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;

/** The API of charges as it is documented; what it does is in {@link ChargeController}. */
@Tag(name = "SpotPay")
@RequestMapping(path = "/v2/spotpay/charges", produces = MediaType.APPLICATION_JSON_VALUE)
interface ChargeApi {

    @Operation(
            operationId = "createCharge",
            summary = "Charge the code a shopper shows",
            description =
                    "Takes a payment by the code in the shopper's wallet (WeChat Pay, Alipay), which"
                            + " you scan. The wallet is recognised by the code. While the shopper"
                            + " confirms, or the wallet does not answer, the charge is `processing`;"
                            + " if it is not paid within about a minute, it is taken back, and only"
                            + " then it is `expired`. Never charge again in another way before it has"
                            + " ended. Repeat a request that was not answered with the same"
                            + " `Idempotency-Key`: it is charged once, and the answer says where the"
                            + " charge stands now. A till asks for the same with its signature"
                            + " instead of a key, and with `amount`, `currency`, `pay_code` and, if"
                            + " it likes, `merchant_reference`; it is answered with its session.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema =
                                                    @Schema(implementation = ChargeRequest.class))))
    @ApiResponse(
            responseCode = "200",
            description = "It has ended: `paid`, or `failed` with the wallet's reason.",
            headers =
                    @Header(
                            name = "Idempotent-Replayed",
                            description = "`true` when the request had been answered before.",
                            schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = ChargeView.class)))
    @ApiResponse(
            responseCode = "201",
            description = "To a till: the session, whatever became of the charge so far.",
            content = @Content(schema = @Schema(ref = "#/components/schemas/SpotPaySession")))
    @ApiResponse(
            responseCode = "202",
            description = "`processing`: not known to be paid, or not to be. Ask again.",
            content = @Content(schema = @Schema(implementation = ChargeView.class)))
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
                    "`pay_code_not_recognized`, `method_not_available`, `currency_not_accepted`,"
                            + " `risk_denied` or `idempotency_mismatch`. Nothing was made.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "502",
            description = "`channel_unavailable`: the wallet does not answer. Nothing was made.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ChargeView> charge(
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
}
