package io.ferrypay.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.money.InvalidAmount.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @Test
    void what_is_written_is_read_again_in_every_currency() {
        var random = new Random(20261124);
        Currency.all()
                .forEach(currency -> {
                    for (var i = 0; i < 200; i++) {
                        var amount =
                                Money.ofMinor(random.nextLong(1_000_000_000_000_000L), currency);
                        assertThat(Money.parse(amount.toDecimalString(), currency))
                                .isEqualTo(amount);
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({
        "120.00,NZD,12000",
        "120,NZD,12000",
        "0.01,NZD,1",
        "120,JPY,120",
        "9999999999999.99,NZD,999999999999999"
    })
    void reads_plain_decimals(String text, String currency, long minorUnits) {
        assertThat(Money.parse(text, currency).minorUnits()).isEqualTo(minorUnits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1.00",
                "+1.00",
                "1e3",
                "1,000.00",
                " 1.00",
                "1.00 ",
                ".50",
                "1.",
                "01.00",
                "０.01",
                "NaN",
                "1.00NZD",
                "0x10",
                "٣.00"
            })
    void refuses_what_is_not_a_plain_decimal(String text) {
        assertThatExceptionOfType(InvalidAmount.class)
                .isThrownBy(() -> Money.parse(text, "NZD"))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.MALFORMED));
    }

    @ParameterizedTest
    @CsvSource({"1.005,NZD", "1.5,NZD", "1.0,JPY", "1.000,NZD"})
    void refuses_decimals_the_currency_does_not_have(String text, String currency) {
        assertThatExceptionOfType(InvalidAmount.class)
                .isThrownBy(() -> Money.parse(text, currency))
                .satisfies(
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.WRONG_DECIMALS));
    }

    @Test
    void refuses_more_digits_than_any_payment_has() {
        assertThatExceptionOfType(InvalidAmount.class)
                .isThrownBy(() -> Money.parse("10000000000000.00", "NZD"))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE));
        assertThatExceptionOfType(InvalidAmount.class)
                .isThrownBy(() -> Money.parse("1".repeat(100_000), "NZD"))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nzd", "XXX", "", "NZ", "NZDD", "\uD83D\uDCB0"})
    void refuses_currencies_it_does_not_know(String code) {
        assertThatThrownBy(() -> Currency.of(code)).isInstanceOf(UnknownCurrency.class);
    }

    @Test
    void sums_are_exact_or_refused() {
        var most = Money.ofMinor(Long.MAX_VALUE, Currency.NZD);

        assertThatThrownBy(() -> most.plus(Money.ofMinor(1, Currency.NZD)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.plus(Money.ofMinor(1, Currency.CNY)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Money.parse("0.10", "NZD").plus(Money.parse("0.20", "NZD")))
                .isEqualTo(Money.parse("0.30", "NZD"));
    }

    @Test
    void a_rate_rounds_only_as_told() {
        var rate = ExchangeRate.of("NZD", "CNY", "4.6450");

        assertThat(rate.convert(Money.parse("120.00", "NZD"), RoundingMode.UNNECESSARY))
                .isEqualTo(Money.parse("557.40", "CNY"));
        assertThat(rate.convertForDisplay(Money.parse("0.01", "NZD")))
                .isEqualTo(Money.parse("0.05", "CNY"));
        assertThat(rate.convert(Money.parse("0.01", "NZD"), RoundingMode.DOWN))
                .isEqualTo(Money.parse("0.04", "CNY"));
        assertThat(ExchangeRate.of("JPY", "CNY", "0.0468").convertToCover(Money.parse("1", "JPY")))
                .isEqualTo(Money.parse("0.05", "CNY"));
        assertThatThrownBy(() -> rate.convertForDisplay(Money.parse("1.00", "CNY")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExchangeRate(Currency.NZD, Currency.CNY, BigDecimal.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
