package io.ferrypay.merchant.onboarding.web;

import io.ferrypay.merchant.onboarding.Dossier;
import io.ferrypay.merchant.onboarding.ItemState;
import io.ferrypay.problem.FieldProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An onboarding as its merchant's people and its reviewers see it. */
final class OnboardingViews {

    private OnboardingViews() {}

    /**
     * @param kind a section, or a kind of paper
     * @param documents how many files there are of this kind
     */
    @Schema(name = "OnboardingItem")
    record ItemView(
            String item,
            String kind,
            String status,
            @Nullable String reason,
            int documents,
            List<FieldProblem> missing) {

        static ItemView of(ItemState state, boolean withReason) {
            return new ItemView(
                    state.item().text(),
                    state.item().isSection() ? "section" : "document",
                    state.progress().name().toLowerCase(Locale.ROOT),
                    withReason ? state.reason() : null,
                    state.documents(),
                    state.missing());
        }

        @Override
        public String toString() {
            return "ItemView[" + item + "]";
        }
    }

    /**
     * @param id null before anything was saved
     */
    @Schema(name = "Onboarding")
    record OnboardingView(
            String object,
            @Nullable String id,
            String status,
            long version,
            List<ItemView> items,
            @Nullable String rejectionReason,
            @Nullable Instant submittedAt,
            @Nullable Instant decidedAt) {

        static OnboardingView of(Dossier dossier, boolean withReasons) {
            var onboarding = dossier.onboarding();
            return new OnboardingView(
                    "onboarding",
                    onboarding.version() == 0 ? null : onboarding.id(),
                    onboarding.status().text(),
                    onboarding.version(),
                    dossier.items().stream().map(state -> ItemView.of(state, withReasons)).toList(),
                    withReasons ? onboarding.rejection() : null,
                    onboarding.submittedAt(),
                    onboarding.decidedAt());
        }

        @Override
        public String toString() {
            return "OnboardingView[" + id + "]";
        }
    }
}
