package io.ferrypay.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.notify.webhook.Deliveries.Due;
import io.ferrypay.notify.webhook.Deliveries.Lane;
import io.ferrypay.notify.webhook.Deliveries.Sent;
import io.ferrypay.notify.webhook.Deliveries.Tried;
import io.ferrypay.notify.webhook.KeepEndpoints.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

class WriteResultsTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final ConcurrentLinkedQueue<Long> written = new ConcurrentLinkedQueue<>();

    @Test
    void an_outage_of_the_database_loses_nothing() throws Exception {
        var outage = new AtomicInteger(20);
        var results =
                writing(batch -> {
                    if (outage.getAndDecrement() > 0) {
                        throw new DataAccessResourceFailureException("no connection");
                    }
                });
        for (var id = 1L; id <= 3; id++) {
            results.handIn(result(id));
        }

        await().atMost(SOON).until(() -> written.size() == 3);
        assertThat(written).containsExactly(1L, 2L, 3L);
        results.finish(SOON);
    }

    @Test
    void one_result_that_is_never_accepted_keeps_no_other_waiting() throws Exception {
        var poison = 17L;
        var results =
                writing(batch -> {
                    if (batch.stream().anyMatch(tried -> tried.due().id() == poison)) {
                        throw new DataIntegrityViolationException("not this one");
                    }
                });
        for (var id = 1L; id <= 50; id++) {
            results.handIn(result(id));
        }
        results.finish(SOON);

        assertThat(written)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 50).filter(id -> id != poison).boxed().toList());
    }

    @Test
    void what_is_handed_in_last_is_written_before_the_end() throws Exception {
        var results = writing(_ -> {});
        results.handIn(result(1));
        await().atMost(SOON).until(() -> written.size() == 1);
        results.handIn(result(2));
        results.finish(SOON);

        assertThat(written).containsExactly(1L, 2L);
    }

    @Test
    void the_end_does_not_wait_for_a_database_that_is_gone() throws Exception {
        var results =
                writing(_ -> {
                    throw new DataAccessResourceFailureException("no connection");
                });
        results.handIn(result(1));
        var finished = new CountDownLatch(1);
        Thread.startVirtualThread(() -> {
            try {
                results.finish(Duration.ofMillis(100));
                finished.countDown();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(finished.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(written).isEmpty();
    }

    private interface Database {
        void write(List<Tried> batch);
    }

    private WriteResults writing(Database database) {
        var results =
                new WriteResults(
                        batch -> {
                            database.write(batch);
                            batch.forEach(tried -> written.add(tried.due().id()));
                        },
                        100,
                        Duration.ofMillis(1));
        results.start();
        return results;
    }

    private static Tried result(long id) {
        return new Tried(
                new Due(
                        id,
                        "evt_" + id,
                        null,
                        new Lane("lane", new Owner("mer_1", false)),
                        1,
                        0,
                        Instant.MAX,
                        "",
                        "",
                        null,
                        List.of(),
                        false),
                Instant.EPOCH,
                Duration.ZERO,
                new Sent(200, null, "", "", null),
                Tried.State.DELIVERED,
                null);
    }
}
