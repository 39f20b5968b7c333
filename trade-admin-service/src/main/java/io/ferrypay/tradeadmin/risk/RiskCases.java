package io.ferrypay.tradeadmin.risk;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import io.ferrypay.events.Outbox;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cases: opened by what the payments feed tells of risk, decided by people, and told to where
 * payments are made by {@code risk_case.decided}. A decision is taken once; who comes second is
 * refused.
 */
@Service
public class RiskCases implements EventHandler {

    static final Set<String> TYPES = Set.of("risk.held", "risk.alerted", "payment.failed");
    static final String DECIDE = "risk:decide";

    private static final String SYSTEM = "system";
    private static final int MOST_LINKED = 20;
    private static final int LONGEST_TEXT = 2000;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final Audit audit;
    private final RiskSettings settings;
    private final ObjectProvider<Approvals> approvals;
    private final ObjectProvider<CaseDecision> kind;
    private final JsonMapper json;
    private final Clock clock;

    RiskCases(
            JdbcClient jdbc,
            Outbox outbox,
            Audit audit,
            RiskSettings settings,
            ObjectProvider<Approvals> approvals,
            ObjectProvider<CaseDecision> kind,
            JsonMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.audit = audit;
        this.settings = settings;
        this.approvals = approvals;
        this.kind = kind;
        this.json = json;
        this.clock = clock;
    }

    /** What the audit says of whose case it is. */
    private record Assigned(@Nullable String to) {}

    /** What happened in a case. */
    public record Entry(Instant at, String what, String who, JsonNode detail) {}

    @Override
    public void apply(List<Event> batch) {
        for (var event : batch) {
            switch (event.type()) {
                case "risk.held" -> hear(event, "hold");
                case "risk.alerted" -> hear(event, "alert");
                case "payment.failed" -> hearOfReturn(event);
                default -> {
                    // Nothing of ours.
                }
            }
        }
    }

    private void hear(Event event, String kind) {
        var data = event.data();
        var payment = data.required("payment_id").asString();
        var amount =
                Money.parse(
                        data.required("amount").asString(), data.required("currency").asString());
        var id =
                jdbc.sql(
                                """
                                insert into risk_case as known (id, version, kind, status, payment_id,
                                    merchant_id, livemode, merchant_reference, amount_minor, currency,
                                    method, channel, store, static_code, device, payer, opened_at)
                                values (?, 1, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict (payment_id) do update set
                                    version = known.version + 1,
                                    -- What is held has to be decided, also where somebody was done with an alert.
                                    kind = case when excluded.kind = 'hold' then 'hold' else known.kind end,
                                    status = case when excluded.kind = 'hold' and known.kind = 'alert'
                                                  then 'open' else known.status end,
                                    closed_at = case when excluded.kind = 'hold' and known.kind = 'alert'
                                                     then null else known.closed_at end,
                                    method = coalesce(excluded.method, known.method),
                                    channel = coalesce(excluded.channel, known.channel),
                                    payer = coalesce(excluded.payer, known.payer)
                                returning id
                                """)
                        .param("rcs_" + UlidCreator.getMonotonicUlid())
                        .param(kind)
                        .param(payment)
                        .param(data.required("merchant_id").asString())
                        .param(data.required("livemode").asBoolean())
                        .param(data.required("merchant_reference").asString())
                        .param(amount.minorUnits())
                        .param(amount.currency().code())
                        .param(text(data, "method"))
                        .param(text(data, "channel"))
                        .param(text(data, "store"))
                        .param(text(data, "static_code"))
                        .param(text(data, "device"))
                        .param(text(data, "payer"))
                        .param(Timestamp.from(event.time()))
                        .query(String.class)
                        .single();
        var detail = json.createObjectNode();
        detail.put("stage", text(data, "stage")).set("rules", data.required("rules"));
        add(id, event.id(), kind.equals("hold") ? "held" : "alerted", SYSTEM, detail);
    }

    private static @Nullable String text(JsonNode data, String name) {
        return data.path(name).isString() ? data.path(name).asString() : null;
    }

    /** Its channel sent the money back before anybody had decided. */
    private void hearOfReturn(Event event) {
        if (!event.data().path("previous").path("status").asString("").equals("under_review")) {
            return;
        }
        jdbc.sql(
                        """
                        update risk_case set version = version + 1, status = 'closed',
                            decision = 'returned', closed_at = ?
                         where payment_id = ? and status = 'open'
                        returning id
                        """)
                .param(Timestamp.from(event.time()))
                .param(event.subject())
                .query(String.class)
                .optional()
                .ifPresent(id -> add(id, event.id(), "returned", SYSTEM, json.createObjectNode()));
    }

    /**
     * @param status {@code open}, {@code closed}, or null for both
     * @param before the last id of the page before
     */
    public List<RiskCase> page(
            @Nullable String status,
            @Nullable String merchantId,
            @Nullable String before,
            int limit) {
        return jdbc.sql(
                        """
                        select * from risk_case
                         where (cast(? as text) is null or status = ?)
                           and (cast(? as text) is null or merchant_id = ?)
                           and (cast(? as text) is null or id < ?)
                         order by id desc limit ?
                        """)
                .params(
                        Arrays.asList(
                                status, status, merchantId, merchantId, before, before, limit))
                .query((row, _) -> risk(row))
                .list();
    }

    /** Refuses with 404 what is no case. */
    public RiskCase find(String id) {
        return jdbc.sql("select * from risk_case where id = ?")
                .param(id)
                .query((row, _) -> risk(row))
                .optional()
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    public List<Entry> timeline(String id) {
        return jdbc.sql("select * from risk_case_entry where case_id = ? order by sequence")
                .param(id)
                .query((row, _) ->
                        new Entry(
                                row.getTimestamp("at").toInstant(),
                                row.getString("what"),
                                row.getString("who"),
                                json.readTree(row.getString("detail"))))
                .list();
    }

    /** Others by the same payer, till or printed code; the newest first, at most 20. */
    public List<RiskCase> linked(RiskCase to) {
        return jdbc.sql(
                        """
                        select * from risk_case
                         where id <> ? and (payer = ? or device = ? or static_code = ?)
                         order by id desc limit ?
                        """)
                .params(
                        Arrays.asList(
                                to.id(), to.payer(), to.device(), to.staticCode(), MOST_LINKED))
                .query((row, _) -> risk(row))
                .list();
    }

    @Transactional
    public void note(StaffCaller caller, String id, String text) {
        caller.require(DECIDE);
        find(id);
        add(
                id,
                null,
                "note",
                caller.personId(),
                json.createObjectNode().put("text", textOf("/text", text)));
        audit.record(Who.staff(caller), Audit.Act.of("risk_case.noted", id));
    }

    /**
     * @param person {@code per_…}; null for nobody
     */
    @Transactional
    public RiskCase assign(StaffCaller caller, String id, long version, @Nullable String person) {
        caller.require(DECIDE);
        var before = lockOpen(id, version);
        jdbc.sql("update risk_case set version = version + 1, assigned_to = ? where id = ?")
                .param(person)
                .param(id)
                .update();
        add(id, null, "assigned", caller.personId(), json.createObjectNode().put("to", person));
        audit.record(
                Who.staff(caller),
                new Audit.Act(
                        "risk_case.assigned",
                        id,
                        new Assigned(before.assignedTo()),
                        new Assigned(person),
                        null));
        return find(id);
    }

    /**
     * Says what becomes of held money: at once, or above the limit when another person has
     * approved. Refuses with 403 {@code step_up_required} after an old proof, and with 409 {@code
     * risk_case_closed} and {@code risk_case_changed}.
     *
     * @return the request that waits; null if it is decided
     */
    @Transactional
    public @Nullable Approval decide(
            StaffCaller caller, String id, long version, Decision decision, String reason) {
        caller.require(DECIDE);
        caller.requireStepUp(now());
        var why = textOf("/reason", reason);
        var one = lockOpen(id, version);
        if (!one.isHold()) {
            throw ApiException.of(RiskProblems.NOTHING_HELD);
        }
        if (!settings.needsSecondPerson(one.amount())) {
            decided(one, decision, Who.staff(caller), why);
            return null;
        }
        var asked =
                approvals
                        .getObject()
                        .ask(caller, kind.getObject(), new CaseDecision.Wanted(id, decision), why);
        add(
                id,
                null,
                "decision_asked",
                caller.personId(),
                json.createObjectNode()
                        .put("decision", decision.text())
                        .put("approval", asked.id())
                        .put("reason", why));
        return asked;
    }

    /** In the transaction of the approval. */
    void approved(CaseDecision.Wanted wanted, Approval approval) {
        var maker = approval.maker();
        decided(
                lockOpen(wanted.caseId(), null),
                wanted.decision(),
                new Who(maker.name(), maker.accountId(), null, null),
                approval.reason());
    }

    private void decided(RiskCase one, Decision decision, Who who, String reason) {
        close(one, decision.text());
        add(
                one.id(),
                null,
                "decided",
                who.name(),
                json.createObjectNode().put("decision", decision.text()).put("reason", reason));
        audit.record(
                who,
                new Audit.Act(
                        "risk_case.decided",
                        one.id(),
                        null,
                        Map.of("payment", one.paymentId(), "decision", decision.text()),
                        reason));
        outbox.append(
                Event.of(
                        "risk_case.decided",
                        one.id(),
                        one.version() + 1,
                        now(),
                        json.createObjectNode()
                                .put("payment_id", one.paymentId())
                                .put("merchant_id", one.merchantId())
                                .put("livemode", one.livemode())
                                .put("decision", decision.text())));
    }

    /** Somebody has looked at an alert. What is held is closed by a decision alone. */
    @Transactional
    public RiskCase close(StaffCaller caller, String id, long version, String reason) {
        caller.require(DECIDE);
        var why = textOf("/reason", reason);
        var one = lockOpen(id, version);
        if (one.isHold()) {
            throw ApiException.of(RiskProblems.NOT_DECIDED);
        }
        close(one, null);
        add(id, null, "closed", caller.personId(), json.createObjectNode().put("reason", why));
        audit.record(Who.staff(caller), new Audit.Act("risk_case.closed", id, null, null, why));
        return find(id);
    }

    private void close(RiskCase one, @Nullable String decision) {
        jdbc.sql(
                        """
                        update risk_case set version = version + 1, status = 'closed', decision = ?,
                            closed_at = ? where id = ?
                        """)
                .param(decision)
                .param(Timestamp.from(now()))
                .param(one.id())
                .update();
    }

    private RiskCase lockOpen(String id, @Nullable Long version) {
        var one =
                jdbc.sql("select * from risk_case where id = ? for update")
                        .param(id)
                        .query((row, _) -> risk(row))
                        .optional()
                        .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
        if (!one.isOpen()) {
            throw ApiException.of(RiskProblems.CASE_CLOSED);
        }
        if (version != null && version != one.version()) {
            throw ApiException.of(
                    RiskProblems.CASE_CHANGED,
                    problem -> problem.with("current_version", one.version()));
        }
        return one;
    }

    private void add(
            String id, @Nullable String eventId, String what, String who, JsonNode detail) {
        jdbc.sql(
                        """
                        insert into risk_case_entry (case_id, event_id, at, what, who, detail)
                        values (?, ?, ?, ?, ?, ?) on conflict (event_id) do nothing
                        """)
                .param(id)
                .param(eventId)
                .param(Timestamp.from(now()))
                .param(what)
                .param(who)
                .param(json.writeValueAsString(detail))
                .update();
    }

    private static String textOf(String pointer, String text) {
        var stripped = text.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST_TEXT) {
            throw ApiException.invalid(pointer, "required", "must have 1 to 2000 characters");
        }
        return stripped;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static RiskCase risk(ResultSet row) throws SQLException {
        var closedAt = row.getTimestamp("closed_at");
        return new RiskCase(
                row.getString("id"),
                row.getLong("version"),
                row.getString("kind"),
                row.getString("status"),
                row.getString("payment_id"),
                row.getString("merchant_id"),
                row.getBoolean("livemode"),
                row.getString("merchant_reference"),
                Money.ofMinor(row.getLong("amount_minor"), Currency.of(row.getString("currency"))),
                row.getString("method"),
                row.getString("channel"),
                row.getString("store"),
                row.getString("static_code"),
                row.getString("device"),
                row.getString("payer"),
                row.getString("assigned_to"),
                row.getString("decision"),
                row.getTimestamp("opened_at").toInstant(),
                closedAt == null ? null : closedAt.toInstant());
    }
}
