package io.ferrypay.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferrypay.notify.webhook.Deliveries.Due;
import io.ferrypay.notify.webhook.Deliveries.Lane;
import io.ferrypay.notify.webhook.Deliveries.Turn;
import io.ferrypay.notify.webhook.Deliveries.Waiting;
import io.ferrypay.notify.webhook.KeepEndpoints.Owner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.jdbc.core.JdbcTemplate;

class ClaimInTurnTest {

    private static final WebhookSettings SETTINGS =
            new Binder().bindOrCreate("ferry.webhooks", WebhookSettings.class);

    private final Backlogs backlogs = new Backlogs();
    private final Breakers breakers = new Breakers(Duration.ofMillis(1));

    @Test
    void every_lane_gets_its_turn_before_one_gets_another() {
        IntStream.range(0, 600).forEach(lane -> backlogs.add("we_%03d".formatted(lane), 1_000));
        var lanes = new Lanes(10, 2, 1);
        var claims = new ClaimInTurn(backlogs, lanes, breakers, SETTINGS);

        var turns = new ArrayList<String>();
        while (turns.size() < 600) {
            for (var due : claims.next().deliveries()) {
                turns.add(due.lane().name());
                lanes.leave(due.lane(), 1);
            }
        }
        assertThat(turns).doesNotHaveDuplicates();
    }

    @Test
    void a_lane_that_is_full_is_passed_by() {
        backlogs.add("we_1", 1_000);
        backlogs.add("we_2", 1_000);
        var claims = new ClaimInTurn(backlogs, new Lanes(100, 50, 3), breakers, SETTINGS);

        assertThat(claims.next().deliveries()).hasSize(6);
        backlogs.asked.clear();
        assertThat(claims.next().deliveries()).isEmpty();
        assertThat(backlogs.asked).isEmpty();
    }

    @Test
    void a_receiver_that_is_down_gets_one_probe_at_a_time() {
        backlogs.add("we_1", 1_000);
        breakers.of("we_1").transitionToOpenState();
        var claims = new ClaimInTurn(backlogs, new Lanes(100, 50, 20), breakers, SETTINGS);

        await().until(() -> claims.next().deliveries().size() == 1);
        assertThat(claims.next().deliveries()).isEmpty();
        breakers.of("we_1").onSuccess(0, TimeUnit.NANOSECONDS);
        assertThat(claims.next().deliveries()).hasSize(19);
    }

    @Test
    void what_another_instance_took_first_costs_neither_place_nor_probe() {
        backlogs.add("we_1", 1_000);
        backlogs.add("we_2", 1_000);
        breakers.of("we_1").transitionToOpenState();
        backlogs.takenByAnother = true;
        var lanes = new Lanes(100, 50, 20);
        var claims = new ClaimInTurn(backlogs, lanes, breakers, SETTINGS);
        await().until(() -> {
            claims.next();
            return backlogs.asked.contains("we_1");
        });
        assertThat(lanes.total()).isZero();

        backlogs.takenByAnother = false;
        assertThat(claims.next().deliveries())
                .extracting(due -> due.lane().name())
                .contains("we_1", "we_2");
    }

    @Test
    void a_claim_that_fails_costs_neither() {
        backlogs.add("we_1", 1_000);
        backlogs.fails = true;
        var lanes = new Lanes(100, 50, 20);
        var claims = new ClaimInTurn(backlogs, lanes, breakers, SETTINGS);

        assertThatThrownBy(claims::next).isInstanceOf(IllegalStateException.class);
        assertThat(lanes.total()).isZero();
    }

    /** Stands for the table. */
    private static final class Backlogs extends Deliveries {

        private final List<Waiting> lanes = new ArrayList<>();
        private final List<String> asked = new ArrayList<>();
        private boolean takenByAnother;
        private boolean fails;

        Backlogs() {
            super(new JdbcTemplate(), Clock.systemUTC());
        }

        void add(String lane, int due) {
            lanes.add(new Waiting(new Lane(lane, new Owner("mer_of_" + lane, false)), due));
        }

        @Override
        List<Waiting> lanesAfter(String after, int count, int perLane) {
            return lanes.stream()
                    .filter(waiting -> waiting.lane().name().compareTo(after) > 0)
                    .limit(count)
                    .toList();
        }

        @Override
        List<Due> claim(List<Turn> turns, Duration lease) {
            if (fails) {
                throw new IllegalStateException();
            }
            turns.forEach(turn -> asked.add(turn.lane().name()));
            return takenByAnother
                    ? List.of()
                    : turns.stream()
                            .flatMap(turn ->
                                    Collections.nCopies(turn.places(), due(turn.lane())).stream())
                            .toList();
        }

        private static Due due(Lane lane) {
            return new Due(
                    1, "evt_1", "we_1", lane, 1, 0, Instant.MAX, "", "", null, List.of(), false);
        }
    }
}
