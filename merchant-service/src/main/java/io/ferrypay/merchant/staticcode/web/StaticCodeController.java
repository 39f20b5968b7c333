package io.ferrypay.merchant.staticcode.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.merchant.credential.IdempotentRequest;
import io.ferrypay.merchant.staticcode.CodeAmounts;
import io.ferrypay.merchant.staticcode.KeepStaticCodes;
import io.ferrypay.merchant.staticcode.NewStaticCode;
import io.ferrypay.merchant.staticcode.QrImages;
import io.ferrypay.merchant.staticcode.StaticCode;
import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.problem.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Static codes")
@RestController
@RequestMapping("/v2/static_codes")
class StaticCodeController {

    private static final String CODE_ID = "sc_[0-9A-HJKMNP-TV-Z]{26}";
    private static final String ID = "/{id:" + CODE_ID + "}";
    private static final String READ = "static_codes:read";
    private static final String WRITE = "static_codes:write";

    /** As much as one payment can carry. */
    private static final long LARGEST_MINOR = 99_999_999_999L;

    private final KeepStaticCodes codes;
    private final QrImages images;

    StaticCodeController(KeepStaticCodes codes, QrImages images) {
        this.codes = codes;
        this.images = images;
    }

    @Schema(name = "CreateStaticCode")
    record CodeRequest(
            @NotNull @Pattern(regexp = "store_[0-9A-HJKMNP-TV-Z]{26}", message = "is no store's id")
                    String store,
            @NotBlank
                    @Size(max = 60)
                    @Pattern(regexp = "[^\\p{Cntrl}]*", message = "has no control characters")
                    String label,
            @NotNull @Pattern(regexp = "[A-Z]{3}", message = "is an ISO 4217 code of three letters")
                    String currency,
            @Nullable String amount,
            @Nullable String minAmount,
            @Nullable String maxAmount,
            @Nullable String dailyLimit) {

        NewStaticCode code() {
            return new NewStaticCode(
                    store,
                    label,
                    currency,
                    new CodeAmounts(
                            money("/amount", amount, currency),
                            money("/min_amount", minAmount, currency),
                            money("/max_amount", maxAmount, currency),
                            money("/daily_limit", dailyLimit, currency)));
        }
    }

    /** All limits as they shall be; what is left out is no longer limited. */
    @Schema(name = "StaticCodeLimits")
    record LimitsRequest(
            @Nullable String minAmount, @Nullable String maxAmount, @Nullable String dailyLimit) {}

    @Schema(name = "StaticCode")
    record CodeView(
            String id,
            String object,
            boolean livemode,
            @Schema(allowableValues = {"active", "disabled", "replaced"}) String status,
            String store,
            String label,
            String serial,
            String url,
            String qrSvgUrl,
            String qrPngUrl,
            String currency,
            @Nullable String amount,
            @Nullable String minAmount,
            @Nullable String maxAmount,
            @Nullable String dailyLimit,
            Instant createdAt,
            Instant updatedAt) {

        private static CodeView of(StaticCode code, String url) {
            var amounts = code.amounts();
            var path = "/v2/static_codes/" + code.id();
            return new CodeView(
                    code.id(),
                    "static_code",
                    code.mode().livemode(),
                    code.status().text(),
                    code.storeId(),
                    code.label(),
                    code.serial(),
                    url,
                    path + "/qr.svg",
                    path + "/qr.png",
                    code.currency(),
                    text(amounts.fixed()),
                    text(amounts.least()),
                    text(amounts.most()),
                    text(amounts.perDay()),
                    code.createdAt(),
                    code.updatedAt());
        }

        private static @Nullable String text(@Nullable Money money) {
            return money == null ? null : money.toDecimalString();
        }
    }

    @Schema(name = "StaticCodeList")
    record CodeList(
            String object, List<CodeView> data, boolean hasMore, @Nullable String nextCursor) {}

    @Operation(
            operationId = "listStaticCodes",
            summary = "List static codes",
            description = "Newest first.")
    @GetMapping
    CodeList list(
            MerchantCaller caller,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Pattern(regexp = CODE_ID) @Nullable String cursor) {
        caller.require(READ);
        var found = codes.list(caller.merchantId(), caller.mode(), cursor, limit + 1);
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new CodeList(
                "list",
                page.stream().map(this::view).toList(),
                more,
                more ? page.getLast().id() : null);
    }

    @Operation(
            operationId = "createStaticCode",
            summary = "Make a static code",
            description =
                    "With `amount` for a fixed price; without it the shopper types the amount, and"
                            + " `min_amount` and `max_amount` may bound it.")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CodeView make(
            MerchantCaller caller,
            @RequestHeader("Idempotency-Key") String key,
            @Valid @RequestBody CodeRequest request) {
        caller.require(WRITE);
        var wanted = request.code();
        return view(
                codes.make(
                        caller.merchantId(),
                        caller.mode(),
                        wanted,
                        IdempotentRequest.of(key, "make " + wanted)));
    }

    @Operation(operationId = "getStaticCode", summary = "Fetch a static code")
    @GetMapping(ID)
    CodeView get(MerchantCaller caller, @PathVariable String id) {
        caller.require(READ);
        return view(codes.find(caller.merchantId(), caller.mode(), id));
    }

    @Operation(
            operationId = "limitStaticCode",
            summary = "Change a static code's limits",
            description = "All of them as they shall be; what is left out is limited no longer.")
    @PutMapping(ID + "/limits")
    CodeView limit(
            MerchantCaller caller,
            @PathVariable String id,
            @Valid @RequestBody LimitsRequest request) {
        caller.require(WRITE);
        var currency = codes.find(caller.merchantId(), caller.mode(), id).currency();
        return view(
                codes.limit(
                        caller.merchantId(),
                        caller.mode(),
                        id,
                        money("/min_amount", request.minAmount(), currency),
                        money("/max_amount", request.maxAmount(), currency),
                        money("/daily_limit", request.dailyLimit(), currency)));
    }

    @Operation(
            operationId = "rotateStaticCode",
            summary = "Give a static code another link",
            description =
                    "What was printed before leads to a page that says so, and takes no money.")
    @PostMapping(ID + ":rotate")
    CodeView rotate(
            MerchantCaller caller,
            @RequestHeader("Idempotency-Key") String key,
            @PathVariable String id) {
        caller.require(WRITE);
        return view(
                codes.rotate(
                        caller.merchantId(),
                        caller.mode(),
                        id,
                        IdempotentRequest.of(key, "rotate " + id)));
    }

    @Operation(
            operationId = "disableStaticCode",
            summary = "Disable a static code",
            description = "For good. Repeating it changes nothing.")
    @PostMapping(ID + ":disable")
    CodeView disable(MerchantCaller caller, @PathVariable String id) {
        caller.require(WRITE);
        return view(codes.disable(caller.merchantId(), caller.mode(), id));
    }

    @Operation(operationId = "getStaticCodeSvg", summary = "The QR code to print, as SVG")
    @GetMapping(path = ID + "/qr.svg", produces = "image/svg+xml")
    String svg(MerchantCaller caller, @PathVariable String id) {
        caller.require(READ);
        return images.svg(codes.findToPrint(caller.merchantId(), caller.mode(), id));
    }

    @Operation(operationId = "getStaticCodePng", summary = "The QR code to print, as PNG")
    @GetMapping(path = ID + "/qr.png", produces = "image/png")
    byte[] png(MerchantCaller caller, @PathVariable String id) {
        caller.require(READ);
        return images.png(codes.findToPrint(caller.merchantId(), caller.mode(), id));
    }

    private CodeView view(StaticCode code) {
        return CodeView.of(code, images.url(code));
    }

    private static @Nullable Money money(String field, @Nullable String text, String currency) {
        if (text == null) {
            return null;
        }
        try {
            var money = Money.parse(text, currency);
            if (!money.isPositive()) {
                throw ApiException.invalid(field, "too_small", "must be more than zero");
            }
            if (money.minorUnits() > LARGEST_MINOR) {
                throw ApiException.invalid(
                        field, "too_large", "is more than one payment can carry");
            }
            return money;
        } catch (UnknownCurrency _) {
            throw ApiException.invalid(
                    "/currency", "unknown_currency", "is not a currency we know");
        } catch (InvalidAmount e) {
            throw ApiException.invalid(field, "wrong_format", String.valueOf(e.getMessage()));
        }
    }
}
