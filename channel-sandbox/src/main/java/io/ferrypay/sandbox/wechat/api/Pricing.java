package io.ferrypay.sandbox.wechat.api;

import io.ferrypay.sandbox.wechat.WechatProperties.SubMerchant;
import io.ferrypay.sandbox.wechat.order.YuanRates;
import org.springframework.stereotype.Component;

/** Orders are priced in the shop's settlement currency or in yuan. */
@Component
class Pricing {

    private final YuanRates rates;

    Pricing(YuanRates rates) {
        this.rates = rates;
    }

    String requireCurrency(Fields amount, SubMerchant shop) {
        var currency = amount.text("currency", 16);
        if (!rates.knows(currency)) {
            throw amount.bad("currency", "Currency code is invalid");
        }
        if (!currency.equals(shop.currency()) && !YuanRates.isYuan(currency)) {
            throw amount.bad("currency", "Currency is not available to this sub_mchid");
        }
        return currency;
    }
}
