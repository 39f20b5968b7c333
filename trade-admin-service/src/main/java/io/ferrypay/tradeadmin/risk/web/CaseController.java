package io.ferrypay.tradeadmin.risk.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.tradeadmin.risk.Decision;
import io.ferrypay.tradeadmin.risk.RiskCase;
import io.ferrypay.tradeadmin.risk.RiskCases;
import io.ferrypay.tradeadmin.risk.RiskRules;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cases of risk: read with {@code risk:read}, worked on with {@code risk:decide}. */
@RestController
@RequestMapping("/console/api/risk/cases")
class CaseController {

    private static final String NAME = "[A-Za-z0-9_]{1,60}";
    private static final String NOT_ONE = "is not one we know";

    private final RiskCases cases;

    CaseController(RiskCases cases) {
        this.cases = cases;
    }

    record CaseView(
            String object,
            String id,
            long version,
            String kind,
            String status,
            String payment,
            String merchantId,
            boolean livemode,
            String merchantReference,
            String amount,
            String currency,
            @Nullable String method,
            @Nullable String channel,
            @Nullable String store,
            @Nullable String staticCode,
            @Nullable String device,
            @Nullable String payer,
            @Nullable String assignedTo,
            @Nullable String decision,
            Instant openedAt,
            @Nullable Instant closedAt) {

        static CaseView of(RiskCase one) {
            return new CaseView(
                    "risk_case",
                    one.id(),
                    one.version(),
                    one.kind(),
                    one.status(),
                    one.paymentId(),
                    one.merchantId(),
                    one.livemode(),
                    one.merchantReference(),
                    one.amount().toDecimalString(),
                    one.amount().currency().code(),
                    one.method(),
                    one.channel(),
                    one.store(),
                    one.staticCode(),
                    one.device(),
                    one.payer(),
                    one.assignedTo(),
                    one.decision(),
                    one.openedAt(),
                    one.closedAt());
        }
    }

    record ListView(
            String object, List<CaseView> data, boolean hasMore, @Nullable String nextCursor) {}

    record WholeView(CaseView riskCase, List<RiskCases.Entry> timeline, List<CaseView> linked) {}

    record Note(@NotNull String text) {}

    record Assign(long version, @Nullable @Pattern(regexp = NAME, message = NOT_ONE) String to) {}

    record Decide(long version, @NotNull Decision decision, @NotNull String reason) {}

    record Close(long version, @NotNull String reason) {}

    /**
     * @param approval the request that waits, if the decision needs another person
     */
    record Decided(CaseView riskCase, @Nullable String approval) {}

    @GetMapping
    ListView list(
            StaffCaller caller,
            @RequestParam(required = false) @Pattern(regexp = "open|closed", message = NOT_ONE)
                    @Nullable String status,
            @RequestParam(required = false) @Pattern(regexp = NAME, message = NOT_ONE)
                    @Nullable String merchant,
            @RequestParam(required = false) @Pattern(regexp = NAME, message = NOT_ONE)
                    @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        caller.require(RiskRules.READ);
        var found = cases.page(status, merchant, cursor, limit + 1);
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new ListView(
                "list",
                page.stream().map(CaseView::of).toList(),
                more,
                more ? page.getLast().id() : null);
    }

    @GetMapping("/{id}")
    WholeView one(StaffCaller caller, @PathVariable String id) {
        caller.require(RiskRules.READ);
        return whole(id);
    }

    @PostMapping("/{id}:note")
    WholeView note(StaffCaller caller, @PathVariable String id, @Valid @RequestBody Note note) {
        cases.note(caller, id, note.text());
        return whole(id);
    }

    @PostMapping("/{id}:assign")
    CaseView assign(StaffCaller caller, @PathVariable String id, @Valid @RequestBody Assign to) {
        return CaseView.of(cases.assign(caller, id, to.version(), to.to()));
    }

    /** 200 if it is decided, 202 if it waits for another person. */
    @PostMapping("/{id}:decide")
    ResponseEntity<Decided> decide(
            StaffCaller caller, @PathVariable String id, @Valid @RequestBody Decide wanted) {
        var asked = cases.decide(caller, id, wanted.version(), wanted.decision(), wanted.reason());
        return ResponseEntity.status(asked == null ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(new Decided(CaseView.of(cases.find(id)), asked == null ? null : asked.id()));
    }

    @PostMapping("/{id}:close")
    CaseView close(StaffCaller caller, @PathVariable String id, @Valid @RequestBody Close wanted) {
        return CaseView.of(cases.close(caller, id, wanted.version(), wanted.reason()));
    }

    private WholeView whole(String id) {
        var one = cases.find(id);
        return new WholeView(
                CaseView.of(one),
                cases.timeline(id),
                cases.linked(one).stream().map(CaseView::of).toList());
    }
}
