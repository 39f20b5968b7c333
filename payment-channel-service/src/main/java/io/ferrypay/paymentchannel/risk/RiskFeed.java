package io.ferrypay.paymentchannel.risk;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Takes in what our staff decided: the rules in force, and what becomes of held payments. */
@Component
class RiskFeed implements EventHandler {

    static final Set<String> TYPES = Set.of("risk_rules.published", "risk_case.decided");

    private final RuleSets rules;
    private final DecideHeldPayment decide;

    RiskFeed(RuleSets rules, DecideHeldPayment decide) {
        this.rules = rules;
        this.decide = decide;
    }

    @Override
    public void apply(List<Event> batch) {
        for (var event : batch) {
            switch (event.type()) {
                case "risk_rules.published" -> publish(event);
                case "risk_case.decided" -> decide(event);
                default -> {
                    // Nothing of ours.
                }
            }
        }
    }

    private void publish(Event event) {
        var told = event.data().required("rules");
        // Refused before it is stored: then the old set stands.
        RuleSet.published(event.version(), told);
        rules.keep(event.version(), told.toString(), event.time());
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        rules.forget();
                    }
                });
    }

    private void decide(Event event) {
        var payment = event.data().required("payment_id").asString();
        switch (event.data().required("decision").asString()) {
            case "release" -> decide.release(payment);
            case "refuse" -> decide.refuse(payment);
            default -> throw new IllegalArgumentException("No decision that we know");
        }
    }
}
