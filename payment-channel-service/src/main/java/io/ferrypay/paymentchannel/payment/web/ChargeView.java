package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.payment.PaymentStatus;
import io.ferrypay.paymentchannel.payment.PaymentView;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A charge as the till needs it: the payment, and whether to ask again. */
@Schema(name = "Charge", description = "A payment by a code that the shopper showed.")
record ChargeView(
        @Schema(
                        description =
                                "The payment's: fetch, cancel or refund it as any other under"
                                        + " `/v2/payments`.",
                        example = "pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB")
                String id,
        @Schema(description = "Always `charge`.", example = "charge") String object,
        @Schema(
                        description =
                                "The payment's. `processing`: the shopper is confirming, or the"
                                        + " wallet has not answered; it becomes `paid`, `failed` or,"
                                        + " once nobody can pay it any more, `expired`.")
                PaymentStatus status,
        @Schema(description = "Whose code it is.", example = "wechat") PaymentMethod detectedWallet,
        @Schema(
                        description =
                                "When to fetch the payment next, or wait for the webhook; null once"
                                        + " it has ended.",
                        example = "2000")
                @Nullable Integer pollAfterMs,
        PaymentView payment) {

    private static final int POLL_AFTER_MILLIS = 2000;

    static ChargeView of(PaymentView payment, PaymentMethod wallet) {
        return new ChargeView(
                payment.id(),
                "charge",
                payment.status(),
                wallet,
                payment.status().isEnd() ? null : POLL_AFTER_MILLIS,
                payment);
    }
}
