package io.ferrypay.paymentchannel.refund.web;

import io.ferrypay.paymentchannel.payment.web.IdempotencyHeader;
import io.ferrypay.paymentchannel.refund.CreateRefund.Result;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.modulith.NamedInterface;

/** What somebody who asked for a refund is answered, whoever it is. */
@NamedInterface("web")
public final class RefundAnswer {

    private RefundAnswer() {}

    /** 201 with the refund, or the refusal; not of a condition, which its maker explains. */
    public static ResponseEntity<byte[]> of(Result result) {
        return switch (result) {
            case Result.Accepted accepted -> accepted(accepted);
            case Result.ReferenceExists(var refund, _) ->
                    throw ApiException.of(
                            RefundProblems.REFERENCE_EXISTS,
                            problem ->
                                    problem.detail(
                                                    "The refund with this reference is "
                                                            + refund
                                                            + ".")
                                            .with("refund_id", refund)
                                            .error(
                                                    "/merchant_reference",
                                                    "not_unique",
                                                    "belongs to another refund"));
            case Result.InProgress _ ->
                    throw ApiException.of(CommonProblems.IDEMPOTENCY_IN_PROGRESS)
                            .retryAfter(Duration.ofSeconds(1));
            case Result.KeyUsedOtherwise _ ->
                    throw ApiException.of(CommonProblems.IDEMPOTENCY_MISMATCH);
            case Result.NotFound _ ->
                    throw ApiException.of(
                            CommonProblems.NOT_FOUND, "You have no such payment in this mode.");
            case Result.NotRefundable(var status) ->
                    throw ApiException.of(
                            RefundProblems.NOT_REFUNDABLE_STATE,
                            problem ->
                                    problem.detail("The payment is " + status.wireName() + ".")
                                            .with("payment_status", status.wireName()));
            case Result.NoSuchAmount(var reason, var message) ->
                    throw ApiException.invalid(
                            "/amount",
                            switch (reason) {
                                case MALFORMED -> "wrong_format";
                                case WRONG_DECIMALS -> "wrong_decimals";
                                case TOO_LARGE -> "too_large";
                            },
                            message);
            case Result.ExceedsBalance(var left) ->
                    throw ApiException.of(
                            RefundProblems.REFUND_EXCEEDS_BALANCE,
                            problem ->
                                    problem.detail(left + " of the payment can be refunded.")
                                            .with("refundable_amount", left.toDecimalString())
                                            .error(
                                                    "/amount",
                                                    "too_large",
                                                    "must be at most " + left.toDecimalString()));
            case Result.TooSmall _ ->
                    throw ApiException.of(
                            RefundProblems.REFUND_TOO_SMALL,
                            problem ->
                                    problem.error(
                                            "/amount",
                                            "too_small",
                                            "comes to nothing in the currency that was charged"));
            case Result.WindowClosed(var closedAt) ->
                    throw ApiException.of(
                            RefundProblems.REFUND_WINDOW_CLOSED,
                            problem ->
                                    problem.detail("It could be refunded until " + closedAt + ".")
                                            .with("closed_at", closedAt.toString()));
            case Result.TooMany(var most) ->
                    throw ApiException.of(
                            RefundProblems.TOO_MANY_REFUNDS,
                            "Its channel allows " + most + " refunds of one payment.");
            case Result.ConditionNotMet(var why) ->
                    throw new IllegalStateException("for whoever set it to explain: " + why);
            case Result.NotSupported _ ->
                    throw ApiException.of(RefundProblems.REFUND_NOT_SUPPORTED);
        };
    }

    private static ResponseEntity<byte[]> accepted(Result.Accepted accepted) {
        var response =
                ResponseEntity.created(URI.create("/v2/refunds/" + accepted.refundId()))
                        .contentType(MediaType.APPLICATION_JSON);
        if (accepted.replayed()) {
            response.header(IdempotencyHeader.REPLAYED, "true");
        }
        return response.body(accepted.body().getBytes(StandardCharsets.UTF_8));
    }
}
