package io.ferrypay.sandbox.wechat.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YuanRatesTest {

    private final YuanRates rates = new YuanRates(Map.of());

    @ParameterizedTest
    @CsvSource({
        "NZD, 12000, 55740",
        "NZD, 1, 5", // 4.645 fen rounds up
        "CNY, 12000, 12000",
        "JPY, 1000, 4731", // yen have no decimals: 47.312 yuan
        "KRW, 1, 1", // 0.5021 fen
        "IDR, 1000, 0",
    })
    void the_payer_pays_in_fen_rounded_half_up(String currency, long total, long fen) {
        assertThat(rates.fen(total, currency)).isEqualTo(fen);
    }

    @Test
    void exactly_half_a_fen_is_rounded_up() {
        var half = new YuanRates(Map.of("NZD", new BigDecimal("4.5")));

        assertThat(half.fen(1, "NZD")).isEqualTo(5);
        assertThat(half.fen(3, "NZD")).isEqualTo(14);
    }

    @Test
    void rates_travel_as_whole_numbers() {
        assertThat(rates.scaled("NZD")).isEqualTo(464_500_000);
        assertThat(rates.scaled("CNY")).isEqualTo(100_000_000);
        assertThat(rates.scaled("JPY")).isEqualTo(4_731_200);
    }

    @ParameterizedTest
    @CsvSource({
        "USD", "HKD", "JPY", "THB", "EUR", "GBP", "CAD", "KRW", "AUD", "SGD", "NZD", "RUB", "CHF",
        "SEK", "DKK", "NOK", "AED", "TRY", "MOP", "TWD", "CZK", "MYR", "PHP", "IDR", "MNT", "QAR",
        "HUF", "KHR", "ISK", "PLN", "RON", "VND", "KZT", "AZN", "KGS", "FJD", "AMD"
    })
    void every_settlement_currency_has_a_rate(String currency) {
        assertThat(rates.knows(currency)).isTrue();
        assertThat(rates.scaled(currency)).isPositive();
    }

    @Test
    void an_invented_currency_is_unknown() {
        assertThat(rates.knows("XYZ")).isFalse();
    }
}
