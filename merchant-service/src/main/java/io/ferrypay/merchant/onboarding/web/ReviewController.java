package io.ferrypay.merchant.onboarding.web;

import io.ferrypay.identity.ServiceCaller;
import io.ferrypay.merchant.onboarding.Hit;
import io.ferrypay.merchant.onboarding.Item;
import io.ferrypay.merchant.onboarding.Onboarding;
import io.ferrypay.merchant.onboarding.OnboardingStatus;
import io.ferrypay.merchant.onboarding.Remark;
import io.ferrypay.merchant.onboarding.Review;
import io.ferrypay.merchant.onboarding.Screening;
import io.ferrypay.merchant.onboarding.Section;
import io.ferrypay.merchant.onboarding.SectionData;
import io.ferrypay.merchant.onboarding.Step;
import io.ferrypay.merchant.onboarding.web.DocumentAnswers.DocumentView;
import io.ferrypay.merchant.onboarding.web.OnboardingViews.ItemView;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The review of onboardings, for the service behind the staff's console and no other: it knows its
 * people, and names the one who acts as {@code reviewer}. See docs/api/onboarding-review.md.
 */
@RestController
class ReviewController {

    static final String STAFF_SERVICE = "trade-admin-service";

    private static final String ROOT = "/internal/onboarding/applications";
    private static final String ONE = ROOT + "/{id:onb_[0-9A-HJKMNP-TV-Z]{26}}";
    private static final String REVIEWER = "[0-9A-Za-z][0-9A-Za-z_.@-]{0,63}";
    static final String CURSOR = "([0-9]{1,18})_(onb_[0-9A-HJKMNP-TV-Z]{26})";
    static final java.util.regex.Pattern CURSOR_PATTERN = java.util.regex.Pattern.compile(CURSOR);

    private final Review review;

    ReviewController(Review review) {
        this.review = review;
    }

    record Act(
            @NotNull @Pattern(regexp = REVIEWER, message = "is not a name of a reviewer")
                    String reviewer,
            @NotNull @PositiveOrZero Long version) {

        Review.Act on(String id) {
            return new Review.Act(id, reviewer, version);
        }
    }

    record ActWithReason(
            @NotNull @Pattern(regexp = REVIEWER, message = "is not a name of a reviewer")
                    String reviewer,
            @NotNull @PositiveOrZero Long version,
            @Size(max = 1000) @Nullable String reason) {

        Review.Act on(String id) {
            return new Review.Act(id, reviewer, version);
        }

        @Override
        public String toString() {
            return "ActWithReason[…]";
        }
    }

    record WantedChange(@NotBlank String item, @NotBlank @Size(max = 1000) String reason) {

        @Override
        public String toString() {
            return "WantedChange[…]";
        }
    }

    record ChangeRequest(
            @NotNull @Pattern(regexp = REVIEWER, message = "is not a name of a reviewer")
                    String reviewer,
            @NotNull @PositiveOrZero Long version,
            @NotEmpty @Size(max = 20) List<@NotNull @Valid WantedChange> items) {

        Review.Act on(String id) {
            return new Review.Act(id, reviewer, version);
        }

        Map<Item, String> reasons() {
            var reasons = new EnumMap<Item, String>(Item.class);
            for (var i = 0; i < items.size(); i++) {
                var at = "/items/" + i + "/item";
                var item =
                        Item.find(items.get(i).item())
                                .orElseThrow(() ->
                                        ApiException.invalid(at, "not_allowed", "is not an item"));
                if (reasons.put(item, items.get(i).reason()) != null) {
                    throw ApiException.invalid(at, "not_unique", "is named twice");
                }
            }
            return reasons;
        }
    }

    record ListedView(
            String object,
            String id,
            String merchantId,
            String merchantName,
            String status,
            long version,
            boolean highRisk,
            @Nullable String reviewer,
            @Nullable String approvedBy,
            @Nullable Instant submittedAt,
            @Nullable Instant decidedAt) {

        static ListedView of(Review.Listed listed) {
            var onboarding = listed.onboarding();
            return new ListedView(
                    "onboarding",
                    onboarding.id(),
                    onboarding.merchantId(),
                    listed.merchantName(),
                    onboarding.status().text(),
                    onboarding.version(),
                    onboarding.highRisk(),
                    onboarding.reviewer(),
                    onboarding.approvedBy(),
                    onboarding.submittedAt(),
                    onboarding.decidedAt());
        }
    }

    record ListView(
            String object, List<ListedView> data, boolean hasMore, @Nullable String nextCursor) {}

    record SectionView(long version, SectionData data, @Nullable Instant updatedAt) {

        static SectionView of(Section section) {
            return new SectionView(
                    section.version(),
                    section.data(),
                    section.version() == 0 ? null : section.updatedAt());
        }
    }

    record ScreeningView(String outcome, @Nullable String listSha256, List<Hit> hits, Instant at) {

        static ScreeningView of(Screening screening) {
            return new ScreeningView(
                    screening.outcome().text(),
                    screening.listSha256(),
                    screening.hits(),
                    screening.at());
        }

        @Override
        public String toString() {
            return "ScreeningView[" + outcome + "]";
        }
    }

    record RemarkView(
            String item,
            String reason,
            String askedBy,
            Instant askedAt,
            @Nullable Instant resolvedAt) {

        static RemarkView of(Remark remark) {
            return new RemarkView(
                    remark.item().text(),
                    remark.reason(),
                    remark.askedBy(),
                    remark.askedAt(),
                    remark.resolvedAt());
        }

        @Override
        public String toString() {
            return "RemarkView[" + item + "]";
        }
    }

    record StepView(long version, String step, String who, @Nullable String reason, Instant at) {

        static StepView of(Step step) {
            return new StepView(step.version(), step.name(), step.who(), step.reason(), step.at());
        }

        @Override
        public String toString() {
            return "StepView[" + step + "]";
        }
    }

    record FileView(
            String object,
            String id,
            String merchantId,
            String status,
            long version,
            boolean highRisk,
            @Nullable String submittedBy,
            @Nullable String reviewer,
            @Nullable String approvedBy,
            @Nullable String checkedBy,
            @Nullable String rejectionReason,
            Instant createdAt,
            @Nullable Instant submittedAt,
            @Nullable Instant decidedAt,
            Map<String, SectionView> sections,
            List<ItemView> items,
            List<DocumentView> documents,
            @Nullable ScreeningView screening,
            List<RemarkView> remarks,
            List<StepView> steps) {

        static FileView of(Review.File file) {
            var dossier = file.dossier();
            var onboarding = dossier.onboarding();
            var sections = new java.util.LinkedHashMap<String, SectionView>();
            dossier.sections()
                    .forEach((item, section) -> sections.put(item.text(), SectionView.of(section)));
            return new FileView(
                    "onboarding",
                    onboarding.id(),
                    onboarding.merchantId(),
                    onboarding.status().text(),
                    onboarding.version(),
                    onboarding.highRisk(),
                    onboarding.submittedBy(),
                    onboarding.reviewer(),
                    onboarding.approvedBy(),
                    onboarding.checkedBy(),
                    onboarding.rejection(),
                    onboarding.createdAt(),
                    onboarding.submittedAt(),
                    onboarding.decidedAt(),
                    sections,
                    dossier.items().stream().map(state -> ItemView.of(state, true)).toList(),
                    dossier.documents().stream().map(DocumentView::of).toList(),
                    file.screening().map(ScreeningView::of).orElse(null),
                    dossier.remarks().stream().map(RemarkView::of).toList(),
                    file.steps().stream().map(StepView::of).toList());
        }

        @Override
        public String toString() {
            return "FileView[" + id + "]";
        }
    }

    @GetMapping(ROOT)
    ListView list(
            ServiceCaller caller,
            @RequestParam(defaultValue = "submitted")
                    @Pattern(
                            regexp = "submitted|in_review|needs_changes|approved|rejected",
                            message = "is not a status of a list")
                    String status,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false)
                    @Pattern(regexp = CURSOR, message = "is not a cursor of ours")
                    @Nullable String cursor) {
        refuseUnlessForStaff(caller);
        return list(review, status, limit, cursor);
    }

    static ListView list(Review review, String status, int limit, @Nullable String cursor) {
        var found =
                review.list(
                        OnboardingStatus.valueOf(status.toUpperCase(Locale.ROOT)),
                        cursor == null ? null : place(cursor),
                        limit + 1);
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new ListView(
                "list",
                page.stream().map(ListedView::of).toList(),
                more,
                more ? cursor(page.getLast().onboarding()) : null);
    }

    static String cursor(Onboarding last) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, last.submittedAt()) + "_" + last.id();
    }

    static Review.Place place(String cursor) {
        var parts = CURSOR_PATTERN.matcher(cursor);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a cursor");
        }
        return new Review.Place(
                Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS),
                parts.group(2));
    }

    @GetMapping(ONE)
    FileView get(ServiceCaller caller, @PathVariable String id) {
        refuseUnlessForStaff(caller);
        return FileView.of(review.file(id));
    }

    @GetMapping(ONE + "/documents/{documentId}/content")
    void content(
            ServiceCaller caller,
            @PathVariable String id,
            @PathVariable String documentId,
            HttpServletResponse response)
            throws IOException {
        refuseUnlessForStaff(caller);
        review.handOut(id, documentId, DocumentAnswers.to(response));
    }

    @PostMapping(ONE + ":take")
    FileView take(ServiceCaller caller, @PathVariable String id, @Valid @RequestBody Act act) {
        refuseUnlessForStaff(caller);
        return FileView.of(review.take(act.on(id)));
    }

    @PostMapping(ONE + ":release")
    FileView release(ServiceCaller caller, @PathVariable String id, @Valid @RequestBody Act act) {
        refuseUnlessForStaff(caller);
        return FileView.of(review.release(act.on(id)));
    }

    @PostMapping(ONE + ":request_changes")
    FileView requestChanges(
            ServiceCaller caller,
            @PathVariable String id,
            @Valid @RequestBody ChangeRequest request) {
        refuseUnlessForStaff(caller);
        return FileView.of(review.requestChanges(request.on(id), request.reasons()));
    }

    @PostMapping(ONE + ":approve")
    FileView approve(
            ServiceCaller caller, @PathVariable String id, @Valid @RequestBody ActWithReason act) {
        refuseUnlessForStaff(caller);
        return FileView.of(review.approve(act.on(id), act.reason()));
    }

    @PostMapping(ONE + ":reject")
    FileView reject(
            ServiceCaller caller, @PathVariable String id, @Valid @RequestBody ActWithReason act) {
        refuseUnlessForStaff(caller);
        var reason = act.reason();
        if (reason == null || reason.isBlank()) {
            throw ApiException.invalid("/reason", "required", "is missing");
        }
        return FileView.of(review.reject(act.on(id), reason));
    }

    private static void refuseUnlessForStaff(ServiceCaller caller) {
        if (!caller.name().equals(STAFF_SERVICE)) {
            throw ApiException.of(CommonProblems.FORBIDDEN_SCOPE);
        }
    }
}
