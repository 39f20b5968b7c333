package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.paymentchannel.payment.CreatePayment.Result;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.time.Duration;

/** Why no payment was made, as a problem. */
final class CreateRefusals {

    private CreateRefusals() {}

    static ApiException of(Result refused) {
        return switch (refused) {
            case Result.Accepted accepted ->
                    throw new IllegalStateException("no refusal: " + accepted);
            case Result.ReferenceExists(var id, _) ->
                    ApiException.of(
                            PaymentProblems.REFERENCE_EXISTS,
                            problem ->
                                    problem.detail("The payment with this reference is " + id + ".")
                                            .with("payment_id", id)
                                            .error(
                                                    "/merchant_reference",
                                                    "not_unique",
                                                    "belongs to another payment"));
            case Result.InProgress _ ->
                    ApiException.of(CommonProblems.IDEMPOTENCY_IN_PROGRESS)
                            .retryAfter(Duration.ofSeconds(1));
            case Result.KeyUsedOtherwise _ -> ApiException.of(CommonProblems.IDEMPOTENCY_MISMATCH);
            case Result.MerchantNotKnownYet _ ->
                    ApiException.of(PaymentProblems.MERCHANT_NOT_READY)
                            .retryAfter(Duration.ofSeconds(1));
            case Result.MerchantSuspended _ -> ApiException.of(PaymentProblems.MERCHANT_SUSPENDED);
            case Result.CurrencyNotAccepted(var accepted) ->
                    ApiException.of(
                            PaymentProblems.CURRENCY_NOT_ACCEPTED,
                            problem ->
                                    problem.detail("You are settled in " + accepted + ".")
                                            .error(
                                                    "/currency",
                                                    "not_accepted",
                                                    "must be " + accepted));
            case Result.RiskDenied _ -> ApiException.of(PaymentProblems.RISK_DENIED);
            case Result.QuoteNotUsable _ -> ApiException.of(PaymentProblems.FX_QUOTE_NOT_USABLE);
            case Result.ConditionNotMet(var why) ->
                    throw new IllegalStateException("no condition was set, but not met: " + why);
            case Result.MethodNotAvailable _ ->
                    ApiException.of(
                            PaymentProblems.METHOD_NOT_AVAILABLE,
                            problem ->
                                    problem.error(
                                            "/allowed_methods",
                                            "not_available",
                                            "names a way to pay you do not have"));
        };
    }
}
