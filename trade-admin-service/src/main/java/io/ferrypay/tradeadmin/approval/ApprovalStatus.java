package io.ferrypay.tradeadmin.approval;

import java.util.Locale;

/** How a request stands. All but the first are for good. */
public enum ApprovalStatus {
    PENDING,
    APPROVED,
    REJECTED,
    /** By whoever asked. */
    WITHDRAWN,
    /** Nobody decided in time. */
    EXPIRED;

    /** As it stands in tables and on the wire. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #text()}. */
    public static ApprovalStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
