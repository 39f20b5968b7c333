package io.ferrypay.tradeadmin.staff;

import static io.ferrypay.tradeadmin.staff.Permission.APPROVALS_READ;
import static io.ferrypay.tradeadmin.staff.Permission.AUDIT_READ;
import static io.ferrypay.tradeadmin.staff.Permission.CHANNELS_APPROVE;
import static io.ferrypay.tradeadmin.staff.Permission.CHANNELS_READ;
import static io.ferrypay.tradeadmin.staff.Permission.CHANNELS_WRITE;
import static io.ferrypay.tradeadmin.staff.Permission.LEDGER_READ;
import static io.ferrypay.tradeadmin.staff.Permission.MERCHANTS_NOTE;
import static io.ferrypay.tradeadmin.staff.Permission.MERCHANTS_READ;
import static io.ferrypay.tradeadmin.staff.Permission.ONBOARDING_READ;
import static io.ferrypay.tradeadmin.staff.Permission.ONBOARDING_REVIEW;
import static io.ferrypay.tradeadmin.staff.Permission.PAYMENTS_READ;
import static io.ferrypay.tradeadmin.staff.Permission.PRICING_APPROVE;
import static io.ferrypay.tradeadmin.staff.Permission.PRICING_READ;
import static io.ferrypay.tradeadmin.staff.Permission.PRICING_WRITE;
import static io.ferrypay.tradeadmin.staff.Permission.RECONCILIATION_APPROVE;
import static io.ferrypay.tradeadmin.staff.Permission.RECONCILIATION_READ;
import static io.ferrypay.tradeadmin.staff.Permission.RECONCILIATION_WRITE;
import static io.ferrypay.tradeadmin.staff.Permission.REFUNDS_APPROVE;
import static io.ferrypay.tradeadmin.staff.Permission.RISK_APPROVE;
import static io.ferrypay.tradeadmin.staff.Permission.RISK_DECIDE;
import static io.ferrypay.tradeadmin.staff.Permission.RISK_READ;
import static io.ferrypay.tradeadmin.staff.Permission.RISK_WRITE;
import static io.ferrypay.tradeadmin.staff.Permission.SETTLEMENTS_APPROVE;
import static io.ferrypay.tradeadmin.staff.Permission.SETTLEMENTS_HOLD;
import static io.ferrypay.tradeadmin.staff.Permission.SETTLEMENTS_READ;
import static io.ferrypay.tradeadmin.staff.Permission.STAFF_APPROVE;
import static io.ferrypay.tradeadmin.staff.Permission.STAFF_BREAK_GLASS;
import static io.ferrypay.tradeadmin.staff.Permission.STAFF_READ;
import static io.ferrypay.tradeadmin.staff.Permission.STAFF_WRITE;
import static io.ferrypay.tradeadmin.staff.Permission.WITHDRAWALS_APPROVE;
import static io.ferrypay.tradeadmin.staff.Permission.WITHDRAWALS_APPROVE_ACCOUNT;
import static io.ferrypay.tradeadmin.staff.Permission.WITHDRAWALS_EXPORT;
import static io.ferrypay.tradeadmin.staff.Permission.WITHDRAWALS_READ;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What somebody does here, and thereby may do. A person may have several. */
public enum StaffRole {
    /** Decides who works here; touches neither merchants nor money. */
    ADMINISTRATOR(
            EnumSet.of(
                    STAFF_READ,
                    STAFF_WRITE,
                    STAFF_APPROVE,
                    STAFF_BREAK_GLASS,
                    AUDIT_READ,
                    APPROVALS_READ)),
    /** Decides whom we take on, and what is suspicious. */
    REVIEWER(
            EnumSet.of(
                    ONBOARDING_READ,
                    ONBOARDING_REVIEW,
                    MERCHANTS_READ,
                    MERCHANTS_NOTE,
                    RISK_READ,
                    RISK_WRITE,
                    RISK_DECIDE,
                    RISK_APPROVE)),
    /** Keeps the company's money in order. */
    FINANCE(
            EnumSet.of(
                    LEDGER_READ,
                    PAYMENTS_READ,
                    REFUNDS_APPROVE,
                    MERCHANTS_READ,
                    MERCHANTS_NOTE,
                    PRICING_READ,
                    PRICING_WRITE,
                    PRICING_APPROVE,
                    RECONCILIATION_READ,
                    RECONCILIATION_WRITE,
                    RECONCILIATION_APPROVE,
                    SETTLEMENTS_READ,
                    SETTLEMENTS_HOLD,
                    SETTLEMENTS_APPROVE,
                    WITHDRAWALS_READ,
                    WITHDRAWALS_EXPORT,
                    WITHDRAWALS_APPROVE,
                    WITHDRAWALS_APPROVE_ACCOUNT,
                    CHANNELS_READ,
                    CHANNELS_WRITE,
                    CHANNELS_APPROVE,
                    STAFF_BREAK_GLASS)),
    /** Answers merchants' questions. */
    SUPPORT(EnumSet.of(MERCHANTS_READ, MERCHANTS_NOTE, PAYMENTS_READ, CHANNELS_READ)),
    /** Sees everything but papers of people, and changes nothing. */
    AUDITOR(
            EnumSet.of(
                    STAFF_READ,
                    AUDIT_READ,
                    APPROVALS_READ,
                    MERCHANTS_READ,
                    PAYMENTS_READ,
                    LEDGER_READ,
                    PRICING_READ,
                    RECONCILIATION_READ,
                    SETTLEMENTS_READ,
                    WITHDRAWALS_READ,
                    CHANNELS_READ,
                    RISK_READ));

    @SuppressWarnings("ImmutableEnumChecker") // A copy that can't be changed.
    private final Set<Permission> permissions;

    StaffRole(Set<Permission> permissions) {
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
    public static Optional<StaffRole> find(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }
}
