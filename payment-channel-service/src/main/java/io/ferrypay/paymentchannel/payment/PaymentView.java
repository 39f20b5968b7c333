package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A payment as its merchant sees it, in the API and inside events. */
@Schema(
        name = "Payment",
        description = "A payment: what a shop asked to be paid, and what became of it.")
public record PaymentView(
        @Schema(description = "`pay_` and a ULID.", example = "pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB")
                String id,
        @Schema(description = "Always `payment`.", example = "payment") String object,
        @Schema(description = "False in test mode: no real money moves.", example = "false")
                boolean livemode,
        @Schema(
                        description =
                                "`created` → `pending` (a code is shown) → `processing` (the wallet"
                                        + " is confirming) → `paid`; or `failed` (the wallet declined;"
                                        + " the shopper may try again until `expires_at`), `canceled`,"
                                        + " `expired`; `under_review` where the payer has paid and"
                                        + " we look at it first: then `paid`, or `failed`. Refunds"
                                        + " do not change it.")
                PaymentStatus status,
        @Schema(description = "Your own name for it, unique per mode.", example = "ORDER-10023")
                String merchantReference,
        @Schema(
                        description = "What you are owed: a decimal string in `currency`.",
                        example = "120.00")
                String amount,
        @Schema(description = "ISO 4217.", example = "NZD") String currency,
        @Schema(
                        description =
                                "What the payer paid, or before that about what they will pay;"
                                        + " for display.",
                        example = "557.40")
                @Nullable String payerAmount,
        @Schema(description = "ISO 4217.", example = "CNY") @Nullable String payerCurrency,
        @Nullable Fx fx,
        @Schema(description = "How much of it went back to the payer.", example = "0.00")
                String refundedAmount,
        @Schema(description = "`none`, `partial` or `full`.", example = "none") String refundState,
        @Schema(
                        description =
                                "The most that a refund may ask for now: neither gone back nor set"
                                        + " aside by a refund that is under way. Nothing unless `paid`.",
                        example = "120.00")
                String refundableAmount,
        @Schema(
                        description =
                                "Money received beyond what this payment needed, owed back to the"
                                        + " payer; null when there is none.",
                        example = "120.00")
                @Nullable String surplusAmount,
        @Nullable Method paymentMethod,
        @Nullable Failure failure,
        @Schema(description = "Shown to the payer.", example = "Pinot Noir, Otago")
                String productName,
        @Schema(description = "For you; not shown to the payer.", example = "2 bottles")
                @Nullable String description,
        @Schema(example = "https://shop.example/checkout/done") String returnUrl,
        @Schema(example = "https://shop.example/cart") @Nullable String cancelUrl,
        @Schema(example = "https://shop.example/hooks/ferrypay") @Nullable String notifyUrl,
        @Schema(description = "`zh-CN` or `en`.", example = "zh-CN") @Nullable String locale,
        @Schema(example = "[\"wechat\"]") List<String> allowedMethods,
        @Schema(description = "Your own notes.", example = "{\"cart_id\":\"c_991\"}")
                Map<String, String> metadata,
        @Schema(example = "2026-11-23T06:09:16.123Z") Instant createdAt,
        @Schema(example = "2026-11-23T06:24:16.123Z") Instant expiresAt,
        @Schema(
                        description = "When it was paid, or failed, canceled or expired.",
                        example = "2026-11-23T06:11:40Z")
                @Nullable Instant endedAt,
        @Schema(description = "By the channel's clock.", example = "2026-11-23T06:11:40Z")
                @Nullable Instant paidAt,
        @Schema(
                        description =
                                "Whether the money came after the payment had failed, expired or"
                                        + " been canceled.",
                        example = "false")
                boolean paidLate,
        @Schema(
                        description =
                                "The printed code that the shopper scanned; null for payments you"
                                        + " created yourself.",
                        example = "sc_01JDC6VZ6Q8S7M2K4T9R5XN1AB")
                @Nullable String staticCode) {

    /** The rate behind {@code payer_amount}. */
    @Schema(name = "PaymentFx", description = "The exchange rate behind `payer_amount`.")
    public record Fx(
            @Schema(example = "NZD/CNY") String pair,
            @Schema(description = "Second currency per unit of the first.", example = "4.645")
                    String rate,
            @Schema(
                            description =
                                    "`indicative` before the payment, `quoted` when a quote promises"
                                            + " it; `executed` as it came afterwards.",
                            example = "indicative")
                    String kind,
            Instant asOf,
            @Schema(example = "configured") String source,
            @Schema(description = "Until when a quote promises it.")
                    @Nullable Instant lockedUntil) {}

    /** How it is or was paid. */
    @Schema(name = "PaymentMethod", description = "How it is being or was paid.")
    public record Method(
            @Schema(example = "wechat") PaymentMethod type,
            @Schema(
                            description =
                                    "`qr` a code scanned from another device; `in_wallet` a page"
                                            + " inside the wallet; `mobile` a phone's browser that calls"
                                            + " up the wallet; `desktop` the wallet's own page; `bank` the"
                                            + " page of a bank; `pay_code` a code that the wallet"
                                            + " showed and you scanned.",
                            example = "qr")
                    @Nullable Flow flow,
            @Schema(description = "With `onlinebank`: which bank.", example = "ICBC")
                    @Nullable String bankCode,
            @Schema(
                            description = "The channel's number of the payment, once paid.",
                            example = "4200000000202501010000000001")
                    @Nullable String channelReference) {}

    /** Why it was not paid. */
    @Schema(
            name = "PaymentFailure",
            description =
                    "`declined`: the wallet or bank would not pay. `not_accepted`: it was"
                            + " `under_review`, and its money goes back.")
    public record Failure(
            @Schema(example = "declined") String code,
            @Schema(description = "The wallet's or bank's own word.", example = "PAYERROR")
                    @Nullable String declineCode) {}

    static String plain(BigDecimal rate) {
        return rate.stripTrailingZeros().toPlainString();
    }
}
