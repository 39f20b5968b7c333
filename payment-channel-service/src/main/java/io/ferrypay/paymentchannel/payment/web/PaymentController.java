package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.paymentchannel.payment.CancelPayment;
import io.ferrypay.paymentchannel.payment.CreatePayment;
import io.ferrypay.paymentchannel.payment.CreatePayment.Result;
import io.ferrypay.paymentchannel.payment.FindPayments;
import io.ferrypay.paymentchannel.payment.PaymentView;
import io.ferrypay.paymentchannel.payment.ReissueNonce;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v2/payments}: what merchants' shops call. */
@RestController
class PaymentController implements PaymentApi {

    private static final String READ = "payments:read";
    private static final String WRITE = "payments:write";
    private static final int LONGEST_WAIT_SECONDS = 25;

    private final CreatePayment createPayment;
    private final FindPayments findPayments;
    private final CancelPayment cancelPayment;
    private final ReissueNonce reissueNonce;
    private final ObjectReader requests;

    PaymentController(
            CreatePayment createPayment,
            FindPayments findPayments,
            CancelPayment cancelPayment,
            ReissueNonce reissueNonce,
            JsonMapper json) {
        this.createPayment = createPayment;
        this.findPayments = findPayments;
        this.cancelPayment = cancelPayment;
        this.reissueNonce = reissueNonce;
        this.requests =
                json.rebuild()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build()
                        .readerFor(CreatePaymentRequest.class);
    }

    @Override
    public ResponseEntity<byte[]> create(
            MerchantCaller caller,
            @Nullable String idempotencyKey,
            byte[] body,
            HttpServletRequest request) {
        caller.require(WRITE);
        var key = IdempotencyHeader.check(idempotencyKey);
        var wanted = read(body, request).check(caller);
        var fingerprint = IdempotencyHeader.fingerprint("POST", "/v2/payments", body);
        return switch (createPayment.create(wanted, key, fingerprint)) {
            case Result.Accepted accepted -> accepted(accepted);
            case Result refused -> throw CreateRefusals.of(refused);
        };
    }

    private CreatePaymentRequest read(byte[] body, HttpServletRequest request) {
        try {
            CreatePaymentRequest read = requests.readValue(body);
            if (read != null) {
                return read;
            }
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException(
                    "not a payment", e, new ServletServerHttpRequest(request));
        }
        throw ApiException.invalid("", "required", "must be a JSON object");
    }

    private static ResponseEntity<byte[]> accepted(Result.Accepted accepted) {
        var response =
                ResponseEntity.created(URI.create("/v2/payments/" + accepted.paymentId()))
                        .contentType(MediaType.APPLICATION_JSON);
        if (accepted.replayed()) {
            response.header(IdempotencyHeader.REPLAYED, "true");
        }
        return response.body(accepted.body().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public PaymentView fetch(MerchantCaller caller, String id, @Nullable String wait)
            throws InterruptedException {
        caller.require(READ);
        var found = new Violations();
        var seconds = PaymentListQuery.number("wait", wait, 0, 0, LONGEST_WAIT_SECONDS, found);
        found.refuseIfAny();
        var payment =
                seconds == 0
                        ? findPayments.byId(caller.merchantId(), caller.mode(), id)
                        : findPayments.byIdOnceChanged(
                                caller.merchantId(),
                                caller.mode(),
                                id,
                                Duration.ofSeconds(seconds));
        return orNotFound(payment);
    }

    @Override
    public PaymentView fetchByReference(MerchantCaller caller, String merchantReference) {
        caller.require(READ);
        return orNotFound(
                findPayments.byReference(caller.merchantId(), caller.mode(), merchantReference));
    }

    @Override
    public PaymentList list(
            MerchantCaller caller,
            @Nullable String limit,
            @Nullable String cursor,
            @Nullable String status,
            @Nullable String createdGte,
            @Nullable String createdLt,
            @Nullable String merchantReference,
            @Nullable String staticCode,
            @Nullable String amountGte,
            @Nullable String amountLte) {
        caller.require(READ);
        var filter =
                PaymentListQuery.parse(
                        limit,
                        cursor,
                        status,
                        createdGte,
                        createdLt,
                        merchantReference,
                        staticCode,
                        amountGte,
                        amountLte,
                        // Of one that we have not heard of there is nothing to be found.
                        findPayments.currencyOf(caller.merchantId()).orElse("NZD"));
        var page = findPayments.page(caller.merchantId(), caller.mode(), filter);
        var last = page.lastId();
        return new PaymentList(
                "list",
                page.payments(),
                last != null,
                last == null ? null : PaymentListQuery.cursor(last));
    }

    @Override
    public ResponseEntity<PaymentView> cancel(MerchantCaller caller, String id) {
        caller.require(WRITE);
        return switch (cancelPayment.cancel(caller.merchantId(), caller.mode(), id)) {
            case CancelPayment.Result.Canceled(var payment) -> ResponseEntity.ok(payment);
            case CancelPayment.Result.Canceling(var payment) ->
                    ResponseEntity.accepted().body(payment);
            case CancelPayment.Result.TooLate(var payment) ->
                    throw ApiException.of(
                            PaymentProblems.PAYMENT_ENDED,
                            problem ->
                                    problem.detail(
                                                    "The payment is "
                                                            + payment.status().wireName()
                                                            + ".")
                                            .with("payment_status", payment.status().wireName()));
            case CancelPayment.Result.ChannelUnsure _ ->
                    throw ApiException.of(
                            PaymentProblems.CHANNEL_UNAVAILABLE,
                            "The channel could not confirm that nobody can pay any more. Nothing has"
                                    + " changed; try again.");
            case CancelPayment.Result.NotFound _ -> throw notFound();
        };
    }

    @Override
    public ResponseEntity<PaymentWithLink> reissueNonce(MerchantCaller caller, String id) {
        caller.require(WRITE);
        var reissued =
                reissueNonce
                        .reissue(caller.merchantId(), caller.mode(), id)
                        .orElseThrow(PaymentController::notFound);
        return ResponseEntity.status(HttpStatus.OK)
                .body(
                        new PaymentWithLink(
                                reissued.payment(), reissued.nonce(), reissued.redirectUrl()));
    }

    private static PaymentView orNotFound(Optional<PaymentView> payment) {
        return payment.orElseThrow(PaymentController::notFound);
    }

    private static ApiException notFound() {
        return ApiException.of(CommonProblems.NOT_FOUND, "You have no such payment in this mode.");
    }

    /** A page of payments, newest first. */
    @Schema(name = "PaymentList", description = "A page of payments, newest first.")
    record PaymentList(
            @Schema(description = "Always `list`.", example = "list") String object,
            List<PaymentView> data,
            @Schema(description = "Whether there are older ones.") boolean hasMore,
            @Schema(
                            description = "Hand it back as `cursor` for the next page.",
                            example = "MTpwYXlfMDFKREMzVlo2UThTN00ySzRUOVI1WE4xQUI")
                    @Nullable String nextCursor) {}
}
