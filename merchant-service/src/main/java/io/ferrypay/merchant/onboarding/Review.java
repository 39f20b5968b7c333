package io.ferrypay.merchant.onboarding;

import io.ferrypay.events.StaffActs;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.merchant.document.KeepDocuments;
import io.ferrypay.merchant.merchant.KeepMerchants;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the company's staff do with onboardings that were submitted. Everything names the version
 * that the reviewer saw: it is done only where that is still the stored one (409 {@code
 * onboarding_changed} otherwise), so of two at the same time one goes through.
 */
@Service
public class Review {

    private final Onboardings onboardings;
    private final Dossiers dossiers;
    private final Remarks remarks;
    private final Screen screen;
    private final OnboardingMails mails;
    private final KeepMerchants merchants;
    private final KeepDocuments documents;
    private final StaffActs staffActs;
    private final TransactionTemplate transactions;

    Review(
            Onboardings onboardings,
            Dossiers dossiers,
            Remarks remarks,
            Screen screen,
            OnboardingMails mails,
            KeepMerchants merchants,
            KeepDocuments documents,
            StaffActs staffActs,
            TransactionTemplate transactions) {
        this.onboardings = onboardings;
        this.dossiers = dossiers;
        this.remarks = remarks;
        this.screen = screen;
        this.mails = mails;
        this.merchants = merchants;
        this.documents = documents;
        this.staffActs = staffActs;
        this.transactions = transactions;
    }

    /**
     * Who acts, and on what.
     *
     * @param reviewer a name of the caller's, which means one person
     * @param version of the onboarding that this person saw
     * @param staff the person in the console, told to the audit; null where the service behind it
     *     names somebody
     */
    public record Act(String id, String reviewer, long version, @Nullable StaffCaller staff) {

        public Act(String id, String reviewer, long version) {
            this(id, reviewer, version, null);
        }
    }

    /**
     * One of a list.
     *
     * @param merchantName what shoppers see
     */
    public record Listed(Onboarding onboarding, String merchantName) {}

    /** Where a list goes on. */
    public record Place(Instant submittedAt, String id) {}

    /** All that a reviewer needs to see. */
    public record File(Dossier dossier, Optional<Screening> screening, List<Step> steps) {}

    /** Those of a status; what was submitted first comes first. */
    public List<Listed> list(OnboardingStatus status, @Nullable Place after, int limit) {
        return onboardings
                .list(
                        status,
                        after == null
                                ? null
                                : new Onboardings.Place(after.submittedAt(), after.id()),
                        limit)
                .stream()
                .map(one -> new Listed(one.onboarding(), one.merchantName()))
                .toList();
    }

    /** Refuses with 404 what was never submitted: a draft is its merchant's own. */
    public File file(String id) {
        return fileOf(submitted(id));
    }

    private File fileOf(Onboarding onboarding) {
        return new File(
                dossiers.of(onboarding),
                screen.last(onboarding.id()),
                onboardings.steps(onboarding.id()));
    }

    /**
     * One at a time of an onboarding, which one person reviews; 429 {@code rate_limited} otherwise.
     * Refuses with 404 what is not this onboarding's.
     */
    public void handOut(String id, String documentId, KeepDocuments.Receiver receiver)
            throws IOException {
        var document =
                documents
                        .find(submitted(id).id(), documentId)
                        .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
        documents.handOut("review of " + document.ownerId(), document, receiver);
    }

    /** From those that wait. */
    public File take(Act act) {
        var onboarding = seen(act);
        return moved(
                act,
                onboarding,
                () ->
                        onboardings.move(
                                onboarding,
                                onboarding.take(act.reviewer()),
                                "taken",
                                act.reviewer(),
                                null));
    }

    /** Back to those that wait; anybody may, for a colleague who is away. */
    public File release(Act act) {
        var onboarding = seen(act);
        return moved(
                act,
                onboarding,
                () ->
                        onboardings.move(
                                onboarding,
                                onboarding.release(),
                                "released",
                                act.reviewer(),
                                null));
    }

    /** Gives it back to the merchant, with a reason for each item that is to be changed. */
    public File requestChanges(Act act, Map<Item, String> reasons) {
        var onboarding = seen(act);
        var next = onboarding.askForChanges();
        refuseUnlessItsTurn(onboarding, act);
        return moved(
                act,
                onboarding,
                () -> {
                    var moved =
                            onboardings.move(
                                    onboarding, next, "changes_requested", act.reviewer(), null);
                    reasons.forEach((item, reason) ->
                            remarks.add(
                                    onboarding.id(),
                                    item,
                                    reason,
                                    act.reviewer(),
                                    onboardings.now()));
                    mails.tell(moved);
                    return moved;
                });
    }

    /** For good. */
    public File reject(Act act, String reason) {
        var onboarding = seen(act);
        var next = onboarding.reject(reason, onboardings.now());
        refuseUnlessItsTurn(onboarding, act);
        return moved(
                act,
                onboarding,
                () -> {
                    var moved =
                            onboardings.move(onboarding, next, "rejected", act.reviewer(), reason);
                    mails.tell(moved);
                    return moved;
                });
    }

    /**
     * Approves it. What is of high risk needs a reason, and another reviewer after the first; the
     * last approval makes the merchant active in the same transaction. Everybody is screened again
     * before: something new is stored and answered with 409 {@code screening_changed}, and a list
     * that can't be read with 503 {@code screening_unavailable}.
     */
    public File approve(Act act, @Nullable String reason) {
        var onboarding = seen(act);
        if (onboarding.status() != OnboardingStatus.IN_REVIEW) {
            throw ApiException.of(
                    OnboardingProblems.WRONG_STATUS,
                    problem -> problem.with("status", onboarding.status().text()));
        }
        refuseUnlessItsTurn(onboarding, act);
        if (isSame(onboarding.approvedBy(), act.reviewer())) {
            throw ApiException.of(OnboardingProblems.SECOND_REVIEWER_NEEDED);
        }
        var dossier = dossiers.of(onboarding);
        var screening = screen.ask(dossier);
        refuseIfNewsIsFound(onboarding, act, screening);
        if (onboarding.highRisk() && (reason == null || reason.isBlank())) {
            throw ApiException.invalid("/reason", "required", "is needed where the risk is high");
        }
        return moved(act, onboarding, () -> approve(onboarding, act, dossier, screening, reason));
    }

    private Onboarding approve(
            Onboarding onboarding,
            Act act,
            Dossier dossier,
            Screening screening,
            @Nullable String reason) {
        screen.keep(onboarding.id(), screening);
        if (onboarding.highRisk() && onboarding.approvedBy() == null) {
            return onboardings.move(
                    onboarding,
                    onboarding.approveFirst(act.reviewer()),
                    "approved_first",
                    act.reviewer(),
                    reason);
        }
        var approved =
                onboardings.move(
                        onboarding,
                        onboarding.approve(act.reviewer(), onboardings.now()),
                        "approved",
                        act.reviewer(),
                        reason);
        var business = dossier.said(BusinessData.class);
        var address = Objects.requireNonNull(business.address());
        merchants.approve(
                onboarding.merchantId(),
                Objects.requireNonNull(business.legalName()),
                Objects.requireNonNull(business.tradingName()),
                Objects.requireNonNull(address.country()),
                dossier.said(MethodsData.class).wanted());
        mails.tell(approved);
        return approved;
    }

    /** What a reviewer decides on must be what a reviewer has seen. */
    private void refuseIfNewsIsFound(Onboarding onboarding, Act act, Screening now) {
        if (now.outcome() == Screening.Outcome.FAILED) {
            throw ApiException.of(OnboardingProblems.SCREENING_UNAVAILABLE);
        }
        var before = screen.last(onboarding.id()).orElseThrow();
        if (!now.hasMoreThan(before) && (!now.isRisky() || onboarding.highRisk())) {
            return;
        }
        transactions.executeWithoutResult(_ -> {
            var after =
                    onboardings.move(
                            onboarding,
                            onboarding.foundRisky(),
                            "screening_changed",
                            act.reviewer(),
                            null);
            screen.keep(onboarding.id(), now);
            if (act.staff() != null) {
                staffActs.tell(
                        act.staff(),
                        "onboarding.screening_changed",
                        after.id(),
                        after.version(),
                        said(before),
                        said(now));
            }
        });
        throw ApiException.of(OnboardingProblems.SCREENING_CHANGED);
    }

    /** What it came to, and never whom it names. */
    private static Map<String, String> said(Screening screening) {
        return Map.of(
                "screening",
                screening.outcome().text(),
                "hits",
                String.valueOf(screening.hits().size()));
    }

    private File moved(Act act, Onboarding before, Supplier<Onboarding> move) {
        return fileOf(
                Objects.requireNonNull(
                        transactions.execute(_ -> {
                            var after = move.get();
                            var staff = act.staff();
                            if (staff != null) {
                                tell(staff, before, after);
                            }
                            return after;
                        })));
    }

    private void tell(StaffCaller staff, Onboarding before, Onboarding after) {
        staffActs.tell(
                new StaffActs.Actor(
                        staff.personId(), staff.accountId(), staff.sessionId(), staff.address()),
                "onboarding." + onboardings.steps(after.id()).getLast().name(),
                after.id(),
                after.version(),
                Map.of("status", before.status().text()),
                Map.of("status", after.status().text(), "merchant", after.merchantId()));
    }

    /** Refuses when it is no longer what the reviewer saw. */
    private Onboarding seen(Act act) {
        var onboarding = submitted(act.id());
        if (onboarding.version() != act.version()) {
            throw Onboardings.changed(onboarding);
        }
        return onboarding;
    }

    private Onboarding submitted(String id) {
        return onboardings
                .find(id)
                .filter(onboarding -> onboarding.submittedAt() != null)
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    /** The one who took it decides; after a first approval everybody may. */
    private static void refuseUnlessItsTurn(Onboarding onboarding, Act act) {
        if (onboarding.approvedBy() == null && !isSame(onboarding.reviewer(), act.reviewer())) {
            throw ApiException.of(OnboardingProblems.TAKEN_BY_ANOTHER);
        }
    }

    private static boolean isSame(@Nullable String one, String other) {
        return one != null && one.equalsIgnoreCase(other);
    }
}
