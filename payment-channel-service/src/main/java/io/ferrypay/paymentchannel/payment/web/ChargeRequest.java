package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.paymentchannel.channel.PayCode;
import io.ferrypay.paymentchannel.payment.NewCharge;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a charge, as it came. */
@Schema(
        name = "CreateCharge",
        description =
                "What you ask to be paid by the code you scanned. Unknown fields are refused.")
record ChargeRequest(
        @Schema(
                        requiredMode = RequiredMode.REQUIRED,
                        description =
                                "Your own name for it, unique per mode among all your payments: a"
                                        + " second one with it is refused with `reference_exists`.",
                        pattern = "^[A-Za-z0-9._:/-]{1,64}$",
                        example = "T1-000482")
                @Nullable String merchantReference,
        @Schema(
                        requiredMode = RequiredMode.REQUIRED,
                        description =
                                "A positive decimal string with no more decimals than the currency"
                                        + " has; never a JSON number.",
                        example = "35.50")
                @Nullable String amount,
        @Schema(
                        requiredMode = RequiredMode.REQUIRED,
                        description = "ISO 4217; the currency you are settled in.",
                        example = "NZD")
                @Nullable String currency,
        @Schema(
                        requiredMode = RequiredMode.REQUIRED,
                        description =
                                "What the shopper's wallet shows, as scanned: 16 to 24 digits. It is"
                                        + " good for about a minute and once, is handed to the"
                                        + " wallet's company and is not stored.",
                        pattern = "^[0-9]{16,24}$",
                        example = "134588558514585062")
                @Nullable String payCode,
        @Schema(
                        description = "Shown to the payer; without it your name is.",
                        minLength = 1,
                        maxLength = 127,
                        example = "2 flat whites")
                @Nullable String productName,
        @Schema(description = "For you; not shown to the payer.", maxLength = 500)
                @Nullable String description,
        @Schema(
                        description = "Told of every event of this payment.",
                        maxLength = 2048,
                        example = "https://shop.example/hooks/ferrypay")
                @Nullable String notifyUrl,
        @Schema(
                        description =
                                "Your own notes, never shown to the payer: up to 20 keys of up to"
                                        + " 40 characters, values of up to 500.",
                        example = "{\"till\":\"1\"}")
                @Nullable Map<String, @Nullable String> metadata) {

    /** Everything that is wrong with it is said at once. */
    NewCharge check(MerchantCaller caller) {
        var found = new Violations();
        found.pattern("/merchant_reference", merchantReference, CreatePaymentRequest.REFERENCE);
        var money = CreatePaymentRequest.money(amount, currency, found);
        if (payCode == null) {
            found.required("/pay_code");
        } else if (!PayCode.isPayCode(payCode)) {
            found.add("/pay_code", "wrong_format", "must be 16 to 24 digits");
        }
        found.text("/product_name", productName, 127, false);
        if (productName != null && productName.isBlank()) {
            found.add("/product_name", "required", "must not be blank");
        }
        found.text("/description", description, 500, false);
        found.url("/notify_url", notifyUrl, false, caller.mode());
        CreatePaymentRequest.checkMetadata(metadata, found);
        found.refuseIfAny();
        return new NewCharge(
                caller.merchantId(),
                caller.mode(),
                CreatePaymentRequest.given(merchantReference),
                CreatePaymentRequest.given(money),
                new PayCode(CreatePaymentRequest.given(payCode)),
                productName,
                description,
                notifyUrl,
                metadata == null ? Map.of() : CreatePaymentRequest.noNulls(metadata),
                null);
    }

    /** The code is as good as money. */
    @Override
    public String toString() {
        return "ChargeRequest[" + merchantReference + "]";
    }
}
