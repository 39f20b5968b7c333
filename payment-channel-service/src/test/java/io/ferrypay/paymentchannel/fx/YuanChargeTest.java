package io.ferrypay.paymentchannel.fx;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class YuanChargeTest {

    private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");
    private static final String[] CURRENCIES = {"NZD", "JPY", "USD", "KRW", "GBP"};

    @Test
    void what_is_charged_always_buys_back_the_merchants_amount_and_never_a_fen_more_than_needed() {
        var random = new Random(20_261_125L);
        for (var i = 0; i < 100_000; i++) {
            var currency = Currency.of(CURRENCIES[random.nextInt(CURRENCIES.length)]);
            var amount = new Money(1 + random.nextLong(99_999_999L), currency);
            var rate = new BigDecimal(1 + random.nextLong(9_999_999_999L)).movePointLeft(8);
            var margin = new BigDecimal(random.nextInt(100_000)).movePointLeft(6);

            var charge =
                    ChargeRates.charge(
                            amount, new KnownRate("operator", currency.code(), rate, NOW), margin);

            var needed = amount.toDecimal().multiply(rate);
            var wanted = needed.multiply(BigDecimal.ONE.add(margin));
            var yuan = charge.yuan().toDecimal();
            assertThat(yuan).as("%s at %s", amount, rate).isGreaterThanOrEqualTo(needed);
            assertThat(yuan)
                    .as("%s at %s + %s", amount, rate, margin)
                    .isGreaterThanOrEqualTo(wanted);
            // The rate is kept with ten decimals, rounded up; beyond that less than one fen.
            var most = amount.toDecimal().multiply(charge.payerRate()).setScale(2, RoundingMode.UP);
            assertThat(yuan).isEqualByComparingTo(most);
            assertThat(
                            charge.payerRate()
                                    .subtract(
                                            wanted.divide(amount.toDecimal(), 20, RoundingMode.UP)))
                    .isLessThanOrEqualTo(new BigDecimal("0.0000000001"));
        }
    }

    @Test
    void a_hundred_and_twenty_dollars_at_4_6450_and_1_2_per_cent() {
        var charge =
                ChargeRates.charge(
                        new Money(12_000, Currency.of("NZD")),
                        new KnownRate("operator", "NZD", new BigDecimal("4.6450"), NOW),
                        new BigDecimal("0.012"));

        // 120 × 4.6450 = 557.40; with 1.2 % = 564.0888; up to the fen.
        assertThat(charge.yuan().toDecimalString()).isEqualTo("564.09");
        assertThat(charge.payerRate()).isEqualByComparingTo("4.70074");
    }
}
