package io.ferrypay.tradeadmin.risk.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.tradeadmin.risk.RiskRule;
import io.ferrypay.tradeadmin.risk.RiskRules;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Rules of risk: written by one person, put in force by another. */
@RestController
@RequestMapping("/console/api/risk/rules")
class RuleController {

    private final RiskRules rules;

    RuleController(RiskRules rules) {
        this.rules = rules;
    }

    record RuleView(
            String object,
            String id,
            int version,
            String name,
            @Nullable String merchantId,
            RiskRule.Action action,
            int priority,
            Instant effectiveFrom,
            JsonNode condition,
            boolean enabled,
            String writtenBy,
            Instant writtenAt,
            @Nullable Integer publishedVersion) {}

    record ListView(String object, List<RuleView> data) {}

    /**
     * @param basedOn the version that was seen; 0 for a new rule
     */
    record Body(
            int basedOn,
            @NotNull String name,
            @Nullable String merchantId,
            RiskRule.@NotNull Action action,
            int priority,
            @Nullable Instant effectiveFrom,
            @NotNull JsonNode condition,
            boolean enabled) {

        RiskRules.Draft draft() {
            return new RiskRules.Draft(
                    name, merchantId, action, priority, effectiveFrom, condition, enabled);
        }
    }

    record Publish(int version, @NotNull String reason) {}

    record Asked(String object, String approval) {}

    @GetMapping
    ListView newest(StaffCaller caller) {
        caller.require(RiskRules.READ);
        return new ListView("list", rules.newest().stream().map(this::view).toList());
    }

    @GetMapping("/{id}")
    ListView history(StaffCaller caller, @PathVariable String id) {
        caller.require(RiskRules.READ);
        return new ListView("list", rules.history(id).stream().map(this::view).toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    RuleView add(StaffCaller caller, @Valid @RequestBody Body body) {
        return view(rules.write(caller, null, body.basedOn(), body.draft()));
    }

    @PostMapping("/{id}")
    RuleView change(StaffCaller caller, @PathVariable String id, @Valid @RequestBody Body body) {
        return view(rules.write(caller, id, body.basedOn(), body.draft()));
    }

    @PostMapping("/{id}:publish")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Asked publish(StaffCaller caller, @PathVariable String id, @Valid @RequestBody Publish wanted) {
        return new Asked(
                "approval_request",
                rules.askToPublish(caller, id, wanted.version(), wanted.reason()).id());
    }

    private RuleView view(RiskRule rule) {
        return new RuleView(
                "risk_rule",
                rule.id(),
                rule.version(),
                rule.name(),
                rule.merchantId(),
                rule.action(),
                rule.priority(),
                rule.effectiveFrom(),
                rule.condition(),
                rule.enabled(),
                rule.writtenBy(),
                rule.writtenAt(),
                rules.published(rule.id()).orElse(null));
    }
}
