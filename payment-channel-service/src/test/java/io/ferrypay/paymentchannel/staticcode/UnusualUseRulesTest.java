package io.ferrypay.paymentchannel.staticcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.risk.UsualUse.Usual;
import io.ferrypay.paymentchannel.staticcode.UnusualUse.Kind;
import io.ferrypay.paymentchannel.staticcode.UnusualUseRules.Finding;
import io.ferrypay.paymentchannel.staticcode.UnusualUseRules.Recent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnusualUseRulesTest {

    private static final Duration HOURS = Duration.ofHours(6);

    private final UnusualUseRules rules =
            new UnusualUseRules(
                    new StaticCodeSettings.UnusualUse(
                            20, 3, 10, 3, 10, 10, 70, HOURS, HOURS, Duration.ofDays(90)));

    /** Forty payments of 20.00 on average, five in the busiest hour, from ten to twelve. */
    private final Usual usual = new Usual(40, 80_000, 5, 5, Set.of(10, 11, 12));

    @Test
    void an_hour_like_others_is_not_unusual() {
        assertThat(judge(new Recent(14, 12, 2, 9_000, Set.of(10, 13)), usual)).isEmpty();
    }

    @Test
    void many_are_more_than_enough_and_far_more_than_in_the_busiest_hour() {
        assertThat(judge(new Recent(15, 15, 0, 2_000, Set.of(11)), usual)).isEmpty();
        assertThat(judge(new Recent(16, 16, 0, 2_000, Set.of(11)), usual))
                .containsExactly(new Finding(Kind.MANY_PAYMENTS, 16, 5L));
        var quiet = new Usual(40, 80_000, 5, 1, Set.of(11));
        assertThat(judge(new Recent(9, 9, 0, 2_000, Set.of(11)), quiet)).isEmpty();
    }

    @Test
    void an_amount_is_large_by_what_the_code_takes_on_average() {
        assertThat(judge(new Recent(1, 1, 0, 19_999, Set.of(11)), usual)).isEmpty();
        assertThat(judge(new Recent(1, 1, 0, 20_000, Set.of(11)), usual))
                .containsExactly(new Finding(Kind.LARGE_AMOUNT, 20_000, 2_000L));
    }

    @Test
    void an_hour_is_odd_if_none_beside_it_was_ever_used_also_around_midnight() {
        assertThat(judge(new Recent(1, 1, 0, 2_000, Set.of(9)), usual)).isEmpty();
        assertThat(judge(new Recent(2, 2, 0, 2_000, Set.of(11, 3)), usual))
                .containsExactly(new Finding(Kind.ODD_HOUR, 3, null));
        var late = new Usual(40, 80_000, 5, 5, Set.of(23));
        assertThat(judge(new Recent(1, 1, 0, 2_000, Set.of(0)), late)).isEmpty();
    }

    @Test
    void many_that_ended_unpaid_are_unusual_also_of_a_new_code() {
        assertThat(judge(new Recent(14, 4, 10, 2_000, Set.of(11)), Usual.NONE))
                .containsExactly(new Finding(Kind.MANY_UNPAID, 10, null));
        assertThat(judge(new Recent(15, 5, 10, 2_000, Set.of(11)), Usual.NONE)).isEmpty();
        assertThat(judge(new Recent(9, 0, 9, 0, Set.of()), Usual.NONE)).isEmpty();
    }

    @Test
    void what_is_usual_of_a_new_code_nobody_knows() {
        var recent = new Recent(60, 60, 0, 9_000_000, Set.of(3));
        assertThat(judge(recent, new Usual(19, 80_000, 5, 5, Set.of(11)))).isEmpty();
        assertThat(judge(recent, new Usual(40, 80_000, 2, 5, Set.of(11)))).isEmpty();
    }

    private List<Finding> judge(Recent recent, Usual known) {
        return rules.judge(recent, known);
    }
}
