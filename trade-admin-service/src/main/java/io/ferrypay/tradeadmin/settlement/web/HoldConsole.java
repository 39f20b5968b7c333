package io.ferrypay.tradeadmin.settlement.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.settlement.HoldMoney;
import io.ferrypay.tradeadmin.settlement.HoldMoney.Hold;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /console/api/balance-holds}: money of merchants that staff keep back. */
@RestController
@RequestMapping(
        path = "/console/api/balance-holds",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class HoldConsole {

    private static final int LONGEST_REASON = 500;

    private final HoldMoney hold;

    HoldConsole(HoldMoney hold) {
        this.hold = hold;
    }

    record HoldRequest(
            @Nullable String book,
            @Nullable String merchant,
            @Nullable String amount,
            @Nullable String currency,
            @Nullable String reason) {}

    record Placed(String id, String merchant, String amount, String currency) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Placed place(StaffCaller caller, @RequestBody HoldRequest request) {
        var placed =
                hold.place(
                        caller,
                        Optional.ofNullable(request.book())
                                .flatMap(Book::ofWireName)
                                .orElseThrow(() ->
                                        ApiException.invalid("/book", "not_allowed", "is no book")),
                        request.merchant() == null ? "" : request.merchant(),
                        amount(request),
                        reason(request.reason()));
        return new Placed(
                placed.id(),
                placed.merchantId(),
                placed.amount().toDecimalString(),
                placed.amount().currency().code());
    }

    record HoldView(
            String id,
            boolean livemode,
            String merchant,
            String amount,
            String currency,
            String reason,
            String placedBy,
            Instant placedAt) {

        static HoldView of(Hold hold) {
            return new HoldView(
                    hold.id(),
                    hold.book() == Book.LIVE,
                    hold.merchantId(),
                    hold.amount().toDecimalString(),
                    hold.amount().currency().code(),
                    hold.reason(),
                    hold.placedBy(),
                    hold.placedAt());
        }
    }

    record HoldList(List<HoldView> data, boolean hasMore, @Nullable String nextCursor) {}

    /** What is held now, the newest first. */
    @GetMapping(consumes = MediaType.ALL_VALUE)
    HoldList list(
            StaffCaller caller,
            @RequestParam(required = false)
                    @Pattern(regexp = "[A-Za-z0-9_]{1,64}", message = "is not a merchant")
                    @Nullable String merchant,
            @RequestParam(required = false)
                    @Pattern(regexp = "hold_[0-9A-Z]{26}", message = "is not a cursor of ours")
                    @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit) {
        caller.require("settlements:read");
        var found = hold.standing(merchant, cursor, limit + 1);
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new HoldList(
                page.stream().map(HoldView::of).toList(), more, more ? page.getLast().id() : null);
    }

    record ReleaseRequest(@Nullable String reason) {}

    record Asked(String approval, String status) {}

    /** Asks; somebody with {@code settlements:approve} decides. */
    @PostMapping("/{id}:release")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Asked release(
            StaffCaller caller, @PathVariable String id, @RequestBody ReleaseRequest request) {
        var asked = hold.askToRelease(caller, id, reason(request.reason()));
        return new Asked(asked.id(), asked.status().text());
    }

    private static Money amount(HoldRequest request) {
        try {
            var amount =
                    Money.parse(
                            request.amount() == null ? "" : request.amount(),
                            request.currency() == null ? "" : request.currency());
            if (amount.isPositive()) {
                return amount;
            }
        } catch (InvalidAmount | UnknownCurrency _) {
            // Refused below.
        }
        throw ApiException.invalid("/amount", "wrong_format", "must be more than zero");
    }

    private static String reason(@Nullable String reason) {
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw ApiException.invalid("/reason", "required", "must have 1 to 500 characters");
        }
        return reason;
    }
}
