package io.ferrypay.paymentchannel.refund;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The company's limits.
 *
 * @param secondPersonAbove by currency, above which sum of a live payment our staff have to agree,
 *     such as {@code NZD: 5000.00}; for currencies it does not name always
 */
@ConfigurationProperties("ferry.refunds")
record RefundSettings(Map<String, String> secondPersonAbove) {

    RefundSettings {
        secondPersonAbove.forEach((code, amount) -> Money.parse(amount, Currency.of(code)));
    }

    boolean needsSecondPerson(Money total) {
        var limit = secondPersonAbove.get(total.currency().code());
        return limit == null || total.compareTo(Money.parse(limit, total.currency())) > 0;
    }
}
