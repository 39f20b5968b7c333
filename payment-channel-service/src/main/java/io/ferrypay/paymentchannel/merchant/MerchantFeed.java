package io.ferrypay.paymentchannel.merchant;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.merchant.Merchant.Registration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Keeps our copy of merchants level with what merchant-service publishes. */
@Component
class MerchantFeed implements EventHandler {

    private final Merchants merchants;
    private final List<MerchantNews> others;

    MerchantFeed(Merchants merchants, List<MerchantNews> others) {
        this.merchants = merchants;
        this.others = List.copyOf(others);
    }

    @Override
    public void apply(List<Event> batch) {
        for (var event : batch) {
            others.forEach(other -> other.hear(event));
            switch (event.type()) {
                case "merchant.created", "merchant.updated", "merchant.suspended" -> {
                    merchants.keep(merchant(event));
                    merchants.forget(event.subject());
                }
                default -> {
                    // API keys and whatever else merchant-service has to tell are not our business.
                }
            }
        }
    }

    private static Merchant merchant(Event event) {
        var data = event.data();
        var methods = EnumSet.noneOf(PaymentMethod.class);
        for (var name : data.required("allowed_methods")) {
            PaymentMethod.ofWireName(name.asString()).ifPresent(methods::add);
        }
        return new Merchant(
                data.required("merchant_id").asString(),
                event.version(),
                data.required("display_name").asString(),
                !"suspended".equals(data.required("status").asString()),
                data.required("currency").asString(),
                methods,
                "refund".equals(data.path("late_payment_policy").asString("accept"))
                        ? LatePaymentPolicy.REFUND
                        : LatePaymentPolicy.ACCEPT,
                // A draft has not been approved: it may try everything out, and take no money.
                "draft".equals(data.required("status").asString())
                        ? Map.of()
                        : registrations(data.path("registrations").path("live")),
                registrations(data.path("registrations").path("test")));
    }

    private static Map<PaymentMethod, Registration> registrations(JsonNode block) {
        var registrations = new EnumMap<PaymentMethod, Registration>(PaymentMethod.class);
        for (var method : PaymentMethod.values()) {
            var known = block.path(method.wireName());
            if (known.path("sub_merchant_id").isString()
                    && known.path("category_code").isString()) {
                registrations.put(
                        method,
                        new Registration(
                                known.path("sub_merchant_id").asString(),
                                known.path("category_code").asString()));
            }
        }
        return registrations;
    }
}
