package io.ferrypay.tradeadmin.approval.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.ApprovalStatus;
import io.ferrypay.tradeadmin.approval.Approvals;
import io.ferrypay.tradeadmin.approval.Change;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The inbox of everything that waits for a second person. Asking is each capability's own, because
 * only it knows what may be asked for.
 */
@RestController
class ApprovalController {

    private static final String ROOT = "/console/api/approvals";
    private static final String ID = "apr_[0-9A-HJKMNP-TV-Z]{26}";
    private static final String ONE = ROOT + "/{id:" + ID + "}";

    private final Approvals approvals;

    ApprovalController(Approvals approvals) {
        this.approvals = approvals;
    }

    record DecisionView(
            String account,
            String person,
            String verdict,
            @Nullable String reason,
            Instant decidedAt) {}

    /**
     * @param mine whether the person who reads asked for it
     * @param decidable whether that person may decide on it
     * @param bulk whether it may be approved together with others
     */
    record ApprovalView(
            String object,
            String id,
            String kind,
            String subject,
            String status,
            long version,
            List<Change> diff,
            String reason,
            @Nullable String makerAccount,
            String maker,
            int approversNeeded,
            List<DecisionView> decisions,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant closedAt,
            boolean mine,
            boolean decidable,
            boolean bulk) {}

    record ListView(
            String object, List<ApprovalView> data, boolean hasMore, @Nullable String nextCursor) {}

    record Decision(
            @NotNull @PositiveOrZero Long version, @Size(max = 1000) @Nullable String reason) {

        @Override
        public String toString() {
            return "Decision[…]";
        }
    }

    record SeenApproval(
            @NotNull @Pattern(regexp = ID, message = "is not an approval") String id,
            @NotNull @PositiveOrZero Long version) {}

    record Bulk(
            @NotEmpty @Size(max = Approvals.LARGEST_BULK)
                    List<@NotNull @Valid SeenApproval> approvals,
            @Size(max = 1000) @Nullable String reason) {

        @Override
        public String toString() {
            return "Bulk[…]";
        }
    }

    /** One of the two is there. */
    record BulkResult(String id, @Nullable ApprovalView approval, @Nullable String refusedBy) {}

    record BulkAnswer(List<BulkResult> results) {}

    record Rejection(
            @NotNull @PositiveOrZero Long version, @NotBlank @Size(max = 1000) String reason) {

        @Override
        public String toString() {
            return "Rejection[…]";
        }
    }

    @GetMapping(ROOT)
    ListView list(
            StaffCaller caller,
            @RequestParam(required = false)
                    @Pattern(
                            regexp = "pending|approved|rejected|withdrawn|expired",
                            message = "is not a status")
                    @Nullable String status,
            @RequestParam(required = false)
                    @Pattern(regexp = "[a-z_]{1,40}", message = "is not a kind")
                    @Nullable String kind,
            @RequestParam(required = false)
                    @Pattern(regexp = ID, message = "is not a cursor of ours")
                    @Nullable String cursor,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
        var found =
                approvals.list(
                        caller,
                        status == null ? null : ApprovalStatus.of(status),
                        kind,
                        cursor,
                        limit + 1);
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new ListView(
                "list",
                page.stream().map(one -> view(caller, one.approval(), one.bulk())).toList(),
                more,
                more ? page.getLast().approval().id() : null);
    }

    record WaitingView(String kind, int count, Instant oldest) {}

    record WaitingList(List<WaitingView> data) {}

    /** How many of each kind wait, and since when. */
    @GetMapping("/console/api/approvals_waiting")
    WaitingList waiting(StaffCaller caller) {
        return new WaitingList(
                approvals.waiting(caller).stream()
                        .map(one -> new WaitingView(one.kind(), one.count(), one.oldest()))
                        .toList());
    }

    @GetMapping(ONE)
    ApprovalView get(StaffCaller caller, @PathVariable String id) {
        return view(caller, approvals.get(caller, id));
    }

    @PostMapping(ONE + ":approve")
    ApprovalView approve(
            StaffCaller caller, @PathVariable String id, @Valid @RequestBody Decision decision) {
        return view(caller, approvals.approve(caller, id, decision.version(), decision.reason()));
    }

    @PostMapping(ONE + ":reject")
    ApprovalView reject(
            StaffCaller caller, @PathVariable String id, @Valid @RequestBody Rejection rejection) {
        return view(caller, approvals.reject(caller, id, rejection.version(), rejection.reason()));
    }

    @PostMapping(ONE + ":withdraw")
    ApprovalView withdraw(
            StaffCaller caller, @PathVariable String id, @Valid @RequestBody Decision decision) {
        return view(caller, approvals.withdraw(caller, id, decision.version()));
    }

    /** Each for itself: the answer says which were refused, and by what. */
    @PostMapping(ROOT + ":approve")
    BulkAnswer approveAll(StaffCaller caller, @Valid @RequestBody Bulk bulk) {
        return new BulkAnswer(
                approvals
                        .approveAll(
                                caller,
                                bulk.approvals().stream()
                                        .map(seen -> new Approvals.Seen(seen.id(), seen.version()))
                                        .toList(),
                                bulk.reason())
                        .stream()
                        .map(result ->
                                new BulkResult(
                                        result.id(),
                                        result.approval() == null
                                                ? null
                                                : view(caller, result.approval()),
                                        codeOf(result.refusal())))
                        .toList());
    }

    private static @Nullable String codeOf(@Nullable ApiException refusal) {
        return refusal == null ? null : refusal.code().code();
    }

    private ApprovalView view(StaffCaller caller, Approval approval) {
        return view(caller, approval, approvals.inBulk(approval));
    }

    private ApprovalView view(StaffCaller caller, Approval approval, boolean bulk) {
        return new ApprovalView(
                "approval",
                approval.id(),
                approval.kind(),
                approval.subject(),
                approval.status().text(),
                approval.version(),
                approval.diff(),
                approval.reason(),
                approval.maker().accountId(),
                approval.maker().name(),
                approval.approversNeeded(),
                approval.decisions().stream()
                        .map(decision ->
                                new DecisionView(
                                        decision.accountId(),
                                        decision.personId(),
                                        decision.approves() ? "approve" : "reject",
                                        decision.reason(),
                                        decision.decidedAt()))
                        .toList(),
                approval.createdAt(),
                approval.expiresAt(),
                approval.closedAt(),
                approval.maker().name().equals(caller.personId()),
                approvals.mayDecide(caller, approval),
                bulk);
    }
}
