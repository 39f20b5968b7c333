package io.ferrypay.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.notify.webhook.Deliveries.Lane;
import io.ferrypay.notify.webhook.KeepEndpoints.Owner;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Lanes lanes = new Lanes(192, 48, 24);

    @Test
    void a_lane_has_a_limit_and_so_has_a_merchant() {
        assertThat(fill(lane("mer_1", "we_1"))).isEqualTo(24);
        assertThat(fill(lane("mer_1", "we_2"))).isEqualTo(24);
        assertThat(fill(lane("mer_1", "we_3"))).isZero();
        assertThat(lanes.free()).isEqualTo(144);
    }

    @Test
    void a_place_that_is_left_can_be_taken_again() {
        var lane = lane("mer_1", "we_1");
        fill(lane);
        lanes.leave(lane, 3);

        assertThat(lanes.room(lane)).isEqualTo(3);
        lanes.leave(lane, 21);
        assertThat(lanes.total()).isZero();
    }

    @Test
    void the_test_mode_takes_nothing_from_the_live_mode() {
        fill(lane("mer_1", "we_1"));
        fill(lane("mer_1", "we_2"));

        assertThat(lanes.room(new Lane("we_live", new Owner("mer_1", true)))).isEqualTo(24);
    }

    @Test
    void however_much_forty_merchants_want_the_next_one_finds_a_place() {
        for (var merchant = 0; merchant < 40; merchant++) {
            for (var endpoint = 0; endpoint < 10; endpoint++) {
                fill(lane("mer_" + merchant, "we_" + merchant + "_" + endpoint));
            }
        }

        assertThat(lanes.room(lane("mer_next", "we_next"))).isPositive();
    }

    @Test
    void there_are_never_more_than_all_places() {
        for (var merchant = 0; merchant < 300; merchant++) {
            fill(lane("mer_" + merchant, "we_" + merchant));
        }

        assertThat(lanes.free()).isZero();
    }

    @Test
    void who_has_much_gives_way_when_it_gets_tight() {
        var early = lane("mer_early", "we_early");
        fill(early);
        for (var merchant = 0; merchant < 100; merchant++) {
            fill(lane("mer_" + merchant, "we_" + merchant));
        }
        lanes.leave(early, 1);

        assertThat(lanes.room(early)).isZero();
        assertThat(lanes.room(lane("mer_new", "we_new"))).isPositive();
    }

    /** Takes what there is, and says how many places that is. */
    private int fill(Lane lane) {
        var room = lanes.room(lane);
        if (room > 0) {
            lanes.enter(lane, room);
        }
        return room;
    }

    private static Lane lane(String merchant, String name) {
        return new Lane(name, new Owner(merchant, false));
    }
}
