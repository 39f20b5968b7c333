package io.ferrypay.paymentchannel.merchant;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.merchant.Merchant.WechatMerchant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Keeps our copy of merchants level with what merchant-service publishes. */
@Component
class MerchantFeed implements EventHandler {

    private final Merchants merchants;

    MerchantFeed(Merchants merchants) {
        this.merchants = merchants;
    }

    @Override
    public void apply(List<Event> batch) {
        for (var event : batch) {
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
        var methods = EnumSet.noneOf(ChannelCode.class);
        for (var name : data.required("allowed_methods")) {
            ChannelCode.ofWireName(name.asString()).ifPresent(methods::add);
        }
        return new Merchant(
                data.required("merchant_id").asString(),
                event.version(),
                data.required("display_name").asString(),
                "active".equals(data.required("status").asString()),
                data.required("currency").asString(),
                methods,
                "refund".equals(data.path("late_payment_policy").asString("accept"))
                        ? LatePaymentPolicy.REFUND
                        : LatePaymentPolicy.ACCEPT,
                wechat(data.path("wechat")),
                wechat(data.path("test").path("wechat")));
    }

    private static @Nullable WechatMerchant wechat(JsonNode block) {
        return block.path("sub_mchid").isString() && block.path("mcc").isString()
                ? new WechatMerchant(
                        block.path("sub_mchid").asString(), block.path("mcc").asString())
                : null;
    }
}
