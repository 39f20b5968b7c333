package io.ferrypay.merchant.credential;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One right of a credential, written {@code payments:write}. */
public enum Scope {
    PAYMENTS_READ,
    PAYMENTS_WRITE,
    REFUNDS_READ,
    REFUNDS_WRITE,
    WEBHOOKS_READ,
    WEBHOOKS_WRITE,
    MESSAGES_READ,
    MESSAGES_WRITE,
    KEYS_READ,
    KEYS_WRITE,
    MERCHANT_READ,
    STATIC_CODES_READ,
    STATIC_CODES_WRITE,
    DEVICES_READ,
    DEVICES_WRITE,
    /** Files with all payments and refunds. */
    EXPORTS_READ,
    EXPORTS_WRITE,
    BALANCES_READ,
    WITHDRAWALS_READ,
    WITHDRAWALS_WRITE;

    static final List<String> ALL = Arrays.stream(values()).map(Scope::text).toList();

    public String text() {
        // STATIC_CODES_READ is static_codes:read.
        return name().toLowerCase(Locale.ROOT).replaceFirst("_([a-z]+)$", ":$1");
    }

    static Optional<Scope> of(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text().equals(text)).findFirst();
    }
}
