package io.ferrypay.paymentchannel.refund.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.paymentchannel.payment.web.Violations;
import io.ferrypay.paymentchannel.refund.NewRefund;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a refund, as it came. */
@Schema(
        name = "CreateRefund",
        description =
                "What is to go back. Unknown fields are refused; `{}` refunds all that is left.")
record CreateRefundRequest(
        @Schema(
                        description =
                                "A positive decimal string in the payment's currency; never a JSON"
                                        + " number. Without it all that is left goes back.",
                        example = "20.00")
                @Nullable String amount,
        @Schema(
                        description = "The payer may see it: printable ASCII.",
                        pattern = "^[ -~]{1,60}$",
                        example = "requested_by_customer")
                @Nullable String reason,
        @Schema(
                        description = "For you; not shown to the payer.",
                        maxLength = 500,
                        example = "1 bottle broken")
                @Nullable String note,
        @Schema(
                        description =
                                "Your own name for it, unique per mode: a second refund with it is"
                                        + " refused with `reference_exists`.",
                        pattern = "^[A-Za-z0-9._:/-]{1,64}$",
                        example = "RMA-77")
                @Nullable String merchantReference) {

    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");
    private static final Pattern REASON = Pattern.compile("[ -~]{1,60}");
    private static final Pattern AMOUNT = Pattern.compile("(0|[1-9][0-9]{0,14})(\\.[0-9]{1,4})?");
    private static final Pattern NOTHING = Pattern.compile("[0.]+");

    /** Everything that is wrong with its form is said at once. */
    NewRefund check(MerchantCaller caller, String paymentId) {
        var found = new Violations();
        if (amount != null) {
            if (!AMOUNT.matcher(amount).matches()) {
                found.add("/amount", "wrong_format", "must be a plain decimal such as 12.00");
            } else if (NOTHING.matcher(amount).matches()) {
                found.add("/amount", "too_small", "must be more than zero");
            }
        }
        if (reason != null) {
            found.pattern("/reason", reason, REASON);
            if (reason.isBlank()) {
                found.add("/reason", "required", "must not be blank");
            }
        }
        found.text("/note", note, 500, false);
        if (merchantReference != null) {
            found.pattern("/merchant_reference", merchantReference, REFERENCE);
        }
        found.refuseIfAny();
        return new NewRefund(
                caller.merchantId(),
                caller.mode(),
                paymentId,
                amount,
                reason,
                note,
                merchantReference,
                null,
                caller.personId() == null ? caller.keyId() : caller.personId());
    }
}
