package io.ferrypay.tradeadmin.staff;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody of our staff may do; a right of the console's API. */
public enum Permission {
    STAFF_READ,
    /** Asks for people and roles; another decides. */
    STAFF_WRITE,
    STAFF_APPROVE,
    /** May take all rights for a short time, with alarms. */
    STAFF_BREAK_GLASS,
    AUDIT_READ,
    /** Sees requests of every kind. */
    APPROVALS_READ,
    ONBOARDING_READ,
    ONBOARDING_REVIEW,
    MERCHANTS_READ,
    /** Writes notes about merchants for colleagues. */
    MERCHANTS_NOTE,
    PAYMENTS_READ,
    /** Decides about refunds of much money. */
    REFUNDS_APPROVE,
    LEDGER_READ,
    PRICING_READ,
    /** Asks for prices; another decides. */
    PRICING_WRITE,
    PRICING_APPROVE,
    RECONCILIATION_READ,
    /** Fetches and hands in statements, and asks for what becomes of differences. */
    RECONCILIATION_WRITE,
    RECONCILIATION_APPROVE,
    SETTLEMENTS_READ,
    /** Keeps money back; letting go takes another person. */
    SETTLEMENTS_HOLD,
    SETTLEMENTS_APPROVE,
    WITHDRAWALS_READ,
    /** Takes batches to the bank, which shows account numbers in clear, and brings answers back. */
    WITHDRAWALS_EXPORT,
    WITHDRAWALS_APPROVE,
    /** Decides about merchants' bank accounts. */
    WITHDRAWALS_APPROVE_ACCOUNT,
    CHANNELS_READ,
    /** Asks for times in which an account is not offered, and ends them; another decides. */
    CHANNELS_WRITE,
    CHANNELS_APPROVE,
    RISK_READ,
    RISK_WRITE,
    /** Works on cases; much money needs somebody who approves. */
    RISK_DECIDE,
    RISK_APPROVE;

    /** As services check it, such as {@code onboarding:review}. */
    public String text() {
        var name = name().toLowerCase(Locale.ROOT);
        var split = name.indexOf('_');
        return name.substring(0, split) + ":" + name.substring(split + 1);
    }

    static Optional<Permission> find(String text) {
        return Arrays.stream(values()).filter(one -> one.text().equals(text)).findFirst();
    }
}
