package io.ferrypay.tradeadmin.withdrawal;

import java.util.Locale;

/** Where a withdrawal is; the table knows which moves there are. */
public enum WithdrawalStatus {
    /** Another person has to approve it; the amount is set aside. */
    PENDING_APPROVAL,
    /** Goes with the next batch; the amount is set aside. */
    APPROVED,
    /** Has left the merchant's balance for the bank. */
    IN_BATCH,
    /** The bank said something that is neither yes nor no; nothing moves until it is clear. */
    UNKNOWN,
    /** The bank has sent it. */
    PAID,
    /** The bank has not sent it; it is the merchant's again. */
    FAILED,
    /** It was sent and came back; it is the merchant's again. */
    RETURNED,
    /** Nobody approved it; it is the merchant's again. */
    REJECTED,
    /** By the merchant, before it left. */
    CANCELED;

    /** The name on the wire and in tables. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static WithdrawalStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
