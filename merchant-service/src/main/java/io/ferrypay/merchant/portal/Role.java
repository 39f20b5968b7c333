package io.ferrypay.merchant.portal;

import static io.ferrypay.merchant.portal.Permission.BALANCES_READ;
import static io.ferrypay.merchant.portal.Permission.DEVICES_READ;
import static io.ferrypay.merchant.portal.Permission.DEVICES_WRITE;
import static io.ferrypay.merchant.portal.Permission.EXPORTS_READ;
import static io.ferrypay.merchant.portal.Permission.EXPORTS_WRITE;
import static io.ferrypay.merchant.portal.Permission.KEYS_READ;
import static io.ferrypay.merchant.portal.Permission.KEYS_WRITE;
import static io.ferrypay.merchant.portal.Permission.MERCHANT_READ;
import static io.ferrypay.merchant.portal.Permission.MESSAGES_READ;
import static io.ferrypay.merchant.portal.Permission.MESSAGES_WRITE;
import static io.ferrypay.merchant.portal.Permission.ONBOARDING_READ;
import static io.ferrypay.merchant.portal.Permission.PAYMENTS_READ;
import static io.ferrypay.merchant.portal.Permission.PAYMENTS_WRITE;
import static io.ferrypay.merchant.portal.Permission.REFUNDS_APPROVE;
import static io.ferrypay.merchant.portal.Permission.REFUNDS_READ;
import static io.ferrypay.merchant.portal.Permission.REFUNDS_WRITE;
import static io.ferrypay.merchant.portal.Permission.STATIC_CODES_READ;
import static io.ferrypay.merchant.portal.Permission.STATIC_CODES_WRITE;
import static io.ferrypay.merchant.portal.Permission.TEAM_READ;
import static io.ferrypay.merchant.portal.Permission.WEBHOOKS_READ;
import static io.ferrypay.merchant.portal.Permission.WEBHOOKS_WRITE;
import static io.ferrypay.merchant.portal.Permission.WITHDRAWALS_READ;
import static io.ferrypay.merchant.portal.Permission.WITHDRAWALS_WRITE;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What somebody is to a merchant, and thereby may do. */
public enum Role {
    /** May do everything, and alone decides who else is an owner. */
    OWNER(EnumSet.allOf(Permission.class)),
    ADMIN(EnumSet.allOf(Permission.class)),
    /** Gives money back and sends it to the bank; does not touch what is technical. */
    FINANCE(
            EnumSet.of(
                    PAYMENTS_READ,
                    PAYMENTS_WRITE,
                    REFUNDS_READ,
                    REFUNDS_WRITE,
                    REFUNDS_APPROVE,
                    EXPORTS_READ,
                    EXPORTS_WRITE,
                    BALANCES_READ,
                    WITHDRAWALS_READ,
                    WITHDRAWALS_WRITE,
                    MESSAGES_READ,
                    STATIC_CODES_READ,
                    DEVICES_READ,
                    MERCHANT_READ,
                    ONBOARDING_READ,
                    TEAM_READ)),
    /** Takes money; never gives it back. */
    CASHIER(
            EnumSet.of(
                    PAYMENTS_READ,
                    PAYMENTS_WRITE,
                    REFUNDS_READ,
                    STATIC_CODES_READ,
                    DEVICES_READ,
                    MERCHANT_READ,
                    ONBOARDING_READ)),
    /** Connects the shop's system; never gives money back. */
    DEVELOPER(
            EnumSet.of(
                    PAYMENTS_READ,
                    PAYMENTS_WRITE,
                    REFUNDS_READ,
                    WEBHOOKS_READ,
                    WEBHOOKS_WRITE,
                    MESSAGES_READ,
                    MESSAGES_WRITE,
                    STATIC_CODES_READ,
                    STATIC_CODES_WRITE,
                    DEVICES_READ,
                    DEVICES_WRITE,
                    BALANCES_READ,
                    KEYS_READ,
                    KEYS_WRITE,
                    MERCHANT_READ,
                    ONBOARDING_READ)),
    READ_ONLY(
            EnumSet.of(
                    PAYMENTS_READ,
                    REFUNDS_READ,
                    EXPORTS_READ,
                    BALANCES_READ,
                    WITHDRAWALS_READ,
                    MESSAGES_READ,
                    STATIC_CODES_READ,
                    DEVICES_READ,
                    KEYS_READ,
                    MERCHANT_READ,
                    ONBOARDING_READ,
                    TEAM_READ));

    @SuppressWarnings("ImmutableEnumChecker") // A copy that can't be changed.
    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** As it stands in tables and on the wire. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #text()}. */
    public static Role of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
