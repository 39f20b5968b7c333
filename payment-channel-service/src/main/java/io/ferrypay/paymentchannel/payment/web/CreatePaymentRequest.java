package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.payment.NewPayment;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a create, as it came. */
@Schema(
        name = "CreatePayment",
        description = "What you ask to be paid. Unknown fields are refused.")
record CreatePaymentRequest(
        @Schema(
                        requiredMode = RequiredMode.REQUIRED,
                        description =
                                "Your own name for it, unique per mode: a second payment with it is"
                                        + " refused with `reference_exists`.",
                        pattern = "^[A-Za-z0-9._:/-]{1,64}$",
                        example = "ORDER-10023")
                @Nullable String merchantReference,
        @Schema(
                        requiredMode = RequiredMode.REQUIRED,
                        description =
                                "A positive decimal string with no more decimals than the currency"
                                        + " has; never a JSON number.",
                        example = "120.00")
                @Nullable String amount,
        @Schema(
                        requiredMode = RequiredMode.REQUIRED,
                        description = "ISO 4217; the currency you are settled in.",
                        example = "NZD")
                @Nullable String currency,
        @Schema(
                        requiredMode = RequiredMode.REQUIRED,
                        description = "Shown to the payer.",
                        minLength = 1,
                        maxLength = 127,
                        example = "Pinot Noir, Otago")
                @Nullable String productName,
        @Schema(
                        description = "For you; not shown to the payer.",
                        maxLength = 500,
                        example = "2 bottles")
                @Nullable String description,
        @Schema(
                        requiredMode = RequiredMode.REQUIRED,
                        description =
                                "Where the payer is sent in the end, with `payment_id` and"
                                        + " `merchant_reference` and no status: fetch the payment or"
                                        + " wait for the webhook. In live mode an https address, as"
                                        + " are the others.",
                        maxLength = 2048,
                        example = "https://shop.example/checkout/done")
                @Nullable String returnUrl,
        @Schema(
                        description = "Where the payer goes who does not want to pay.",
                        maxLength = 2048,
                        example = "https://shop.example/cart")
                @Nullable String cancelUrl,
        @Schema(
                        description = "Told of every event of this payment.",
                        maxLength = 2048,
                        example = "https://shop.example/hooks/ferrypay")
                @Nullable String notifyUrl,
        @Schema(
                        description = "Seconds until it can no longer be paid.",
                        minimum = "60",
                        maximum = "7200",
                        defaultValue = "900",
                        example = "900")
                @Nullable Integer expiresIn,
        @Schema(
                        description =
                                "Language of the page; without it the payer's browser decides.",
                        allowableValues = {"zh-CN", "en"},
                        example = "zh-CN")
                @Nullable String locale,
        @Schema(
                        description = "Ways to pay, of those you have; without it all of them.",
                        example = "[\"wechat\"]")
                @Nullable List<@Nullable String> allowedMethods,
        @Nullable Payer payer,
        @Schema(
                        description =
                                "A quote from `POST /v2/fx/quotes` for the same amount: while it stands,"
                                        + " its rate is charged where we convert. Used once.",
                        example = "fxq_01JDC3VZ6Q8S7M2K4T9R5XN1AB")
                @Nullable String fxQuote,
        @Schema(
                        description =
                                "Your own notes, never shown to the payer: up to 20 keys of up to"
                                        + " 40 characters, values of up to 500.",
                        example = "{\"cart_id\":\"c_991\"}")
                @Nullable Map<String, @Nullable String> metadata) {

    static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,189}");
    private static final Pattern IP = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern FX_QUOTE = Pattern.compile("fxq_[0-9A-HJKMNP-TV-Z]{26}");
    private static final Set<String> LOCALES = Set.of("zh-CN", "en");
    private static final long LARGEST_MINOR = 99_999_999_999L;
    private static final int MOST_METADATA = 20;

    /** Who pays, as far as the shop knows; used against fraud, never shown. */
    @Schema(
            name = "Payer",
            description = "Who pays, as far as you know; used against fraud, never shown.")
    record Payer(
            @Schema(example = "122.122.122.1") @Nullable String ip,
            @Schema(maxLength = 512, example = "Mozilla/5.0") @Nullable String userAgent,
            @Schema(maxLength = 254) @Nullable String email) {}

    /** Everything that is wrong with it is said at once. */
    NewPayment check(MerchantCaller caller) {
        var found = new Violations();
        found.pattern("/merchant_reference", merchantReference, REFERENCE);
        var money = money(amount, currency, found);
        found.text("/product_name", productName, 127, true);
        if (productName != null && productName.isBlank()) {
            found.add("/product_name", "required", "must not be blank");
        }
        found.text("/description", description, 500, false);
        found.url("/return_url", returnUrl, true, caller.mode());
        found.url("/cancel_url", cancelUrl, false, caller.mode());
        found.url("/notify_url", notifyUrl, false, caller.mode());
        var seconds = expiresIn == null ? 900 : expiresIn;
        if (seconds < 60) {
            found.add("/expires_in", "too_small", "must be at least 60 seconds");
        } else if (seconds > 7200) {
            found.add("/expires_in", "too_large", "must be at most 7200 seconds");
        }
        if (locale != null && !LOCALES.contains(locale)) {
            found.add("/locale", "not_allowed", "must be zh-CN or en");
        }
        var methods = methods(found);
        checkPayer(found);
        if (fxQuote != null && !FX_QUOTE.matcher(fxQuote).matches()) {
            found.add("/fx_quote", "wrong_format", "is not a quote's id");
        }
        checkMetadata(metadata, found);
        found.refuseIfAny();
        return new NewPayment(
                caller.merchantId(),
                caller.mode(),
                given(merchantReference),
                given(money),
                given(productName),
                description,
                given(returnUrl),
                cancelUrl,
                notifyUrl,
                Duration.ofSeconds(seconds),
                locale,
                methods,
                payer == null ? null : payer.ip(),
                payer == null ? null : payer.userAgent(),
                payer == null ? null : payer.email(),
                fxQuote,
                metadata == null ? Map.of() : noNulls(metadata),
                null,
                null);
    }

    static @Nullable Money money(
            @Nullable String amount, @Nullable String currency, Violations found) {
        if (amount == null) {
            found.required("/amount");
        }
        if (currency == null) {
            found.required("/currency");
        }
        if (amount == null || currency == null) {
            return null;
        }
        try {
            var money = Money.parse(amount, currency);
            if (!money.isPositive()) {
                found.add("/amount", "too_small", "must be more than zero");
            } else if (money.minorUnits() > LARGEST_MINOR) {
                found.add("/amount", "too_large", "is more than one payment can carry");
            }
            return money;
        } catch (UnknownCurrency _) {
            found.add("/currency", "unknown_currency", "is not a currency we know");
        } catch (InvalidAmount e) {
            found.add(
                    "/amount",
                    switch (e.reason()) {
                        case MALFORMED -> "wrong_format";
                        case WRONG_DECIMALS -> "wrong_decimals";
                        case TOO_LARGE -> "too_large";
                    },
                    String.valueOf(e.getMessage()));
        }
        return null;
    }

    private Set<PaymentMethod> methods(Violations found) {
        var methods = EnumSet.noneOf(PaymentMethod.class);
        if (allowedMethods == null) {
            return methods;
        }
        if (allowedMethods.isEmpty()) {
            found.add("/allowed_methods", "required", "must name a way to pay, or be left out");
        }
        for (var i = 0; i < allowedMethods.size(); i++) {
            var name = allowedMethods.get(i);
            var method = name == null ? null : PaymentMethod.ofWireName(name).orElse(null);
            if (method == null) {
                found.add("/allowed_methods/" + i, "not_allowed", "is not a way to pay");
            } else {
                methods.add(method);
            }
        }
        return methods;
    }

    private void checkPayer(Violations found) {
        if (payer == null) {
            return;
        }
        if (payer.ip() != null && !IP.matcher(payer.ip()).matches()) {
            found.add("/payer/ip", "wrong_format", "must be an IPv4 or IPv6 address");
        }
        found.text("/payer/user_agent", payer.userAgent(), 512, false);
        if (payer.email() != null && !EMAIL.matcher(payer.email()).matches()) {
            found.add("/payer/email", "wrong_format", "must be an e-mail address");
        }
        found.text("/payer/email", payer.email(), 254, false);
    }

    static void checkMetadata(@Nullable Map<String, @Nullable String> metadata, Violations found) {
        if (metadata == null) {
            return;
        }
        if (metadata.size() > MOST_METADATA) {
            found.add("/metadata", "too_many", "may have at most 20 keys");
            return;
        }
        metadata.forEach((key, value) -> {
            var pointer = "/metadata/" + key.replace("~", "~0").replace("/", "~1");
            if (key.isEmpty() || key.length() > 40 || Violations.isUnprintable(key)) {
                found.add("/metadata", "invalid_key", "a key has 1 to 40 characters");
            } else if (value == null) {
                found.add(pointer, "required", "must be a string");
            } else {
                found.text(pointer, value, 500, false);
            }
        });
    }

    static Map<String, String> noNulls(Map<String, @Nullable String> checked) {
        var copy = new java.util.LinkedHashMap<String, String>();
        checked.forEach((key, value) -> copy.put(key, given(value)));
        return copy;
    }

    static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("checked before and gone now");
        }
        return value;
    }
}
