package io.ferrypay.tradeadmin.risk;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of risk.
 *
 * @param secondPersonAbove by currency, above which amount a decision on held money needs another
 *     person's approval, such as {@code NZD: 5000.00}; for currencies it does not name all do
 */
@ConfigurationProperties("ferry.risk")
record RiskSettings(boolean follow, String paymentFeed, Map<String, String> secondPersonAbove) {

    RiskSettings {
        secondPersonAbove.forEach((code, amount) -> Money.parse(amount, Currency.of(code)));
    }

    boolean needsSecondPerson(Money amount) {
        var limit = secondPersonAbove.get(amount.currency().code());
        return limit == null || amount.compareTo(Money.parse(limit, amount.currency())) > 0;
    }
}
