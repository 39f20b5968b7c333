package io.ferrypay.tradeadmin.ledger;

import java.util.Locale;
import java.util.Optional;

/** What a journal books. Of each kind there is one journal a subject. */
public enum JournalKind {
    /** A payment was paid; the subject is the payment. */
    PAYMENT,
    /** A refund reached the payer; the subject is the refund. */
    REFUND,
    /** A channel took money that its payment did not need; the subject is the order number. */
    SURPLUS,
    /** Such money went back; the subject is the refund. */
    SURPLUS_REFUND,
    /** A payment was paid and its money is held; the subject is the payment. */
    HOLD,
    /** Such money is not accepted and owed back to the payer; the subject is the payment. */
    HOLD_REFUSED,
    /** What a payment costs its merchant; the subject is the payment. */
    FEE,
    /** A part of it went back with a refund; the subject is the event that made it due. */
    FEE_RETURN,
    /** Money left a merchant's balance for its bank; the subject is the withdrawal. */
    WITHDRAWAL,
    /** The bank has sent it. */
    WITHDRAWAL_PAID,
    /** It did not arrive, or came back, and is the merchant's again. */
    WITHDRAWAL_RETURN,
    /** A statement says otherwise than we do; the subject is the difference and its event. */
    DIFFERENCE,
    /** Two people decided where that belongs; the subject is the difference and the approval. */
    DIFFERENCE_DECIDED,
    /** It was none after all. */
    DIFFERENCE_ENDED;

    /** The name on the wire and in tables, such as {@code surplus_refund}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<JournalKind> ofWireName(String name) {
        for (var kind : values()) {
            if (kind.wireName().equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
