package io.ferrypay.tradeadmin.risk;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.Approvals;
import io.ferrypay.tradeadmin.audit.Audit;
import io.ferrypay.tradeadmin.audit.Who;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules: one person writes a version, another puts it in force. What is in force is told as a
 * whole, {@code risk_rules.published}, so that whoever hears it late or twice has it right.
 */
@Service
public class RiskRules {

    /** The permission to see rules and cases. */
    public static final String READ = "risk:read";

    static final String WRITE = "risk:write";
    static final String APPROVE = "risk:approve";

    private static final int LONGEST_NAME = 100;
    private static final int MOST_PRIORITY = 1000;
    private static final Pattern MERCHANT = Pattern.compile("mer_[0-9A-Za-z]{26}");

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final Audit audit;
    private final ObjectProvider<Approvals> approvals;
    private final ObjectProvider<PublishRule> kind;
    private final JsonMapper json;
    private final Clock clock;

    RiskRules(
            JdbcClient jdbc,
            Outbox outbox,
            Audit audit,
            ObjectProvider<Approvals> approvals,
            ObjectProvider<PublishRule> kind,
            JsonMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.audit = audit;
        this.approvals = approvals;
        this.kind = kind;
        this.json = json;
        this.clock = clock;
    }

    /** What somebody writes. */
    public record Draft(
            String name,
            @Nullable String merchantId,
            RiskRule.Action action,
            int priority,
            @Nullable Instant effectiveFrom,
            JsonNode condition,
            boolean enabled) {}

    /**
     * Writes the next version; nothing of it is in force. Refuses with 400 {@code invalid_request}
     * whatever is no rule, each fault at its place, and with 409 {@code risk_rule_changed} when it
     * is based on an older version than the newest.
     *
     * @param id null for a new rule
     * @param basedOn the version that was seen; 0 for a new rule
     */
    @Transactional
    public RiskRule write(StaffCaller caller, @Nullable String id, int basedOn, Draft draft) {
        caller.require(WRITE);
        check(draft);
        var newest = id == null ? 0 : history(id).getFirst().version();
        if (newest != basedOn) {
            throw changed(newest);
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var rule =
                new RiskRule(
                        id == null ? "rsk_" + UlidCreator.getMonotonicUlid() : id,
                        newest + 1,
                        draft.name().strip(),
                        draft.merchantId(),
                        draft.action(),
                        draft.priority(),
                        draft.effectiveFrom() == null
                                ? now
                                : draft.effectiveFrom().truncatedTo(ChronoUnit.MICROS),
                        draft.condition(),
                        draft.enabled(),
                        caller.personId(),
                        now);
        try {
            add(rule);
        } catch (DuplicateKeyException _) {
            throw changed(rule.version());
        }
        audit.record(
                Who.staff(caller), new Audit.Act("risk_rule.written", rule.id(), null, rule, null));
        return rule;
    }

    private static ApiException changed(int newest) {
        return ApiException.of(
                RiskProblems.RULE_CHANGED, problem -> problem.with("current_version", newest));
    }

    private static void check(Draft draft) {
        var faults = ConditionCheck.faults(draft.condition());
        var name = draft.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw ApiException.invalid("/name", "required", "must have 1 to 100 characters");
        }
        if (draft.merchantId() != null && !MERCHANT.matcher(draft.merchantId()).matches()) {
            throw ApiException.invalid("/merchant_id", "wrong_format", "must be a merchant");
        }
        if (draft.priority() < 0 || draft.priority() > MOST_PRIORITY) {
            throw ApiException.invalid("/priority", "out_of_range", "must be 0 to 1000");
        }
        if (!faults.isEmpty()) {
            throw ApiException.of(
                    CommonProblems.INVALID_REQUEST,
                    problem -> {
                        var told = problem;
                        for (var fault : faults) {
                            told =
                                    told.error(
                                            "/condition" + fault.pointer(),
                                            fault.code(),
                                            fault.message());
                        }
                        return told;
                    });
        }
    }

    private void add(RiskRule rule) {
        jdbc.sql("insert into risk_rule values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(rule.id())
                .param(rule.version())
                .param(rule.name())
                .param(rule.merchantId())
                .param(rule.action().text())
                .param(rule.priority())
                .param(Timestamp.from(rule.effectiveFrom()))
                .param(json.writeValueAsString(rule.condition()))
                .param(rule.enabled())
                .param(rule.writtenBy())
                .param(Timestamp.from(rule.writtenAt()))
                .update();
    }

    /**
     * Asks for a version to be put in force; another person decides. Refuses with 409 {@code
     * too_many_risk_rules}, {@code too_many_risk_counters} or {@code risk_rules_too_large} what
     * would be too much work together with what is in force; so does the approval.
     */
    public Approval askToPublish(StaffCaller caller, String id, int version, String reason) {
        var wanted = version(id, version);
        // Said now rather than to the person who approves; what counts is what is in force then.
        RuleWork.check(
                Stream.concat(
                                inForce().stream().filter(rule -> !rule.id().equals(id)),
                                Stream.of(wanted).filter(RiskRule::enabled))
                        .toList());
        return approvals
                .getObject()
                .ask(caller, kind.getObject(), new PublishRule.RuleVersion(id, version), reason);
    }

    /** In the transaction of the approval. Only one set is made at a time. */
    void publish(PublishRule.RuleVersion wanted, Approval approval) {
        jdbc.sql("lock table risk_publication in share row exclusive mode").update();
        var version =
                jdbc.sql("select coalesce(max(version), 0) + 1 from risk_publication")
                        .query(Long.class)
                        .single();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        jdbc.sql("insert into risk_publication values (?, ?, ?, ?, ?)")
                .param(version)
                .param(wanted.ruleId())
                .param(wanted.version())
                .param(approval.id())
                .param(Timestamp.from(now))
                .update();
        var inForce = inForce();
        RuleWork.check(inForce);
        var data = json.createObjectNode();
        var rules = data.putArray("rules");
        for (var rule : inForce) {
            var told = rules.addObject();
            told.put("id", rule.id())
                    .put("version", rule.version())
                    .put("name", rule.name())
                    .put("merchant_id", rule.merchantId())
                    .put("action", rule.action().text())
                    .put("priority", rule.priority())
                    .put("effective_from", rule.effectiveFrom().toString());
            told.set("condition", rule.condition());
        }
        outbox.append(Event.of("risk_rules.published", "risk_rules", version, now, data));
    }

    /** Those that payments are judged by, or will be once they have heard of them. */
    public List<RiskRule> inForce() {
        return jdbc.sql(
                        """
                        select r.* from risk_rule r
                          join (select distinct on (rule_id) rule_id, rule_version
                                  from risk_publication order by rule_id, version desc) p
                            on p.rule_id = r.id and p.rule_version = r.version
                         where r.enabled
                         order by r.priority, r.id
                        """)
                .query((row, _) -> rule(row))
                .list();
    }

    /** The newest version of each, whether it is in force or not. */
    public List<RiskRule> newest() {
        return jdbc.sql(
                        """
                        select distinct on (id) * from risk_rule order by id desc, version desc
                         limit 2000
                        """)
                .query((row, _) -> rule(row))
                .list();
    }

    /** All versions, the newest first; refuses with 404 a rule that is none. */
    public List<RiskRule> history(String id) {
        var versions =
                jdbc.sql("select * from risk_rule where id = ? order by version desc")
                        .param(id)
                        .query((row, _) -> rule(row))
                        .list();
        if (versions.isEmpty()) {
            throw ApiException.of(CommonProblems.NOT_FOUND);
        }
        return versions;
    }

    RiskRule version(String id, int version) {
        return history(id).stream()
                .filter(rule -> rule.version() == version)
                .findFirst()
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    /** The version that was published last. */
    public Optional<Integer> published(String id) {
        return jdbc.sql(
                        "select rule_version from risk_publication where rule_id = ? order by version desc limit 1")
                .param(id)
                .query(Integer.class)
                .optional();
    }

    private RiskRule rule(ResultSet row) throws SQLException {
        return new RiskRule(
                row.getString("id"),
                row.getInt("version"),
                row.getString("name"),
                row.getString("merchant_id"),
                RiskRule.Action.ofText(row.getString("action")),
                row.getInt("priority"),
                row.getTimestamp("effective_from").toInstant(),
                json.readTree(row.getString("condition")),
                row.getBoolean("enabled"),
                row.getString("written_by"),
                row.getTimestamp("written_at").toInstant());
    }
}
