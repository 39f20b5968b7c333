package io.ferrypay.sandbox.alipay.order;

import io.ferrypay.sandbox.alipay.AlipaySandboxProperties;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Yuan per unit of a currency: plausible, not current. */
@Component
public class AlipayRates {

    private static final Set<String> WITHOUT_DECIMALS = Set.of("JPY", "KRW");

    private final TreeMap<String, BigDecimal> rates = new TreeMap<>();

    AlipayRates(AlipaySandboxProperties properties) {
        var table =
                """
                USD 7.1088 EUR 8.2588 GBP 9.4173 HKD 0.9136 CHF 8.8297 SGD 5.4790 JPY 0.047305
                CAD 5.1019 AUD 4.6858 SEK 0.7511 DKK 1.1063 NOK 0.7047 NZD 4.6433 KRW 0.005020
                THB 0.2190 MYR 1.6983 IDR 0.000431
                """
                        .strip()
                        .split("\\s+", -1);
        for (int i = 0; i < table.length; i += 2) {
            rates.put(table[i], new BigDecimal(table[i + 1]));
        }
        rates.putAll(properties.rates());
    }

    public Map<String, BigDecimal> all() {
        return Map.copyOf(rates);
    }

    public boolean knows(String currency) {
        return currency.equals("CNY") || rates.containsKey(currency);
    }

    public BigDecimal of(String currency) {
        return currency.equals("CNY")
                ? BigDecimal.ONE
                : rates.getOrDefault(currency, BigDecimal.ONE);
    }

    /** Alipay does not say how it rounds. */
    BigDecimal yuan(BigDecimal amount, BigDecimal rate) {
        return amount.multiply(rate).setScale(2, RoundingMode.HALF_UP);
    }

    public static int decimals(String currency) {
        return WITHOUT_DECIMALS.contains(currency) ? 0 : 2;
    }
}
