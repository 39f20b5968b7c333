package io.ferrypay.merchant.onboarding;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an onboarding consists of, and what a reviewer can ask to be changed. */
public enum Item {
    BUSINESS(BusinessData.class),
    PEOPLE(PeopleData.class),
    BANK_ACCOUNT(BankAccountData.class),
    METHODS(MethodsData.class),
    SITES(SitesData.class),
    /** Passport or the like, of each director and owner. */
    IDENTITY(null),
    PROOF_OF_ADDRESS(null),
    /** Shows that the bank account is the merchant's. */
    BANK_STATEMENT(null),
    COMPANY_EXTRACT(null),
    SHOP_PHOTO(null),
    OTHER(null);

    @SuppressWarnings("ImmutableEnumChecker") // A class does not change.
    private final @Nullable Class<? extends SectionData> section;

    Item(@Nullable Class<? extends SectionData> section) {
        this.section = section;
    }

    /** Otherwise a kind of document. */
    public boolean isSection() {
        return section != null;
    }

    Class<? extends SectionData> sectionClass() {
        if (section == null) {
            throw new IllegalStateException(this + " is a kind of document");
        }
        return section;
    }

    static List<Item> sections() {
        return Arrays.stream(values()).filter(Item::isSection).toList();
    }

    static Item of(SectionData data) {
        return Arrays.stream(values())
                .filter(item -> item.section == data.getClass())
                .findFirst()
                .orElseThrow();
    }

    /** As it stands in tables and on the wire. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Item> find(String text) {
        return Arrays.stream(values()).filter(item -> item.text().equals(text)).findFirst();
    }
}
