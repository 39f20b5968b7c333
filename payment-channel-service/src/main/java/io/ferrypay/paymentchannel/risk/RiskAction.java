package io.ferrypay.paymentchannel.risk;

import java.util.Locale;

/** What a rule wants done with a payment it fits. */
public enum RiskAction {
    /** Let it through; no later rule is asked. */
    ALLOW,
    /** Let it through, and tell our staff. */
    ALERT,
    /** Take the money, and let somebody look before the merchant gets it. */
    HOLD,
    /** Make no payment. Where the money is there already: hold. */
    DENY;

    /** The name in rules and events. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RiskAction ofWireName(String name) {
        for (var action : values()) {
            if (action.wireName().equals(name)) {
                return action;
            }
        }
        throw new IllegalArgumentException("no action: " + name);
    }
}
