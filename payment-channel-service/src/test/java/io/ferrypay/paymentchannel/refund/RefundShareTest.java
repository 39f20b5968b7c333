package io.ferrypay.paymentchannel.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RefundShareTest {

    private static final Currency YUAN = Currency.of("CNY");
    private static final int ROUNDS = 20_000;

    private final Random random = new Random(20261125);

    @Test
    void a_part_is_worth_what_it_was_at_the_payment_s_rate() {
        assertThat(RefundShare.of(nzd(12_000), yuan(55_740), nzd(12_000), yuan(0), nzd(2_000)))
                .isEqualTo(yuan(9_290));
    }

    @Test
    void three_thirds_are_a_whole() {
        // 1.00 NZD was 4.64 yuan; 0.33 of it is 1.5312.
        var first = RefundShare.of(nzd(100), yuan(464), nzd(100), yuan(0), nzd(33));
        var second = RefundShare.of(nzd(100), yuan(464), nzd(67), yuan(153), nzd(33));
        var rest = RefundShare.of(nzd(100), yuan(464), nzd(34), yuan(306), nzd(34));

        assertThat(first).isEqualTo(yuan(153));
        assertThat(second).isEqualTo(yuan(153));
        assertThat(rest).isEqualTo(yuan(158));
    }

    @Test
    void however_a_payment_is_cut_its_parts_add_up_to_the_charge() {
        for (var round = 0; round < ROUNDS; round++) {
            var amount = nzd(1 + random.nextLong(round % 2 == 0 ? 50 : 99_999_999_999L));
            var charged = yuan(1 + random.nextLong(round % 3 == 0 ? 50 : 99_999_999_999L));
            var left = amount;
            var sum = yuan(0);
            while (left.isPositive()) {
                var part = nzd(1 + random.nextLong(left.minorUnits()));
                var share = RefundShare.of(amount, charged, left, sum, part);

                assertThat(share.isNegative()).isFalse();
                assertCloseToRate(amount, charged, part, share);
                sum = sum.plus(share);
                left = left.minus(part);
            }
            assertThat(sum).isEqualTo(charged);
        }
    }

    /** Refunds fail, and what they had set aside is refunded in other parts. */
    @Test
    void whatever_fails_in_between_the_sum_never_exceeds_the_charge_and_ends_at_it() {
        for (var round = 0; round < ROUNDS; round++) {
            var amount = nzd(1 + random.nextLong(100_000));
            var charged = yuan(1 + random.nextLong(500_000));
            var left = amount;
            var sum = yuan(0);
            var standing = new ArrayList<Money[]>();
            for (var step = 0; left.isPositive(); step++) {
                var part = step > 40 ? left : nzd(1 + random.nextLong(left.minorUnits()));
                var share = RefundShare.of(amount, charged, left, sum, part);
                sum = sum.plus(share);
                left = left.minus(part);
                standing.add(new Money[] {part, share});

                assertThat(sum).isLessThanOrEqualTo(charged);
                assertThat(sum).isEqualTo(RefundShare.share(amount, charged, amount.minus(left)));
                if (step < 40 && random.nextInt(3) == 0) {
                    var failed = standing.remove(random.nextInt(standing.size()));
                    left = left.plus(failed[0]);
                    sum = sum.minus(failed[1]);
                }
            }
            assertThat(sum).isEqualTo(charged);
        }
    }

    @Test
    void where_the_channel_takes_the_merchant_s_currency_a_part_is_itself() {
        for (var round = 0; round < ROUNDS; round++) {
            var amount = nzd(1 + random.nextLong(99_999_999_999L));
            var before = random.nextLong(amount.minorUnits());
            var part = nzd(1 + random.nextLong(amount.minorUnits() - before));

            assertThat(
                            RefundShare.of(
                                    amount,
                                    amount,
                                    nzd(amount.minorUnits() - before),
                                    nzd(before),
                                    part))
                    .isEqualTo(part);
        }
    }

    @Test
    void a_part_can_be_worth_nothing() {
        // A hundred units were charged one fen.
        assertThat(RefundShare.of(nzd(100), yuan(1), nzd(100), yuan(0), nzd(3)).isPositive())
                .isFalse();
    }

    @Test
    void more_than_is_left_has_no_share() {
        assertThatThrownBy(() -> RefundShare.of(nzd(100), yuan(464), nzd(10), yuan(0), nzd(11)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertCloseToRate(Money amount, Money charged, Money part, Money share) {
        var off =
                BigDecimal.valueOf(share.minorUnits())
                        .multiply(BigDecimal.valueOf(amount.minorUnits()))
                        .subtract(
                                BigDecimal.valueOf(charged.minorUnits())
                                        .multiply(BigDecimal.valueOf(part.minorUnits())))
                        .abs();
        // Both ends are rounded by at most half a unit.
        assertThat(off).isLessThanOrEqualTo(BigDecimal.valueOf(amount.minorUnits()));
    }

    private static Money nzd(long minorUnits) {
        return new Money(minorUnits, Currency.NZD);
    }

    private static Money yuan(long minorUnits) {
        return new Money(minorUnits, YUAN);
    }
}
