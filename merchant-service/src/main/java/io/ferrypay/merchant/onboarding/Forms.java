package io.ferrypay.merchant.onboarding;

/** How texts in sections are written. */
final class Forms {

    static final String LINE = "[^\\p{Cntrl}]*";
    static final String IS_LINE = "is one line";
    static final String COUNTRY = "[A-Z]{2}";
    static final String IS_COUNTRY = "is an ISO 3166 code of two letters";
    static final String AMOUNT = "[0-9]{1,9}(\\.[0-9]{2})?";
    static final String IS_AMOUNT = "is a decimal with two places";

    private Forms() {}
}
