package io.ferrypay.merchant.store.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.merchant.credential.IdempotentRequest;
import io.ferrypay.merchant.store.KeepStores;
import io.ferrypay.merchant.store.NewStore;
import io.ferrypay.merchant.store.Store;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
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
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Stores")
@RestController
@RequestMapping("/v2/stores")
class StoreController {

    private static final String ID = "store_[0-9A-HJKMNP-TV-Z]{26}";

    private static final String ONE_LINE = "[^\\p{Cntrl}]*[^\\p{Cntrl}\\s][^\\p{Cntrl}]*";

    private final KeepStores stores;

    StoreController(KeepStores stores) {
        this.stores = stores;
    }

    @Schema(name = "CreateStore")
    record StoreRequest(
            @NotBlank
                    @Size(max = 60)
                    @Pattern(regexp = "[^\\p{Cntrl}]*", message = "has no control characters")
                    String name,
            @NotBlank
                    @Size(max = 200)
                    @Pattern(regexp = "[^\\p{Cntrl}]*", message = "has no control characters")
                    String address,
            @NotNull @Size(max = 60) String timeZone) {

        NewStore store() {
            return new NewStore(name, address, zone(timeZone));
        }
    }

    @Schema(name = "ChangeStore")
    record StoreChange(
            @Size(min = 1, max = 60)
                    @Pattern(regexp = ONE_LINE, message = "is one line, and not blank")
                    @Nullable String name,
            @Size(min = 1, max = 200)
                    @Pattern(regexp = ONE_LINE, message = "is one line, and not blank")
                    @Nullable String address,
            @Size(max = 60) @Nullable String timeZone) {

        NewStore of(NewStore now) {
            return new NewStore(
                    name == null ? now.name() : name,
                    address == null ? now.address() : address,
                    timeZone == null ? now.timeZone() : zone(timeZone));
        }
    }

    @Schema(name = "Store")
    record StoreView(
            String id,
            String object,
            boolean livemode,
            String name,
            String address,
            String timeZone,
            @Schema(allowableValues = {"open", "closed"}) String status,
            Instant createdAt,
            @Nullable Instant closedAt) {

        static StoreView of(Store store) {
            return new StoreView(
                    store.id(),
                    "store",
                    store.mode().livemode(),
                    store.name(),
                    store.address(),
                    store.timeZone().getId(),
                    store.isClosed() ? "closed" : "open",
                    store.createdAt(),
                    store.closedAt());
        }
    }

    @Schema(name = "StoreList")
    record StoreList(
            String object, List<StoreView> data, boolean hasMore, @Nullable String nextCursor) {}

    @Operation(operationId = "listStores", summary = "List stores", description = "Newest first.")
    @GetMapping
    StoreList list(
            MerchantCaller caller,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Pattern(regexp = ID) @Nullable String cursor) {
        caller.require("static_codes:read");
        var found = stores.list(caller.merchantId(), caller.mode(), cursor, limit + 1);
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new StoreList(
                "list",
                page.stream().map(StoreView::of).toList(),
                more,
                more ? page.getLast().id() : null);
    }

    @Operation(operationId = "getStore", summary = "Fetch a store")
    @GetMapping("/{id:" + ID + "}")
    StoreView get(MerchantCaller caller, @PathVariable String id) {
        caller.require("static_codes:read");
        return StoreView.of(
                stores.find(caller.merchantId(), caller.mode(), id)
                        .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND)));
    }

    @Operation(
            operationId = "createStore",
            summary = "Open a store",
            description =
                    "Its `time_zone` is a place such as `Pacific/Auckland` and says when its day"
                            + " begins.")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    StoreView open(
            MerchantCaller caller,
            @RequestHeader("Idempotency-Key") String key,
            @Valid @RequestBody StoreRequest request) {
        caller.require("static_codes:write");
        var wanted = request.store();
        return StoreView.of(
                stores.open(
                        caller.merchantId(),
                        caller.mode(),
                        wanted,
                        IdempotentRequest.of(key, "open " + wanted)));
    }

    @Operation(
            operationId = "changeStore",
            summary = "Change a store",
            description =
                    "What is left out stays as it is. Its codes bear the new name and follow the new"
                            + " days at once. 409 `store_closed`.")
    @PatchMapping("/{id:" + ID + "}")
    StoreView change(
            MerchantCaller caller,
            @PathVariable String id,
            @Valid @RequestBody StoreChange change) {
        caller.require("static_codes:write");
        return StoreView.of(stores.change(caller.merchantId(), caller.mode(), id, change::of));
    }

    @Operation(
            operationId = "closeStore",
            summary = "Close a store",
            description =
                    "For good: its codes are disabled and its tills revoked, and nothing is made in it"
                            + " again. Payments, cashiers and what was printed stay to be looked up."
                            + " Needs `devices:write` as well. Repeating it changes nothing.")
    @PostMapping("/{id:" + ID + "}:close")
    StoreView close(MerchantCaller caller, @PathVariable String id) {
        caller.require("static_codes:write");
        caller.require("devices:write");
        return StoreView.of(stores.close(caller.merchantId(), caller.mode(), id));
    }

    /** Names of places only: an offset knows no summer time. */
    private static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw ApiException.invalid(
                    "/time_zone", "unknown", "is not a time zone such as Pacific/Auckland");
        }
        return ZoneId.of(name);
    }
}
