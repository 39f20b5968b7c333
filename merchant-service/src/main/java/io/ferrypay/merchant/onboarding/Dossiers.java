package io.ferrypay.merchant.onboarding;

import io.ferrypay.merchant.document.KeepDocuments;
import java.util.EnumMap;
import java.util.List;
import org.springframework.stereotype.Component;

/** Brings together what belongs to an onboarding. */
@Component
class Dossiers {

    private final Sections sections;
    private final Remarks remarks;
    private final KeepDocuments documents;

    Dossiers(Sections sections, Remarks remarks, KeepDocuments documents) {
        this.sections = sections;
        this.remarks = remarks;
        this.documents = documents;
    }

    /**
     * What belongs to it now. Whoever decides by this stores the decision only where the version is
     * still this one's: every change of a part makes another version.
     */
    Dossier of(Onboarding onboarding) {
        var isBegun = onboarding.version() > 0;
        var all = new EnumMap<Item, Section>(Item.class);
        for (var item : Item.sections()) {
            all.put(item, new Section(item, sections.blank(item), 0, onboarding.createdAt()));
        }
        if (isBegun) {
            all.putAll(sections.of(onboarding.id()));
        }
        return new Dossier(
                onboarding,
                all,
                isBegun ? documents.list(onboarding.id()) : List.of(),
                isBegun ? remarks.of(onboarding.id()) : List.of());
    }
}
