package io.ferrypay.sandbox.wechat.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Yuan per unit of a currency, fixed, for every currency WeChat settles in.
 *
 * <p>The figures are plausible, not current. WeChat does not say how it rounds; we round half up to
 * the fen.
 */
public final class YuanRates {

    private static final String YUAN = "CNY";
    private static final int YUAN_EXPONENT = 2;

    /** Rates travel as whole numbers: the rate times 10^8. */
    private static final int RATE_SCALE = 8;

    private static final Set<String> WITHOUT_DECIMALS = Set.of("JPY", "KRW", "VND", "ISK");

    private static final Pattern ENTRY = Pattern.compile("([A-Z]{3}) ([0-9.]+)");

    private static final String TABLE =
            """
            CNY 1        USD 7.1105   HKD 0.9138   JPY 0.047312 THB 0.2191   EUR 8.2614
            GBP 9.4207   CAD 5.1032   KRW 0.005021 AUD 4.6871   SGD 5.4806   NZD 4.6450
            RUB 0.0873   CHF 8.8312   SEK 0.7513   DKK 1.1065   NOK 0.7049   AED 1.9362
            TRY 0.1702   MOP 0.8872   TWD 0.2288   CZK 0.3396   MYR 1.6987   PHP 0.1218
            IDR 0.000431 MNT 0.001987 QAR 1.9531   HUF 0.02093  KHR 0.001771 ISK 0.05722
            PLN 1.9427   RON 1.6251   VND 0.000271 KZT 0.01317  AZN 4.1826   KGS 0.08131
            FJD 3.1274   AMD 0.01858
            """;

    private final Map<String, BigDecimal> rates = new HashMap<>();

    /**
     * @param others replace or extend the built-in table
     */
    public YuanRates(Map<String, BigDecimal> others) {
        var entries = ENTRY.matcher(TABLE);
        while (entries.find()) {
            rates.put(entries.group(1), new BigDecimal(entries.group(2)));
        }
        rates.putAll(others);
    }

    public boolean knows(String currency) {
        return rates.containsKey(currency);
    }

    /** The rate times 10^8. */
    public long scaled(String currency) {
        return rate(currency).movePointRight(RATE_SCALE).longValueExact();
    }

    /** What the payer pays, in fen, for this many smallest units of the currency. */
    public long fen(long total, String currency) {
        return BigDecimal.valueOf(total)
                .movePointLeft(exponent(currency))
                .multiply(rate(currency))
                .movePointRight(YUAN_EXPONENT)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** How many decimals the currency has. */
    public int exponent(String currency) {
        return WITHOUT_DECIMALS.contains(currency) ? 0 : 2;
    }

    public static boolean isYuan(@Nullable String currency) {
        return YUAN.equals(currency);
    }

    private BigDecimal rate(String currency) {
        var rate = rates.get(currency);
        if (rate == null) {
            throw new IllegalArgumentException("no rate for " + currency);
        }
        return rate;
    }
}
