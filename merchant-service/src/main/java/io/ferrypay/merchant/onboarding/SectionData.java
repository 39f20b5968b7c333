package io.ferrypay.merchant.onboarding;

import io.ferrypay.problem.FieldProblem;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said in one section. Everything may be missing until the onboarding is submitted; what is
 * there is right by form.
 */
public sealed interface SectionData
        permits BusinessData, PeopleData, BankAccountData, MethodsData, SitesData {

    /**
     * Refuses with 400 {@code invalid_request} what no single field's form can tell.
     *
     * @param today nobody was born after it
     */
    void check(LocalDate today);

    /** What has to be filled in before submitting, with pointers from the section on. */
    List<FieldProblem> missing();

    /** Text without what stands around it; null for none, which a form sends as empty. */
    static @Nullable String stripped(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
