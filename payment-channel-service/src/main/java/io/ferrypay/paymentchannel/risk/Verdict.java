package io.ferrypay.paymentchannel.risk;

import java.util.ArrayList;
import java.util.List;

/**
 * What the rules say of a payment.
 *
 * @param ruleSet which set of rules that was
 * @param hits the rules that fit, in their order, without those that let it through
 */
public record Verdict(long ruleSet, RiskAction action, List<Hit> hits) {

    /** Nothing to say against it. */
    public static final Verdict ALLOWED = new Verdict(0, RiskAction.ALLOW, List.of());

    public Verdict {
        hits = List.copyOf(hits);
    }

    /** A rule that fits, as it was then. */
    public record Hit(String id, long version, String name, RiskAction action) {}

    /** Whether nobody has to be told anything. */
    public boolean isQuiet() {
        return action == RiskAction.ALLOW;
    }

    /** Whether the money is to be looked at: what can't be refused any more is held. */
    public boolean holds() {
        return action == RiskAction.HOLD || action == RiskAction.DENY;
    }

    /** With what had been decided when the payment was made; that stands. */
    public Verdict after(List<Hit> earlier) {
        if (earlier.isEmpty()) {
            return this;
        }
        var all = new ArrayList<>(earlier);
        hits.stream().filter(hit -> !all.contains(hit)).forEach(all::add);
        return new Verdict(ruleSet, RiskAction.HOLD, all);
    }
}
