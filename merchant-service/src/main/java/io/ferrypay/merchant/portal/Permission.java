package io.ferrypay.merchant.portal;

import java.util.Locale;

/**
 * One right of a person in the portal. Those that API keys have too, as scopes, have the same name,
 * {@code payments:write}, and are what other services check.
 */
public enum Permission {
    PAYMENTS_READ,
    PAYMENTS_WRITE,
    REFUNDS_READ,
    REFUNDS_WRITE,
    /** Agrees to what another person, a key or a till asked for. */
    REFUNDS_APPROVE,
    /** Says above which sum another person has to agree. */
    REFUND_LIMITS_WRITE,
    /** Includes the secret by which webhooks are signed. */
    WEBHOOKS_READ,
    WEBHOOKS_WRITE,
    /** Who hears of payments on WeChat. */
    MESSAGES_READ,
    MESSAGES_WRITE,
    STATIC_CODES_READ,
    STATIC_CODES_WRITE,
    /** Tills and their cashiers. */
    DEVICES_READ,
    DEVICES_WRITE,
    /** Files with all payments and refunds: to fetch them, and to have them written. */
    EXPORTS_READ,
    EXPORTS_WRITE,
    /** What there is, how it came, what became available. */
    BALANCES_READ,
    /** Includes the bank accounts, masked. */
    WITHDRAWALS_READ,
    WITHDRAWALS_WRITE,
    KEYS_READ,
    KEYS_WRITE,
    MERCHANT_READ,
    /** How far the application for live mode is; nothing of what stands in it. */
    ONBOARDING_READ,
    /** Includes reading what stands in it: people's names, birth dates, papers. */
    ONBOARDING_WRITE,
    TEAM_READ,
    TEAM_WRITE;

    public String text() {
        // STATIC_CODES_READ is static_codes:read.
        return name().toLowerCase(Locale.ROOT).replaceFirst("_([a-z]+)$", ":$1");
    }
}
