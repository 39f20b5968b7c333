package io.ferrypay.tradeadmin.risk;

import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.ApprovalKind;
import io.ferrypay.tradeadmin.approval.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A version of a rule is to be put in force. */
@Component
class PublishRule implements ApprovalKind<PublishRule.RuleVersion> {

    private final RiskRules rules;

    PublishRule(RiskRules rules) {
        this.rules = rules;
    }

    record RuleVersion(String ruleId, int version) {}

    @Override
    public String name() {
        return "risk_rule";
    }

    @Override
    public Class<RuleVersion> payload() {
        return RuleVersion.class;
    }

    @Override
    public String askPermission() {
        return RiskRules.WRITE;
    }

    @Override
    public String decidePermission() {
        return RiskRules.APPROVE;
    }

    @Override
    public String subject(RuleVersion wanted) {
        return wanted.ruleId();
    }

    @Override
    public List<Change> diff(RuleVersion wanted) {
        var after = rules.version(wanted.ruleId(), wanted.version());
        var before =
                rules.published(wanted.ruleId())
                        .map(version -> rules.version(wanted.ruleId(), version))
                        .orElse(null);
        var changes = new ArrayList<Change>();
        line(changes, "version", before, after, rule -> String.valueOf(rule.version()));
        line(changes, "name", before, after, RiskRule::name);
        line(changes, "merchant", before, after, RiskRule::merchantId);
        line(changes, "action", before, after, rule -> rule.action().text());
        line(changes, "priority", before, after, rule -> String.valueOf(rule.priority()));
        line(changes, "effective_from", before, after, rule -> rule.effectiveFrom().toString());
        line(changes, "enabled", before, after, rule -> String.valueOf(rule.enabled()));
        line(changes, "condition", before, after, rule -> rule.condition().toString());
        return changes;
    }

    private static void line(
            List<Change> changes,
            String field,
            @Nullable RiskRule before,
            RiskRule after,
            Function<RiskRule, @Nullable String> part) {
        var was = before == null ? null : part.apply(before);
        var is = part.apply(after);
        if (!Objects.equals(was, is)) {
            changes.add(new Change(field, was, is));
        }
    }

    @Override
    public void apply(RuleVersion wanted, Approval approval) {
        rules.publish(wanted, approval);
    }
}
