package io.ferrypay.paymentchannel.risk;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells our staff of payments that rules fit. Holds no address, and a payer only by a hash. */
@Component
class RiskEvents {

    private final Outbox outbox;
    private final JsonMapper json;

    RiskEvents(Outbox outbox, JsonMapper json) {
        this.outbox = outbox;
        this.json = json;
    }

    void tell(
            Verdict verdict,
            Facts facts,
            @Nullable String paymentId,
            long version,
            String merchantReference) {
        var data = json.createObjectNode();
        data.put("merchant_id", facts.merchantId())
                .put("livemode", facts.livemode())
                .put("payment_id", paymentId)
                .put("merchant_reference", merchantReference)
                .put("stage", facts.stage().wireName())
                .put("amount", facts.amount().toDecimalString())
                .put("currency", facts.amount().currency().code())
                .put("method", facts.method())
                .put("channel", facts.channel())
                .put("store", facts.storeId())
                .put("static_code", facts.staticCode())
                .put("device", facts.deviceId())
                .put("payer", facts.payer())
                .put("rule_set", verdict.ruleSet());
        var rules = data.putArray("rules");
        for (var hit : verdict.hits()) {
            rules.addObject()
                    .put("id", hit.id())
                    .put("version", hit.version())
                    .put("name", hit.name())
                    .put("action", hit.action().name().toLowerCase(Locale.ROOT));
        }
        outbox.append(
                Event.of(
                        type(verdict, facts),
                        paymentId == null ? facts.merchantId() : paymentId,
                        version,
                        facts.at(),
                        data));
    }

    private static String type(Verdict verdict, Facts facts) {
        if (verdict.action() == RiskAction.ALERT) {
            return "risk.alerted";
        }
        return facts.stage() == Facts.Stage.CREATION ? "risk.denied" : "risk.held";
    }
}
