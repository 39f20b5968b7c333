package io.ferrypay.sandbox.jdpay.fault;

import java.util.Set;

/**
 * What goes wrong with one call; see {@link JdpayApiFaults} for the meaning of each.
 *
 * @param hesitationMs how long the answer takes
 */
public record JdpayMisbehaviour(Set<Kind> kinds, long hesitationMs) {

    public static final JdpayMisbehaviour NONE = new JdpayMisbehaviour(Set.of(), 0);

    /** One thing that goes wrong. */
    public enum Kind {
        FAIL_BEFORE,
        BUSY,
        FAIL_AFTER,
        CUT,
        UNSIGNED,
        BAD_SIGNATURE,
        HTML_502,
        BUSY_AFTER,
        OTHER_ORDER
    }

    public boolean is(Kind kind) {
        return kinds.contains(kind);
    }

    /** Waits as long as the answer is to be late. */
    public void hesitate() {
        if (hesitationMs > 0) {
            try {
                Thread.sleep(hesitationMs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
