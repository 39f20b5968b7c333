package io.ferrypay.merchant.merchant.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.merchant.merchant.FindMerchants;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Merchants as the people at the console look them up. */
@RestController
@Hidden
class ConsoleMerchantController {

    private static final String READ = "merchants:read";
    private static final String ID = "mer_[0-9A-HJKMNP-TV-Z]{26}";

    private final FindMerchants merchants;

    ConsoleMerchantController(FindMerchants merchants) {
        this.merchants = merchants;
    }

    record ListView(
            String object,
            List<FindMerchants.Seen> data,
            boolean hasMore,
            @Nullable String nextCursor) {}

    @GetMapping("/console/api/merchants")
    ListView list(
            StaffCaller caller,
            @RequestParam(required = false) @Size(max = 100) @Nullable String text,
            @RequestParam(required = false)
                    @Pattern(regexp = ID, message = "is not a cursor of ours")
                    @Nullable String cursor,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
        caller.require(READ);
        var found =
                merchants.list(
                        text == null || text.isBlank() ? null : text.strip(), cursor, limit + 1);
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new ListView("list", page, more, more ? page.getLast().id() : null);
    }

    @GetMapping("/console/api/merchants/{id:" + ID + "}")
    FindMerchants.Seen get(StaffCaller caller, @PathVariable String id) {
        caller.require(READ);
        return merchants.find(id).orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }
}
