package io.ferrypay.tradeadmin.pricing.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.pricing.AskForPrices;
import io.ferrypay.tradeadmin.pricing.AskForPrices.TierChange;
import io.ferrypay.tradeadmin.pricing.PriceIndex;
import io.ferrypay.tradeadmin.pricing.PriceIndex.AssignedTier;
import io.ferrypay.tradeadmin.pricing.PriceIndex.Head;
import io.ferrypay.tradeadmin.pricing.PriceKind;
import io.ferrypay.tradeadmin.pricing.web.PricingController.FxResultList;
import io.ferrypay.tradeadmin.pricing.web.PricingController.History;
import io.ferrypay.tradeadmin.pricing.web.PricingController.ListRequest;
import io.ferrypay.tradeadmin.pricing.web.PricingController.Preview;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /console/api/pricing}: the same for staff, who also ask for other prices here. Another
 * person approves them at {@code /console/api/approvals}.
 */
@RestController
@RequestMapping(path = "/console/api/pricing", produces = MediaType.APPLICATION_JSON_VALUE)
class PricingConsole {

    private static final String READ = "pricing:read";

    private final PricingController prices;
    private final AskForPrices ask;
    private final PriceIndex index;

    PricingConsole(PricingController prices, AskForPrices ask, PriceIndex index) {
        this.prices = prices;
        this.ask = ask;
        this.index = index;
    }

    /** The request that now waits for another person. */
    record Asked(String approval, String subject, String status) {

        static Asked of(Approval approval) {
            return new Asked(approval.id(), approval.subject(), approval.status().text());
        }
    }

    @PostMapping(path = "/lists", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Asked change(StaffCaller caller, @RequestBody ListRequest request) {
        return Asked.of(ask.change(caller, request.change()));
    }

    record TierRequest(@Nullable String merchant, @Nullable String tier, @Nullable String reason) {}

    /** Gives a merchant the margins of a tier; an empty one is that of everybody. */
    @PostMapping(path = "/tiers", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Asked assignTier(StaffCaller caller, @RequestBody TierRequest request) {
        return Asked.of(
                ask.assignTier(
                        caller,
                        new TierChange(
                                request.merchant() == null ? "" : request.merchant(),
                                request.tier() == null ? "" : request.tier()),
                        PricingController.textOf("/reason", request.reason())));
    }

    @GetMapping("/lists")
    History history(
            StaffCaller caller,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String scope,
            @RequestParam(required = false) @Nullable String currency) {
        caller.require(READ);
        return prices.history(kind, scope, currency);
    }

    record HeadView(
            String scope,
            String currency,
            int version,
            Instant effectiveFrom,
            @Nullable Integer inForce) {

        static HeadView of(Head head) {
            return new HeadView(
                    head.scope(),
                    head.currency().code(),
                    head.newest(),
                    head.effectiveFrom(),
                    head.inForce());
        }
    }

    record Page<T>(List<T> data, boolean hasMore, @Nullable String nextCursor) {

        static <S, T> Page<T> of(
                List<S> found, int limit, Function<S, T> view, Function<S, String> place) {
            var more = found.size() > limit;
            var data = more ? found.subList(0, limit) : found;
            return new Page<>(
                    data.stream().map(view).toList(),
                    more,
                    more ? place.apply(data.getLast()) : null);
        }
    }

    /** Which lists there are; a cursor is {@code scope/currency}. */
    @GetMapping("/list-index")
    Page<HeadView> lists(
            StaffCaller caller,
            @RequestParam @Pattern(regexp = "fee|margin", message = "is no kind of list")
                    String kind,
            @RequestParam(defaultValue = "/")
                    @Pattern(
                            regexp = "[A-Za-z0-9_]{0,64}/[A-Z]{0,3}",
                            message = "is not a cursor of ours")
                    String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit) {
        caller.require(READ);
        var after = cursor.split("/", -1);
        return Page.of(
                index.lists(
                        PriceKind.ofWireName(kind).orElseThrow(), after[0], after[1], limit + 1),
                limit,
                HeadView::of,
                head -> head.scope() + "/" + head.currency().code());
    }

    /** Which merchants have a tier of their own, or had one. */
    @GetMapping("/tiers")
    Page<AssignedTier> tiers(
            StaffCaller caller,
            @RequestParam(defaultValue = "")
                    @Pattern(regexp = "[A-Za-z0-9_]{0,64}", message = "is not a cursor of ours")
                    String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit) {
        caller.require(READ);
        return Page.of(
                index.tiers(cursor, limit + 1),
                limit,
                Function.identity(),
                AssignedTier::merchantId);
    }

    @GetMapping("/preview")
    Preview preview(
            StaffCaller caller,
            @RequestParam(required = false) @Nullable String merchant,
            @RequestParam(required = false) @Nullable String method,
            @RequestParam(required = false) @Nullable String amount,
            @RequestParam(required = false) @Nullable String currency,
            @RequestParam(required = false) @Nullable Instant at) {
        caller.require(READ);
        return prices.preview(merchant, method, amount, currency, at);
    }

    @GetMapping("/fx-results")
    FxResultList fxResults(
            StaffCaller caller,
            @RequestParam(required = false) @Nullable String book,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        caller.require(READ);
        return prices.fxResults(book, from, to);
    }
}
