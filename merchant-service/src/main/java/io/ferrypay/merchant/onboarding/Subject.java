package io.ferrypay.merchant.onboarding;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom to look for in a list of sanctions.
 *
 * @param where the name stands in the onboarding, {@code people/0/name}
 * @param birthDate ISO 8601, of a person
 */
record Subject(String where, String name, @Nullable String birthDate) {

    static List<Subject> of(Dossier dossier) {
        var all = new ArrayList<Subject>();
        var business = dossier.said(BusinessData.class);
        add(all, "business/legal_name", business.legalName(), null);
        add(all, "business/trading_name", business.tradingName(), null);
        add(
                all,
                "bank_account/holder_name",
                dossier.said(BankAccountData.class).holderName(),
                null);
        var people = dossier.said(PeopleData.class).listed();
        for (var i = 0; i < people.size(); i++) {
            add(all, "people/" + i + "/name", people.get(i).name(), people.get(i).birthDate());
        }
        return List.copyOf(all);
    }

    private static void add(
            List<Subject> all, String where, @Nullable String name, @Nullable String birthDate) {
        if (name != null) {
            all.add(new Subject(where, name, birthDate));
        }
    }

    @Override
    public String toString() {
        return "Subject[" + where + "]";
    }
}
