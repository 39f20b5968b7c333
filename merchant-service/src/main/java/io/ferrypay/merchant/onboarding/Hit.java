package io.ferrypay.merchant.onboarding;

/**
 * A name of an onboarding that stands in a list of sanctions.
 *
 * @param where in the onboarding, {@code people/0/name}
 * @param birthDate {@code matches}, {@code differs} or {@code unknown}
 */
public record Hit(String where, String list, String entryId, String entryName, String birthDate) {

    @Override
    public String toString() {
        return "Hit[…]";
    }
}
