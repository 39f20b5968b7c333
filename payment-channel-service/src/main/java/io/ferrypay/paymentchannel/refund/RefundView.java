package io.ferrypay.paymentchannel.refund;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A refund as its merchant sees it, in the API and inside events. */
@Schema(name = "Refund", description = "Money that goes back to a payer.")
public record RefundView(
        @Schema(description = "`re_` and a ULID.", example = "re_01JDC4A6Q8S7M2K4T9R5XN1ABC")
                String id,
        @Schema(description = "Always `refund`.", example = "refund") String object,
        @Schema(
                        description =
                                "`requested` by you; `surplus` when we give back money that its"
                                        + " payment did not need, which is not counted in the"
                                        + " payment's `refunded_amount`.",
                        example = "requested")
                RefundKind kind,
        @Schema(
                        description = "The payment it belongs to.",
                        example = "pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB")
                String payment,
        @Schema(description = "False in test mode: no real money moves.", example = "false")
                boolean livemode,
        @Schema(
                        description =
                                "`pending` until the channel has decided, then `succeeded` or"
                                        + " `failed`. `pending_approval` while `waits_for` says for whom"
                                        + " or what; its amount is set aside meanwhile.",
                        example = "pending")
                RefundStatus status,
        @Schema(
                        description =
                                "Of a refund that is `pending_approval`: `merchant` for another person"
                                        + " of yours, above your own limit; `platform` for us, above"
                                        + " ours; `balance` while you owe us more than we owe you."
                                        + " After seven days it fails with `approval_expired`.",
                        example = "merchant")
                @Nullable WaitsFor waitsFor,
        @Schema(description = "What is taken back from you: a decimal string.", example = "20.00")
                String amount,
        @Schema(description = "The payment's currency, ISO 4217.", example = "NZD") String currency,
        @Schema(
                        description =
                                "What the payer gets, or before the end about what they will get;"
                                        + " for display.",
                        example = "92.90")
                @Nullable String payerAmount,
        @Schema(description = "ISO 4217.", example = "CNY") @Nullable String payerCurrency,
        @Schema(description = "Always `original`: the payment's own rate.", example = "original")
                String ratePolicy,
        @Schema(
                        description =
                                "Yours, and the payer may see it; of a surplus `second_payment`,"
                                        + " `late_payment` or `not_accepted`.",
                        example = "requested_by_customer")
                @Nullable String reason,
        @Schema(description = "For you; not shown to the payer.", example = "1 bottle broken")
                @Nullable String note,
        @Schema(description = "Your own name for it, unique per mode.", example = "RMA-77")
                @Nullable String merchantReference,
        @Schema(
                        description = "The channel's number for it, once there is one.",
                        example = "50000000382025010200000000001")
                @Nullable String channelReference,
        @Nullable Failure failure,
        @Schema(example = "2026-11-23T07:00:00.123Z") Instant createdAt,
        @Schema(description = "When it succeeded or failed.", example = "2026-11-23T07:00:03.456Z")
                @Nullable Instant endedAt) {

    /** Why nothing went back. */
    @Schema(name = "RefundFailure", description = "Why the channel would not refund.")
    public record Failure(
            @Schema(
                            description =
                                    "`channel_refused`, or before its channel was asked"
                                            + " `not_approved` or `approval_expired`.",
                            example = "channel_refused")
                    String code,
            @Schema(description = "The channel's own word.", example = "TRADE_OVERDUE")
                    @Nullable String declineCode) {}
}
