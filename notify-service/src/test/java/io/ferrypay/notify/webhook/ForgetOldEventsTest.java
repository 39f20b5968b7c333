package io.ferrypay.notify.webhook;

import static io.ferrypay.notify.webhook.Receiver.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.events.Event;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ForgetOldEventsTest extends NotifyServiceTest {

    @Autowired private ForgetOldEvents forgetOldEvents;

    @Test
    void what_was_heard_or_given_up_long_ago_is_forgotten_with_its_log() throws Exception {
        try (var shop = new Receiver()) {
            var heard = paid(shop.url());
            var dead = paid("http://10.0.0.9/");
            var young = paid(shop.url());
            happen(heard, dead, young);
            await().atMost(SOON)
                    .until(() ->
                            stateOf(heard.id()).equals("delivered")
                                    && stateOf(dead.id()).equals("dead")
                                    && stateOf(young.id()).equals("delivered"));
            old(91, heard, dead);
            old(89, young);

            forgetOldEvents.forget();
            for (var gone : new Event[] {heard, dead}) {
                assertThat(call("GET", "/v2/events/" + gone.id(), null).status()).isEqualTo(404);
                assertThat(deliveriesOf(gone)).isZero();
            }
            assertThat(call("GET", "/v2/events/" + young.id(), null).status()).isEqualTo(200);
            assertThat(deliveriesOf(young)).isEqualTo(1);
        }
    }

    @Test
    void what_somebody_is_still_to_hear_stays() throws Exception {
        try (var busy = new Receiver().answers(status(429, "Retry-After: 3600\r\n"));
                var shop = new Receiver()) {
            endpoint(shop);
            var event = paid(busy.url());
            happen(event);
            await().atMost(SOON)
                    .until(() ->
                            call("GET", "/v2/events/" + event.id() + "/deliveries", null)
                                            .body()
                                            .findValues("number")
                                            .size()
                                    == 2);
            old(91, event);

            forgetOldEvents.forget();
            assertThat(call("GET", "/v2/events/" + event.id(), null).status()).isEqualTo(200);
            assertThat(deliveriesOf(event)).as("the one that was heard stays with it").isEqualTo(2);
        }
    }

    @Test
    void it_goes_on_until_nothing_old_is_left() {
        var events = IntStream.range(0, 1_200).mapToObj(_ -> paid(null)).toArray(Event[]::new);
        happen(events);
        old(91, events);

        forgetOldEvents.forget();
        assertThat(
                        jdbc.sql("select count(*) from told_event where merchant_id = ?")
                                .param(merchant)
                                .query(Integer.class)
                                .single())
                .isZero();
    }

    private void old(int days, Event... events) {
        jdbc.sql(
                        "update told_event set taken_at = now() - make_interval(days => ?) where id = any(?)")
                .param(days)
                .param(Arrays.stream(events).map(Event::id).toArray(String[]::new))
                .update();
    }

    private int deliveriesOf(Event event) {
        return jdbc.sql("select count(*) from delivery where event_id = ?")
                .param(event.id())
                .query(Integer.class)
                .single();
    }
}
