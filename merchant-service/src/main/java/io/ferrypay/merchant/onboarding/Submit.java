package io.ferrypay.merchant.onboarding;

import io.ferrypay.problem.ApiException;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Hands an onboarding in. */
@Service
public class Submit {

    private final FillIn fillIn;
    private final Dossiers dossiers;
    private final Onboardings onboardings;
    private final Screen screen;
    private final OnboardingMails mails;
    private final TransactionTemplate transactions;

    Submit(
            FillIn fillIn,
            Dossiers dossiers,
            Onboardings onboardings,
            Screen screen,
            OnboardingMails mails,
            TransactionTemplate transactions) {
        this.fillIn = fillIn;
        this.dossiers = dossiers;
        this.onboardings = onboardings;
        this.screen = screen;
        this.mails = mails;
        this.transactions = transactions;
    }

    /**
     * Submits what the person saw. Refuses with 409 {@code onboarding_not_editable} or {@code
     * onboarding_changed}, and 422 {@code onboarding_incomplete} with what is missing. Of two at
     * the same time one goes through.
     *
     * @param version of the onboarding that the person agreed to
     */
    public Dossier submit(String merchantId, String userId, long version) {
        var dossier = fillIn.dossier(merchantId);
        var onboarding = dossier.onboarding();
        Onboardings.refuseUnlessEditable(onboarding.status());
        if (onboarding.version() != version) {
            throw Onboardings.changed(onboarding);
        }
        var inTheWay = dossier.inTheWay();
        if (!inTheWay.isEmpty()) {
            throw ApiException.of(
                    OnboardingProblems.INCOMPLETE,
                    problem ->
                            problem.detail(
                                            inTheWay.getFirst().pointer()
                                                    + " "
                                                    + inTheWay.getFirst().message())
                                    .errors(inTheWay));
        }
        var screening = screen.ask(dossier);
        return dossiers.of(
                Objects.requireNonNull(
                        transactions.execute(_ -> submit(onboarding, userId, screening))));
    }

    private Onboarding submit(Onboarding onboarding, String userId, Screening screening) {
        var submitted =
                onboardings.move(
                        onboarding,
                        onboarding.submit(userId, screening.isRisky(), onboardings.now()),
                        "submitted",
                        userId,
                        null);
        screen.keep(onboarding.id(), screening);
        mails.tell(submitted);
        return submitted;
    }
}
