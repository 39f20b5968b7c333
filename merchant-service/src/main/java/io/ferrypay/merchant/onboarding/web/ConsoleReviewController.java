package io.ferrypay.merchant.onboarding.web;

import io.ferrypay.events.StaffActs;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.merchant.onboarding.Item;
import io.ferrypay.merchant.onboarding.Review;
import io.ferrypay.merchant.onboarding.web.ReviewController.FileView;
import io.ferrypay.merchant.onboarding.web.ReviewController.ListView;
import io.ferrypay.merchant.onboarding.web.ReviewController.WantedChange;
import io.ferrypay.problem.ApiException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The review of onboardings for the people at the console. The reviewer is the person and not the
 * account, so that nobody is the second reviewer of what they approved first. Whatever is done or
 * shown is told to the audit.
 */
@RestController
@Hidden
class ConsoleReviewController {

    private static final String READ = "onboarding:read";
    private static final String REVIEW = "onboarding:review";
    private static final String ROOT = "/console/api/onboarding/applications";
    private static final String ONE = ROOT + "/{id:onb_[0-9A-HJKMNP-TV-Z]{26}}";

    private final Review review;
    private final StaffActs acts;
    private final Clock clock;

    ConsoleReviewController(Review review, StaffActs acts, Clock clock) {
        this.review = review;
        this.acts = acts;
        this.clock = clock;
    }

    record Act(@NotNull @PositiveOrZero Long version) {}

    record Decision(
            @NotNull @PositiveOrZero Long version, @Size(max = 1000) @Nullable String reason) {

        @Override
        public String toString() {
            return "Decision[…]";
        }
    }

    record Rejection(
            @NotNull @PositiveOrZero Long version, @NotBlank @Size(max = 1000) String reason) {

        @Override
        public String toString() {
            return "Rejection[…]";
        }
    }

    record ChangeRequest(
            @NotNull @PositiveOrZero Long version,
            @NotEmpty @Size(max = 20) List<@NotNull @Valid WantedChange> items) {}

    @GetMapping(ROOT)
    ListView list(
            StaffCaller caller,
            @RequestParam(defaultValue = "submitted")
                    @Pattern(
                            regexp = "submitted|in_review|needs_changes|approved|rejected",
                            message = "is not a status of a list")
                    String status,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false)
                    @Pattern(regexp = ReviewController.CURSOR, message = "is not a cursor of ours")
                    @Nullable String cursor) {
        caller.require(READ);
        return ReviewController.list(review, status, limit, cursor);
    }

    @GetMapping(ONE)
    FileView get(StaffCaller caller, @PathVariable String id) {
        caller.require(READ);
        var file = review.file(id);
        acts.tellOfReading(actor(caller), "onboarding.read", id, null);
        return FileView.of(file);
    }

    @GetMapping(ONE + "/documents/{documentId:doc_[0-9A-HJKMNP-TV-Z]{26}}/content")
    void content(
            StaffCaller caller,
            @PathVariable String id,
            @PathVariable String documentId,
            HttpServletResponse response)
            throws IOException {
        caller.require(READ);
        review.file(id);
        acts.tellOfReading(
                actor(caller), "onboarding.document_read", id, Map.of("document", documentId));
        review.handOut(id, documentId, DocumentAnswers.to(response));
    }

    @PostMapping(ONE + ":take")
    FileView take(StaffCaller caller, @PathVariable String id, @Valid @RequestBody Act act) {
        return FileView.of(review.take(act(caller, id, act.version())));
    }

    @PostMapping(ONE + ":release")
    FileView release(StaffCaller caller, @PathVariable String id, @Valid @RequestBody Act act) {
        return FileView.of(review.release(act(caller, id, act.version())));
    }

    @PostMapping(ONE + ":request_changes")
    FileView requestChanges(
            StaffCaller caller,
            @PathVariable String id,
            @Valid @RequestBody ChangeRequest request) {
        var reasons = new EnumMap<Item, String>(Item.class);
        for (var i = 0; i < request.items().size(); i++) {
            var at = "/items/" + i + "/item";
            var wanted = request.items().get(i);
            var item =
                    Item.find(wanted.item())
                            .orElseThrow(() ->
                                    ApiException.invalid(at, "not_allowed", "is not an item"));
            if (reasons.put(item, wanted.reason()) != null) {
                throw ApiException.invalid(at, "not_unique", "is named twice");
            }
        }
        return FileView.of(review.requestChanges(act(caller, id, request.version()), reasons));
    }

    @PostMapping(ONE + ":approve")
    FileView approve(
            StaffCaller caller, @PathVariable String id, @Valid @RequestBody Decision decision) {
        return FileView.of(
                review.approve(decided(caller, id, decision.version()), decision.reason()));
    }

    @PostMapping(ONE + ":reject")
    FileView reject(
            StaffCaller caller, @PathVariable String id, @Valid @RequestBody Rejection rejection) {
        return FileView.of(
                review.reject(decided(caller, id, rejection.version()), rejection.reason()));
    }

    private Review.Act decided(StaffCaller caller, String id, long version) {
        var act = act(caller, id, version);
        caller.requireStepUp(clock.instant());
        return act;
    }

    private static Review.Act act(StaffCaller caller, String id, long version) {
        caller.require(REVIEW);
        return new Review.Act(id, caller.personId(), version, caller);
    }

    private static StaffActs.Actor actor(StaffCaller caller) {
        return new StaffActs.Actor(
                caller.personId(), caller.accountId(), caller.sessionId(), caller.address());
    }
}
