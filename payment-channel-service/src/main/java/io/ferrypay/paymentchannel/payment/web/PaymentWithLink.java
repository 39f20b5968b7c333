package io.ferrypay.paymentchannel.payment.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.ferrypay.paymentchannel.payment.PaymentView;
import io.swagger.v3.oas.annotations.media.Schema;

/** A payment together with its link, which is shown once. */
@Schema(
        name = "PaymentWithLink",
        description = "A payment with its link. The link is shown once and cannot be read again.")
record PaymentWithLink(
        @JsonUnwrapped PaymentView payment,
        @Schema(
                        description = "256 bits that open the payment's page and nothing else.",
                        example = "q3VqXv5o0b8cWm9TFd1kQ2yZr7Lh4sUeNnJpKxA6gHI")
                String nonce,
        @Schema(
                        description = "Send the shopper's browser here.",
                        example =
                                "https://pay.ferrypay.example/pay/q3VqXv5o0b8cWm9TFd1kQ2yZr7Lh4sUeNnJpKxA6gHI")
                String redirectUrl) {

    @Override
    public String toString() {
        return "PaymentWithLink[" + payment.id() + "]";
    }
}
