package io.ferrypay.tradeadmin.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.pricing.PriceList.RefundFee;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTest {

    @ParameterizedTest
    @CsvSource({
        // amount, rate, fixed, least, most, fee: all in minor units
        "12000, 0.008, 30, , , 126",
        "62, 0.008, 0, , , 0",
        "63, 0.008, 0, , , 1", // 0.504
        "125, 0.02, 0, , , 3", // 2.5 goes up
        "124, 0.02, 0, , , 2", // 2.48
        "100, 0.00005, 0, , , 0",
        "10000000, 0.00000005, 0, , , 1", // 0.5
        "12000, 0.008, 30, 200, , 200",
        "12000, 0.008, 30, , 100, 100",
        "20, 0.008, 30, , , 20", // never more than there is
        "20, 0, 0, 50, , 20",
        "999999999999999, 0.99999999, 0, , , 999999989999999"
    })
    void a_fee_is_rounded_once_and_half_up(
            long amount,
            BigDecimal rate,
            long fixed,
            @Nullable Long least,
            @Nullable Long most,
            long fee) {
        assertThat(new PriceRule("", 0, rate, fixed, least, most).fee(nzd(amount)))
                .isEqualTo(nzd(fee));
    }

    @Test
    void a_currency_without_decimals_is_rounded_to_whole_units() {
        var yen = new Money(1_050, Currency.of("JPY"));

        assertThat(rule("", 0, "0.01").fee(yen)).isEqualTo(new Money(11, Currency.of("JPY")));
    }

    @Test
    void the_rule_of_the_method_and_its_band_counts() {
        var list =
                fees(
                        rule("", 0, "0.01"),
                        rule("wechat", 0, "0.009"),
                        rule("wechat", 10_000, "0.005"));

        assertThat(list.fee("alipay", nzd(20_000))).isEqualTo(nzd(200));
        assertThat(list.fee("wechat", nzd(9_999))).isEqualTo(nzd(90));
        assertThat(list.fee("wechat", nzd(10_000))).isEqualTo(nzd(50));
    }

    @Test
    void a_way_to_pay_without_a_rule_costs_nothing() {
        assertThat(fees(rule("wechat", 0, "0.01")).fee("jdpay", nzd(100_000))).isEqualTo(nzd(0));
    }

    @Test
    void bands_leave_no_gap_and_do_not_overlap() {
        assertThatThrownBy(() -> fees(rule("wechat", 100, "0.01")))
                .hasMessageContaining("begins at zero");
        assertThatThrownBy(() -> fees(rule("", 0, "0.01"), rule("", 0, "0.02")))
                .hasMessageContaining("same amount");
        assertThatThrownBy(() -> fees()).hasMessageContaining("has rules");
    }

    @Test
    void a_margin_is_a_rate_and_nothing_else() {
        assertThatThrownBy(() ->
                        list(
                                PriceKind.MARGIN,
                                null,
                                new PriceRule("", 0, new BigDecimal("0.01"), 5, null, null)))
                .hasMessageContaining("A margin is a rate");
    }

    @ParameterizedTest
    @CsvSource({"-0.01", "1", "0.123456789"})
    void a_rate_is_a_fraction(BigDecimal rate) {
        assertThatThrownBy(() -> new PriceRule("", 0, rate, 0, null, null))
                .hasMessageContaining("fraction");
    }

    @Test
    void a_history_shows_what_came_what_went_and_what_changed() {
        var before =
                fees(rule("", 0, "0.01"), rule("wechat", 0, "0.009"), rule("jdpay", 0, "0.01"));
        var after =
                fees(rule("", 0, "0.010"), rule("wechat", 0, "0.008"), rule("alipay", 0, "0.01"));

        assertThat(after.since(before))
                .containsExactly(
                        new PriceList.Difference(rule("jdpay", 0, "0.01"), null),
                        new PriceList.Difference(
                                rule("wechat", 0, "0.009"), rule("wechat", 0, "0.008")),
                        new PriceList.Difference(null, rule("alipay", 0, "0.01")));
        assertThat(after.since(null)).hasSize(3);
    }

    private static PriceList fees(PriceRule... rules) {
        return list(PriceKind.FEE, RefundFee.KEEP, rules);
    }

    private static PriceList list(
            PriceKind kind, @Nullable RefundFee refundFee, PriceRule... rules) {
        return new PriceList(
                kind,
                "",
                Currency.NZD,
                1,
                Instant.EPOCH,
                refundFee,
                List.of(rules),
                "because",
                "somebody",
                Instant.EPOCH);
    }

    private static PriceRule rule(String method, long from, String rate) {
        return new PriceRule(method, from, new BigDecimal(rate), 0, null, null);
    }

    private static Money nzd(long minorUnits) {
        return new Money(minorUnits, Currency.NZD);
    }
}
