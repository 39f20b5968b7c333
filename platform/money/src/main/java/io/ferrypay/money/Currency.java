package io.ferrypay.money;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A currency with the number of decimals its amounts have.
 *
 * <p>The table holds yuan and the currencies in which WeChat Pay settles abroad (its published
 * list). Decimals are those of ISO 4217; where a channel counts differently, an entry of {@link
 * #EXPONENTS} says so.
 */
public record Currency(String code, int exponent) implements Comparable<Currency> {

    private static final Set<String> CODES =
            Set.of(
                    "CNY", "USD", "HKD", "JPY", "THB", "EUR", "GBP", "CAD", "KRW", "AUD", "SGD",
                    "NZD", "RUB", "CHF", "SEK", "DKK", "NOK", "AED", "TRY", "MOP", "TWD", "CZK",
                    "MYR", "PHP", "IDR", "MNT", "QAR", "HUF", "KHR", "ISK", "PLN", "RON", "VND",
                    "KZT", "AZN", "KGS", "FJD", "AMD");

    private static final int USUAL_EXPONENT = 2;
    private static final Map<String, Integer> EXPONENTS =
            Map.of("JPY", 0, "KRW", 0, "VND", 0, "ISK", 0);

    private static final Map<String, Currency> TABLE =
            CODES.stream()
                    .map(code -> new Currency(code, EXPONENTS.getOrDefault(code, USUAL_EXPONENT)))
                    .collect(Collectors.toUnmodifiableMap(Currency::code, Function.identity()));

    public static final Currency CNY = of("CNY");
    public static final Currency NZD = of("NZD");

    /**
     * @throws UnknownCurrency for anything but an upper-case code of the table
     */
    public static Currency of(String code) {
        var found = TABLE.get(code);
        if (found == null) {
            throw new UnknownCurrency(code);
        }
        return found;
    }

    public static Stream<Currency> all() {
        return TABLE.values().stream().sorted();
    }

    @Override
    public int compareTo(Currency other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
