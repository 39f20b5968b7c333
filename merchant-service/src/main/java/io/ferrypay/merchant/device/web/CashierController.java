package io.ferrypay.merchant.device.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.merchant.credential.IdempotentRequest;
import io.ferrypay.merchant.device.Cashier;
import io.ferrypay.merchant.device.KeepCashiers;
import io.ferrypay.merchant.device.KeepCashiers.NewCashier;
import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
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

/**
 * {@code /v2/cashiers}. A cashier's PIN gives money back, so nobody hands one out who may not do
 * that.
 */
@Tag(name = "Cashiers")
@RestController
@RequestMapping("/v2/cashiers")
class CashierController {

    private static final String ID = "cas_[0-9A-HJKMNP-TV-Z]{26}";
    private static final String PIN = "[0-9]{4,8}";
    private static final long LARGEST_MINOR = 99_999_999_999L;

    private final KeepCashiers cashiers;

    CashierController(KeepCashiers cashiers) {
        this.cashiers = cashiers;
    }

    @Schema(name = "CreateCashier")
    record CashierRequest(
            @NotNull @Pattern(regexp = "store_[0-9A-HJKMNP-TV-Z]{26}", message = "is not a store")
                    String store,
            @NotBlank
                    @Size(max = 40)
                    @Pattern(regexp = "[^\\p{Cntrl}]*", message = "has no control characters")
                    String name,
            @NotNull @Pattern(regexp = PIN, message = "has four to eight digits") String pin) {

        @Override
        public String toString() {
            return store + " " + name;
        }
    }

    @Schema(name = "CashierPin")
    record NewPin(
            @NotNull @Pattern(regexp = PIN, message = "has four to eight digits") String pin) {

        @Override
        public String toString() {
            return "NewPin[…]";
        }
    }

    @Schema(name = "Cashier")
    record CashierView(
            String id,
            String object,
            boolean livemode,
            String store,
            String name,
            @Schema(allowableValues = {"active", "disabled"}) String status,
            @Schema(description = "The most to take at once; null is without a limit.")
                    @Nullable String saleLimit,
            @Schema(description = "The most to take in a day of the store.")
                    @Nullable String dailySalesLimit,
            @Schema(description = "The most to give back at once.") @Nullable String refundLimit,
            @Schema(description = "The most to give back in a day of the store.")
                    @Nullable String dailyRefundsLimit,
            Instant createdAt,
            @Nullable Instant disabledAt) {

        static CashierView of(Cashier cashier) {
            return new CashierView(
                    cashier.id(),
                    "cashier",
                    cashier.mode().livemode(),
                    cashier.storeId(),
                    cashier.name(),
                    cashier.disabledAt() == null ? "active" : "disabled",
                    text(cashier.limits().sale()),
                    text(cashier.limits().dailySales()),
                    text(cashier.limits().refund()),
                    text(cashier.limits().dailyRefunds()),
                    cashier.createdAt(),
                    cashier.disabledAt());
        }
    }

    private static @Nullable String text(@Nullable Money money) {
        return money == null ? null : money.toDecimalString();
    }

    /** All limits as they shall be; what is left out is no longer limited. */
    @Schema(name = "CashierLimits")
    record LimitsRequest(
            @Schema(example = "500.00") @Nullable String saleLimit,
            @Nullable String dailySalesLimit,
            @Schema(description = "`0.00`: gives nothing back.", example = "50.00")
                    @Nullable String refundLimit,
            @Nullable String dailyRefundsLimit) {}

    @Schema(name = "CashierList")
    record CashierList(
            String object, List<CashierView> data, boolean hasMore, @Nullable String nextCursor) {}

    @Operation(
            operationId = "listCashiers",
            summary = "List cashiers",
            description = "Newest first.")
    @GetMapping
    CashierList list(
            MerchantCaller caller,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Pattern(regexp = ID) @Nullable String cursor) {
        caller.require("devices:read");
        var found = cashiers.list(caller.merchantId(), caller.mode(), cursor, limit + 1);
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new CashierList(
                "list",
                page.stream().map(CashierView::of).toList(),
                more,
                more ? page.getLast().id() : null);
    }

    @Operation(operationId = "getCashier", summary = "Fetch a cashier")
    @GetMapping("/{id:" + ID + "}")
    CashierView get(MerchantCaller caller, @PathVariable String id) {
        caller.require("devices:read");
        return CashierView.of(cashiers.find(caller.merchantId(), caller.mode(), id));
    }

    @Operation(
            operationId = "createCashier",
            summary = "Take a cashier on",
            description = "Needs `refunds:write` as well: a PIN can give money back.")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CashierView takeOn(
            MerchantCaller caller,
            @RequestHeader("Idempotency-Key") String key,
            @Valid @RequestBody CashierRequest wanted) {
        requireRefunds(caller);
        return CashierView.of(
                cashiers.takeOn(
                        caller.merchantId(),
                        caller.mode(),
                        new NewCashier(wanted.store(), wanted.name(), wanted.pin()),
                        // Without the PIN: it would be found by trying all there are.
                        IdempotentRequest.of(key, "take on " + wanted)));
    }

    @Operation(
            operationId = "setCashierPin",
            summary = "Set a cashier's PIN",
            description = "Needs `refunds:write` as well.")
    @PostMapping("/{id:" + ID + "}:set_pin")
    CashierView setPin(
            MerchantCaller caller, @PathVariable String id, @Valid @RequestBody NewPin wanted) {
        requireRefunds(caller);
        return CashierView.of(
                cashiers.setPin(caller.merchantId(), caller.mode(), id, wanted.pin()));
    }

    @Operation(
            operationId = "limitCashier",
            summary = "Limit a cashier",
            description =
                    "All limits as they shall be, in your currency; what is left out is limited no"
                            + " longer. Tills refuse what is more with `over_cashier_limit` or"
                            + " `cashier_daily_limit_reached`. While a cashier of a store has limits,"
                            + " its tills take nothing when nobody is signed in. Needs `refunds:write`"
                            + " as well.")
    @PutMapping("/{id:" + ID + "}/limits")
    CashierView limit(
            MerchantCaller caller,
            @PathVariable String id,
            @Valid @RequestBody LimitsRequest wanted) {
        requireRefunds(caller);
        cashiers.find(caller.merchantId(), caller.mode(), id);
        var currency = cashiers.currencyOf(caller.merchantId());
        return CashierView.of(
                cashiers.limit(
                        caller.merchantId(),
                        caller.mode(),
                        id,
                        new Cashier.Limits(
                                money("/sale_limit", wanted.saleLimit(), currency),
                                money("/daily_sales_limit", wanted.dailySalesLimit(), currency),
                                money("/refund_limit", wanted.refundLimit(), currency),
                                money(
                                        "/daily_refunds_limit",
                                        wanted.dailyRefundsLimit(),
                                        currency))));
    }

    private static @Nullable Money money(String field, @Nullable String text, String currency) {
        if (text == null) {
            return null;
        }
        try {
            var money = Money.parse(text, currency);
            if (money.minorUnits() < 0) {
                throw ApiException.invalid(field, "too_small", "must not be less than zero");
            }
            if (money.minorUnits() > LARGEST_MINOR) {
                throw ApiException.invalid(field, "too_large", "is more than a limit can be");
            }
            return money;
        } catch (InvalidAmount e) {
            throw ApiException.invalid(field, "wrong_format", String.valueOf(e.getMessage()));
        }
    }

    @Operation(
            operationId = "disableCashier",
            summary = "Disable a cashier",
            description = "For good. Repeating it changes nothing.")
    @PostMapping("/{id:" + ID + "}:disable")
    CashierView disable(MerchantCaller caller, @PathVariable String id) {
        caller.require("devices:write");
        return CashierView.of(cashiers.disable(caller.merchantId(), caller.mode(), id));
    }

    private static void requireRefunds(MerchantCaller caller) {
        caller.require("devices:write");
        caller.require("refunds:write");
    }
}
