package io.ferrypay.paymentchannel.staticcode;

import io.ferrypay.events.Event;
import io.ferrypay.identity.Mode;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.merchant.MerchantNews;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Keeps our copy of printed codes level with what merchant-service publishes. */
@Component
class StaticCodeNews implements MerchantNews {

    private final StaticCodes codes;

    StaticCodeNews(StaticCodes codes) {
        this.codes = codes;
    }

    @Override
    public void hear(Event event) {
        switch (event.type()) {
            case "static_code.created",
                    "static_code.updated",
                    "static_code.rotated",
                    "static_code.disabled" ->
                    codes.keep(code(event));
            default -> {
                // Not our business.
            }
        }
    }

    private static StaticCode code(Event event) {
        var data = event.data();
        var currency = data.required("currency").asString();
        return new StaticCode(
                data.required("static_code_id").asString(),
                event.version(),
                data.required("merchant_id").asString(),
                Mode.ofLivemode(data.required("livemode").asBoolean()),
                data.required("store_name").asString(),
                ZoneId.of(data.required("time_zone").asString()),
                data.required("label").asString(),
                data.required("serial").asString(),
                data.required("link").asString(),
                currency,
                money(data.required("amount"), currency),
                money(data.required("min_amount"), currency),
                money(data.required("max_amount"), currency),
                money(data.required("daily_limit"), currency),
                "active".equals(data.required("status").asString()));
    }

    private static @Nullable Money money(JsonNode text, String currency) {
        return text.isNull() ? null : Money.parse(text.asString(), currency);
    }
}
