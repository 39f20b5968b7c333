package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.paymentchannel.payment.ChargePayCode;
import io.ferrypay.paymentchannel.payment.ChargePayCode.Result;
import io.ferrypay.problem.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v2/spotpay/charges}: the shop scans the code that a shopper shows. */
@RestController
class ChargeController implements ChargeApi {

    private static final String WRITE = "payments:write";
    private static final Duration DOWN = Duration.ofSeconds(5);

    private final ChargePayCode chargePayCode;
    private final ObjectReader requests;

    ChargeController(ChargePayCode chargePayCode, JsonMapper json) {
        this.chargePayCode = chargePayCode;
        this.requests =
                json.rebuild()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build()
                        .readerFor(ChargeRequest.class);
    }

    @Override
    public ResponseEntity<ChargeView> charge(
            MerchantCaller caller,
            @Nullable String idempotencyKey,
            byte[] body,
            HttpServletRequest request) {
        caller.require(WRITE);
        var key = IdempotencyHeader.check(idempotencyKey);
        var wanted = read(body, request).check(caller);
        var fingerprint = IdempotencyHeader.fingerprint("POST", "/v2/spotpay/charges", body);
        return switch (chargePayCode.charge(wanted, key, fingerprint)) {
            case Result.Charged charged -> charged(charged);
            case Result.CodeNotRecognized _ ->
                    throw ApiException.of(
                            PaymentProblems.PAY_CODE_NOT_RECOGNIZED,
                            problem ->
                                    problem.detail(
                                                    "The code is neither WeChat Pay's nor"
                                                            + " Alipay's. Nothing was charged.")
                                            .error(
                                                    "/pay_code",
                                                    "not_recognized",
                                                    "is no code of a wallet we know"));
            case Result.ChannelDown _ ->
                    throw ApiException.of(
                                    PaymentProblems.CHANNEL_UNAVAILABLE,
                                    "The wallet does not answer at the moment. Nothing was"
                                            + " charged.")
                            .retryAfter(DOWN);
            case Result.NotCreated(var why) -> throw CreateRefusals.of(why);
        };
    }

    private static ResponseEntity<ChargeView> charged(Result.Charged charged) {
        var view = ChargeView.of(charged.payment(), charged.wallet());
        var response =
                ResponseEntity.status(
                                charged.payment().status().isEnd()
                                        ? HttpStatus.OK
                                        : HttpStatus.ACCEPTED)
                        .cacheControl(CacheControl.noStore());
        if (charged.replayed()) {
            response.header(IdempotencyHeader.REPLAYED, "true");
        }
        return response.body(view);
    }

    private ChargeRequest read(byte[] body, HttpServletRequest request) {
        try {
            ChargeRequest read = requests.readValue(body);
            if (read != null) {
                return read;
            }
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException(
                    "not a charge", e, new ServletServerHttpRequest(request));
        }
        throw ApiException.invalid("", "required", "must be a JSON object");
    }
}
