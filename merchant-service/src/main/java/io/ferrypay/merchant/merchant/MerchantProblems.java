package io.ferrypay.merchant.merchant;

import io.ferrypay.problem.ProblemCode;
import java.util.Locale;

/** What can be wrong about a merchant. */
enum MerchantProblems implements ProblemCode {
    MERCHANT_EXISTS(409, "There is a merchant with this id"),
    CURRENCY_IS_FIXED(422, "The currency of a merchant can't be changed");

    private final int status;
    private final String title;

    MerchantProblems(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
