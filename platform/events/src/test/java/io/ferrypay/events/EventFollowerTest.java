package io.ferrypay.events;

import static io.ferrypay.events.EventTables.events;
import static io.ferrypay.events.EventTables.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

class EventFollowerTest {
    private static final FollowerSettings QUICK =
            new FollowerSettings(
                    10,
                    Duration.ZERO,
                    Duration.ofSeconds(8),
                    Duration.ofMillis(50),
                    5,
                    Duration.ofMillis(10));

    private final EventTables tables = new EventTables();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<EventFollower> running = new ArrayList<>();

    @AfterEach
    void close() {
        running.forEach(EventFollower::stop);
        tables.close();
    }

    @Test
    void every_event_is_applied_once_and_in_order() {
        var feed = new ListFeed(events(95));

        follow(feed, tables::apply);

        awaitApplied(95);
        assertThat(tables.applied()).isEqualTo(ids(events(95)));
        awaitCursor("1-95");
        assertThat(metrics.get("ferry.follower.applied").counter().count()).isEqualTo(95);
    }

    @Test
    void events_that_come_later_are_applied_too() {
        var feed = new ListFeed(events(3));
        follow(feed, tables::apply);
        awaitApplied(3);

        feed.add(EventTables.event("evt_4"));

        awaitApplied(4);
    }

    @Test
    void the_server_ends_a_transaction_that_takes_too_long() {
        var limits = new ArrayList<String>();
        follow(
                new ListFeed(events(1)),
                batch -> {
                    limits.add(tables.transactionTimeout());
                    tables.apply(batch);
                });

        awaitApplied(1);

        assertThat(limits).containsExactly("30s");
        assertThat(tables.transactionTimeout()).as("outside of it").isEqualTo("0");
    }

    @Test
    void a_restart_goes_on_where_it_was() {
        var feed = new ListFeed(events(20));
        var first = follow(feed, tables::apply);
        awaitApplied(20);
        first.stop();
        feed.add(EventTables.event("evt_21"));

        follow(feed, tables::apply);

        awaitApplied(21);
        assertThat(tables.applied()).doesNotHaveDuplicates();
    }

    @Test
    void a_crash_between_apply_and_cursor_move_applies_once() {
        var crashes = new AtomicInteger(2);

        follow(
                new ListFeed(events(10)),
                batch -> {
                    tables.apply(batch);
                    if (crashes.getAndDecrement() > 0) {
                        tables.jdbc.execute("select pg_terminate_backend(pg_backend_pid())");
                    }
                });

        awaitCursor("1-10");
        assertThat(tables.applied()).isEqualTo(ids(events(10)));
        assertThat(crashes).hasNonPositiveValue();
        assertThat(parked()).isEmpty();
    }

    @Test
    void a_batch_whose_commit_was_not_confirmed_is_not_applied_again() {
        var lost = new AtomicInteger();
        var unreliable =
                new TransactionOperations() {
                    @Override
                    public <T> T execute(TransactionCallback<T> action)
                            throws TransactionException {
                        var result = tables.transactions.execute(action);
                        if (lost.getAndIncrement() % 2 == 0) {
                            throw new TransactionSystemException("connection lost during commit");
                        }
                        return result;
                    }
                };

        follow(new ListFeed(events(30)), tables::apply, QUICK, unreliable);

        awaitCursor("1-30");
        assertThat(lost).hasValueGreaterThanOrEqualTo(3);
        assertThat(tables.applied()).isEqualTo(ids(events(30)));
    }

    @Test
    void a_poison_event_is_parked_after_five_tries_and_blocks_nothing() {
        var tries = new AtomicInteger();
        var cured = new AtomicBoolean();
        var parkedEvents = parkedEvents(tables.transactions);
        var follower =
                followers(parkedEvents, tables.transactions)
                        .follow(
                                "payments",
                                new ListFeed(events(15)),
                                batch -> {
                                    tables.apply(batch);
                                    if (!cured.get() && ids(batch).contains("evt_3")) {
                                        if (batch.size() == 1) {
                                            tries.incrementAndGet();
                                        }
                                        throw new IllegalStateException("shopper@example.com");
                                    }
                                },
                                QUICK);
        start(follower);

        awaitCursor("1-15");
        assertThat(tries).hasValue(5);
        assertThat(tables.applied()).hasSize(14).doesNotHaveDuplicates().doesNotContain("evt_3");
        var parked = parked().getFirst();
        assertThat(parked.event()).isEqualTo(EventTables.event("evt_3"));
        assertThat(parked.attempts()).isEqualTo(5);
        assertThat(parked.error()).contains("IllegalStateException").doesNotContain("shopper");
        assertThat(metrics.get("ferry.follower.parked").counter().count()).isEqualTo(1);
        assertThat(metrics.get("ferry.events.parked").gauge().value()).isEqualTo(1);

        assertThatThrownBy(() -> parkedEvents.retry("evt_3"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(parked().getFirst().attempts()).isEqualTo(6);
        assertThat(tables.applied()).doesNotContain("evt_3");

        cured.set(true);
        assertThat(parkedEvents.retry("evt_3")).isEqualTo(1);
        assertThat(parkedEvents.retry("evt_3")).isZero();
        assertThat(parked()).isEmpty();
        assertThat(tables.applied()).containsOnlyOnce("evt_3");
    }

    @Test
    void a_lock_that_is_not_free_yet_is_no_reason_to_park_an_event() {
        var refusals = new AtomicInteger(9);

        follow(
                new ListFeed(events(3)),
                batch -> {
                    if (refusals.getAndDecrement() > 0) {
                        throw new CannotAcquireLockException("busy");
                    }
                    tables.apply(batch);
                });

        awaitCursor("1-3");
        assertThat(tables.applied()).isEqualTo(ids(events(3)));
        assertThat(parked()).isEmpty();
    }

    @Test
    void tries_are_counted_across_restarts() {
        var feed = new ListFeed(events(1));
        var tries = new AtomicInteger();
        EventHandler failing =
                _ -> {
                    tries.incrementAndGet();
                    throw new IllegalStateException();
                };
        var slow =
                new FollowerSettings(
                        10,
                        Duration.ZERO,
                        Duration.ofSeconds(8),
                        Duration.ofMillis(50),
                        5,
                        Duration.ofMinutes(1));
        var first = follow(feed, failing, slow, tables.transactions);
        await().until(() -> attempts() == 1);
        first.stop();

        follow(feed, failing);

        await().until(() -> parked().size() == 1);
        assertThat(parked().getFirst().attempts()).isEqualTo(5);
    }

    @Test
    void an_unreachable_feed_parks_nothing_and_is_asked_again() {
        var list = new ListFeed(events(5));
        var refusals = new AtomicInteger(3);

        follow(
                (cursor, limit, wait) -> {
                    if (refusals.getAndDecrement() > 0) {
                        throw new FeedUnavailable("down", null);
                    }
                    return list.read(cursor, limit, wait);
                },
                tables::apply);

        awaitApplied(5);
        assertThat(parked()).isEmpty();
    }

    @Test
    void a_follower_whose_cursor_is_refused_stops_raises_an_alarm_and_goes_on_once_put_right() {
        var list = new ListFeed(events(5));
        var refuses = new AtomicBoolean();
        var followers = followers(parkedEvents(tables.transactions), tables.transactions);
        var health = new FollowersHealth(followers);
        var shortLease =
                new FollowerSettings(
                        10,
                        Duration.ZERO,
                        Duration.ofMillis(400),
                        Duration.ofMillis(50),
                        5,
                        Duration.ofMillis(10));
        var follower =
                start(
                        followers.follow(
                                "payments",
                                (cursor, limit, wait) -> {
                                    if (refuses.get() && !cursor.equals(EventFeed.BEGINNING)) {
                                        throw new CursorRefused(
                                                "cursor_of_another_epoch",
                                                new IllegalStateException());
                                    }
                                    return list.read(cursor, limit, wait);
                                },
                                tables::apply,
                                shortLease));
        awaitApplied(5);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        refuses.set(true);
        list.add(EventTables.event("evt_6"));

        await().until(() -> health.health().getStatus().equals(Status.DOWN));
        assertThat(health.health().getDetails())
                .containsEntry("payments", "cursor_of_another_epoch");
        assertThat(metrics.get("ferry.follower.refused").gauge().value()).isEqualTo(1);
        await().during(Duration.ofSeconds(1))
                .until(() -> tables.applied().size() == 5 && follower.isLeading());
        assertThat(parked()).isEmpty();

        tables.jdbc.update("update feed_cursor set cursor = '0-0'");
        refuses.set(false);

        await().until(() -> health.health().getStatus().equals(Status.UP));
        await().until(() -> tables.applied().contains("evt_6"));
        assertThat(metrics.get("ferry.follower.refused").gauge().value()).isZero();
    }

    @Test
    void no_transaction_is_open_while_the_feed_is_asked() {
        var list = new ListFeed(events(30));
        var open = new ArrayList<Long>();

        follow(
                (cursor, limit, wait) -> {
                    open.add(
                            tables.jdbc.queryForObject(
                                    """
                                    select count(*) from pg_stat_activity
                                     where datname = current_database() and pid <> pg_backend_pid()
                                       and (xact_start is not null or backend_xid is not null)
                                    """,
                                    Long.class));
                    return list.read(cursor, limit, wait);
                },
                tables::apply);

        awaitApplied(30);
        assertThat(open).isNotEmpty().containsOnly(0L);
    }

    @Test
    void two_instances_that_fight_over_a_feed_apply_nothing_twice() {
        var feed = new ListFeed(events(400));
        // Leases so short that each instance keeps losing its own in the middle of a batch.
        var fighting =
                new FollowerSettings(
                        10,
                        Duration.ZERO,
                        Duration.ofMillis(3),
                        Duration.ofMillis(1),
                        5,
                        Duration.ofMillis(5));
        var appliedBy = new AtomicInteger[] {new AtomicInteger(), new AtomicInteger()};
        Consumer<AtomicInteger> instance =
                mine ->
                        follow(
                                (cursor, limit, wait) -> {
                                    LockSupport.parkNanos(4_000_000);
                                    return feed.read(cursor, limit, wait);
                                },
                                batch -> {
                                    tables.apply(batch);
                                    mine.addAndGet(batch.size());
                                },
                                fighting,
                                tables.transactions);
        instance.accept(appliedBy[0]);
        instance.accept(appliedBy[1]);

        awaitCursor("1-400");

        assertThat(tables.applied()).isEqualTo(ids(events(400)));
        assertThat(appliedBy[0].get() + appliedBy[1].get()).isEqualTo(400);
        assertThat(appliedBy[0]).hasPositiveValue();
        assertThat(appliedBy[1]).hasPositiveValue();
        assertThat(parked()).isEmpty();
    }

    @Test
    void another_instance_takes_over_from_a_dead_one_within_ten_seconds() {
        var feed = new ListFeed(events(5));
        var hangs = new AtomicBoolean();
        var revived = new CountDownLatch(1);
        var dying =
                follow(
                        (cursor, limit, wait) -> {
                            var page = feed.read(cursor, limit, wait);
                            if (hangs.get()) {
                                awaitLatch(revived);
                            }
                            return page;
                        },
                        tables::apply,
                        FollowerSettings.DEFAULT,
                        tables.transactions);
        awaitApplied(5);
        var standby = follow(feed, tables::apply, FollowerSettings.DEFAULT, tables.transactions);
        hangs.set(true);
        await().during(Duration.ofMillis(500)).until(() -> !standby.isLeading());

        feed.add(EventTables.event("evt_6"));
        var died = System.nanoTime();

        await().atMost(Duration.ofSeconds(10)).until(() -> tables.applied().contains("evt_6"));
        assertThat(Duration.ofNanos(System.nanoTime() - died)).isLessThan(Duration.ofSeconds(10));
        assertThat(standby.isLeading()).isTrue();

        revived.countDown();
        feed.add(EventTables.event("evt_7"));
        awaitApplied(7);
        await().until(() -> !dying.isLeading());
        assertThat(tables.applied()).doesNotHaveDuplicates();
    }

    @Test
    void a_stopped_instance_hands_over_at_once() {
        var feed = new ListFeed(events(5));
        var first = follow(feed, tables::apply, FollowerSettings.DEFAULT, tables.transactions);
        awaitApplied(5);
        var second = follow(feed, tables::apply, FollowerSettings.DEFAULT, tables.transactions);

        first.stop();

        await().atMost(Duration.ofSeconds(3)).until(second::isLeading);
    }

    @Test
    void two_followers_of_one_service_cannot_share_a_name() {
        var followers = followers(parkedEvents(tables.transactions), tables.transactions);
        followers.follow("payments", new ListFeed(List.of()), tables::apply);

        assertThatThrownBy(
                        () -> followers.follow("payments", new ListFeed(List.of()), tables::apply))
                .isInstanceOf(IllegalStateException.class);
    }

    private EventFollower follow(EventFeed feed, EventHandler handler) {
        return follow(feed, handler, QUICK, tables.transactions);
    }

    private EventFollower follow(
            EventFeed feed,
            EventHandler handler,
            FollowerSettings settings,
            TransactionOperations transactions) {
        return start(
                followers(parkedEvents(transactions), transactions)
                        .follow("payments", feed, handler, settings));
    }

    private EventFollower start(EventFollower follower) {
        running.add(follower);
        follower.start();
        return follower;
    }

    private EventFollowers followers(
            ParkedEvents parkedEvents, TransactionOperations transactions) {
        return new EventFollowers(
                tables.client(), transactions, parkedEvents, metrics, Clock.systemUTC());
    }

    private ParkedEvents parkedEvents(TransactionOperations transactions) {
        return new ParkedEvents(tables.client(), transactions, Clock.systemUTC());
    }

    private List<ParkedEvent> parked() {
        return parkedEvents(tables.transactions).oldest(100);
    }

    private int attempts() {
        return tables
                .jdbc
                .queryForList("select failing_attempts from feed_cursor", Integer.class)
                .stream()
                .findFirst()
                .orElse(0);
    }

    private void awaitApplied(int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> tables.applied().size() == count);
    }

    private void awaitCursor(String cursor) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        tables.jdbc
                                .queryForList("select cursor from feed_cursor", String.class)
                                .contains(cursor));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
