package io.ferrypay.tradeadmin.difference.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.difference.DifferenceAction;
import io.ferrypay.tradeadmin.difference.DifferenceCase;
import io.ferrypay.tradeadmin.difference.DifferenceCases;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /console/api/differences}: read with {@code reconciliation:read}, worked on with {@code
 * reconciliation:write}; what was asked for is approved under {@code /console/api/approvals}.
 */
@RestController
@RequestMapping("/console/api/differences")
class DifferenceController {

    private static final String NAME = "[A-Za-z0-9_-]{1,60}";
    private static final String NOT_ONE = "is not one we know";

    private final DifferenceCases cases;

    DifferenceController(DifferenceCases cases) {
        this.cases = cases;
    }

    record Stake(String amount, String currency) {

        static Stake of(Money money) {
            return new Stake(money.toDecimalString(), money.currency().code());
        }
    }

    record DifferenceView(
            String object,
            String id,
            long version,
            String status,
            boolean livemode,
            String channel,
            String account,
            LocalDate day,
            String type,
            String kind,
            @Nullable String orderNumber,
            @Nullable String refundNumber,
            @Nullable String channelReference,
            @Nullable Long lineNumber,
            @Nullable String theirs,
            @Nullable String ours,
            @Nullable Stake theirAmount,
            @Nullable Stake ourAmount,
            @Nullable String merchantId,
            @Nullable String ownerId,
            List<Stake> stakes,
            @Nullable String bookedIn,
            @Nullable String assignedTo,
            int asked,
            DifferenceAction proposed,
            List<DifferenceAction> actions,
            @Nullable DifferenceAction action,
            Instant openedAt,
            Instant dueAt,
            @Nullable Instant decidedAt,
            @Nullable Instant endedAt) {

        static DifferenceView of(DifferenceCase one) {
            return new DifferenceView(
                    "difference",
                    one.id(),
                    one.version(),
                    one.status(),
                    one.book() == io.ferrypay.tradeadmin.ledger.Book.LIVE,
                    one.channel(),
                    one.account(),
                    one.day(),
                    one.type(),
                    one.kind(),
                    one.orderNumber(),
                    one.refundNumber(),
                    one.channelReference(),
                    one.lineNumber(),
                    one.theirs(),
                    one.ours(),
                    one.theirAmount() == null ? null : Stake.of(one.theirAmount()),
                    one.ourAmount() == null ? null : Stake.of(one.ourAmount()),
                    one.merchantId(),
                    one.ownerId(),
                    one.stakes().stream().map(Stake::of).toList(),
                    one.counterpart(),
                    one.assignedTo(),
                    one.asked(),
                    one.proposed(),
                    one.actions(),
                    one.action(),
                    one.openedAt(),
                    one.dueAt(),
                    one.decidedAt(),
                    one.endedAt());
        }
    }

    record ListView(
            String object,
            List<DifferenceView> data,
            boolean hasMore,
            @Nullable String nextCursor) {}

    record WholeView(DifferenceView difference, List<DifferenceCases.Entry> timeline) {}

    record Booked(boolean livemode, String account, String amount, String currency) {}

    /**
     * @param age of those that are open, in days: under one, under three, under seven, and more
     */
    record StandingView(
            String object,
            long open,
            long overdue,
            Map<String, Long> byType,
            List<Long> age,
            List<Booked> booked) {}

    record Ask(long version, @NotNull DifferenceAction action, @NotNull String reason) {}

    record Asked(String object, String approval) {}

    record Assign(long version, @Nullable @Pattern(regexp = NAME, message = NOT_ONE) String to) {}

    record Wait(long version, int days, @NotNull String reason) {}

    @GetMapping
    ListView list(
            StaffCaller caller,
            @RequestParam(required = false)
                    @Pattern(regexp = "open|decided|ended", message = NOT_ONE)
                    @Nullable String status,
            @RequestParam(required = false) @Pattern(regexp = NAME, message = NOT_ONE)
                    @Nullable String account,
            @RequestParam(required = false) @Nullable LocalDate day,
            @RequestParam(required = false) @Pattern(regexp = NAME, message = NOT_ONE)
                    @Nullable String type,
            @RequestParam(defaultValue = "false") boolean overdue,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        caller.require(DifferenceCases.READ);
        var found =
                cases.page(
                        new DifferenceCases.Filter(status, account, day, type, overdue),
                        cursor == null ? null : number(cursor),
                        limit + 1);
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new ListView(
                "list",
                page.stream().map(DifferenceView::of).toList(),
                more,
                more ? page.getLast().id() : null);
    }

    @GetMapping("/standing")
    StandingView standing(StaffCaller caller) {
        caller.require(DifferenceCases.READ);
        var standing = cases.standing();
        return new StandingView(
                "difference_standing",
                standing.open(),
                standing.overdue(),
                standing.byType(),
                standing.age(),
                standing.booked().stream()
                        .map(one ->
                                new Booked(
                                        one.book() == io.ferrypay.tradeadmin.ledger.Book.LIVE,
                                        one.account(),
                                        one.amount().toDecimalString(),
                                        one.amount().currency().code()))
                        .toList());
    }

    @GetMapping("/{id}")
    WholeView one(StaffCaller caller, @PathVariable String id) {
        caller.require(DifferenceCases.READ);
        var number = number(id);
        return new WholeView(DifferenceView.of(cases.find(number)), cases.timeline(number));
    }

    /** Another person approves it. */
    @PostMapping("/{id}:ask")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Asked ask(StaffCaller caller, @PathVariable String id, @Valid @RequestBody Ask wanted) {
        return new Asked(
                "approval_request",
                cases.ask(caller, number(id), wanted.version(), wanted.action(), wanted.reason())
                        .id());
    }

    @PostMapping("/{id}:assign")
    DifferenceView assign(
            StaffCaller caller, @PathVariable String id, @Valid @RequestBody Assign to) {
        return DifferenceView.of(cases.assign(caller, number(id), to.version(), to.to()));
    }

    @PostMapping("/{id}:wait")
    DifferenceView wait(
            StaffCaller caller, @PathVariable String id, @Valid @RequestBody Wait wanted) {
        return DifferenceView.of(
                cases.wait(caller, number(id), wanted.version(), wanted.days(), wanted.reason()));
    }

    private static long number(String id) {
        if (!id.matches("dif_[0-9]{1,18}")) {
            throw ApiException.invalid("/id", "wrong_format", "must be such as dif_12");
        }
        return Long.parseLong(id.substring("dif_".length()));
    }
}
