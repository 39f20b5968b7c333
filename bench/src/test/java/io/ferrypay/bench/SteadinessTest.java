package io.ferrypay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SteadinessTest {

    @Test
    void what_rises_is_not_steady() {
        assertThat(after(100, 120, 150, 170, 200, 230, 260, 300, 310, 320)).isFalse();
    }

    @Test
    void what_is_level_is_steady_for_all_its_noise() {
        assertThat(after(100, 200, 410, 395, 402, 390, 408, 400, 396, 401, 404, 397)).isTrue();
    }

    @Test
    void a_few_seconds_say_nothing() {
        assertThat(after(400, 400, 400)).isFalse();
    }

    @Test
    void what_does_not_move_at_all_is_not_warm() {
        assertThat(after(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).isFalse();
    }

    private static boolean after(double... seconds) {
        var steadiness = new Steadiness();
        for (var second : seconds) {
            steadiness.add(second);
        }
        return steadiness.isReached();
    }
}
