package io.ferrypay.events;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Follows one feed: reads a page, applies it and moves the cursor in one local transaction, again
 * and again. Of all instances of a service one follows, the others stand by. Made by {@link
 * EventFollowers}; starts and stops with the application.
 */
public final class EventFollower implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventFollower.class);
    private static final Backoff TROUBLE =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
    private static final Duration LONGEST_RETRY_PAUSE = Duration.ofSeconds(5);
    private static final int PATIENCE_WITH_DATABASE = 10;

    private final String name;
    private final String holder = UUID.randomUUID().toString();
    private final EventFeed feed;
    private final EventHandler handler;
    private final FollowerSettings settings;
    private final FeedCursors cursors;
    private final ParkedEvents parkedEvents;
    private final TransactionOperations transactions;
    private final FollowerState state;
    private @Nullable Loop loop;

    // Only the loop's thread uses these.
    private FeedCursors.@Nullable Place held;
    private long renewAt;
    private boolean registered;

    EventFollower(
            String name,
            EventFeed feed,
            EventHandler handler,
            FollowerSettings settings,
            FeedCursors cursors,
            ParkedEvents parkedEvents,
            TransactionOperations transactions,
            FollowerState state) {
        this.name = name;
        this.feed = feed;
        this.handler = handler;
        this.settings = settings;
        this.cursors = cursors;
        this.parkedEvents = parkedEvents;
        this.transactions = transactions;
        this.state = state;
    }

    /** Whether this instance follows the feed now, rather than standing by. */
    public boolean isLeading() {
        return state.isLeading();
    }

    @Override
    public synchronized void start() {
        if (loop == null) {
            loop = Loop.start("follow-" + name, this::follow);
        }
    }

    /** Finishes what is being applied and leaves the feed to another instance at once. */
    @Override
    public synchronized void stop() {
        if (loop != null) {
            loop.stop();
            loop = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return loop != null;
    }

    private void follow(Loop me) throws InterruptedException {
        var troubles = 0;
        try {
            while (me.goesOn()) {
                Duration pause;
                try {
                    pause = step(me);
                    troubles = 0;
                } catch (InterruptedException e) {
                    throw e;
                } catch (CursorRefused e) {
                    // Going on from anywhere else could skip events, or undo what we know. The
                    // lease is kept and the feed asked again, for when a person has put it right.
                    troubles++;
                    held = null;
                    state.outOfTouch();
                    state.refused(e.reason());
                    noteRefusal(e, troubles);
                    pause = settings.lease().dividedBy(2);
                } catch (Exception | Error e) {
                    // The feed or our own database. The cursor has not moved, so ask again.
                    troubles++;
                    held = null;
                    state.outOfTouch();
                    note(e, troubles);
                    pause = TROUBLE.after(troubles);
                }
                me.sleep(pause);
            }
        } finally {
            release();
        }
    }

    /** One page, from lease to commit; the answer is how long to pause before the next. */
    Duration step(Loop me) throws InterruptedException {
        var place = lease();
        if (place == null) {
            state.standsBy();
            return new Backoff(settings.standby(), settings.standby()).after(1);
        }
        state.leads();
        // No transaction is open here: one that waits for the network would hold back every feed.
        var page =
                me.interruptibly(
                        () -> feed.read(place.cursor(), settings.pageSize(), settings.pollWait()));
        state.heard();
        if (!page.entries().isEmpty()) {
            state.behind(page.entries().getFirst().event().time());
        }
        held = null;
        return apply(place, page);
    }

    private FeedCursors.@Nullable Place lease() {
        if (held != null && System.nanoTime() < renewAt) {
            return held;
        }
        if (!registered) {
            cursors.register(name);
            registered = true;
        }
        held = null;
        return cursors.lease(name, holder, settings.lease()).orElse(null);
    }

    private void release() {
        if (state.isLeading()) {
            state.standsBy();
            held = null;
            try {
                cursors.release(name, holder);
            } catch (RuntimeException e) {
                log.info("The lease of {} runs out by itself: {}", name, Failures.describe(e));
            }
        }
    }

    private void noteRefusal(CursorRefused refusal, int troubles) {
        if (Integer.bitCount(troubles) == 1) {
            log.error(
                    "{} is not followed any more: its feed answers {}. Events may be missing here."
                            + " What to do is in docs/architecture.md, After a restore.",
                    name,
                    refusal.reason());
        }
    }

    private void note(Throwable trouble, int troubles) {
        if (Integer.bitCount(troubles) == 1) { // the 1st, 2nd, 4th, … so as not to flood the log
            log.warn("Cannot follow {} ({}. time): {}", name, troubles, Failures.describe(trouble));
            log.debug("Cannot follow {}", name, trouble);
        }
    }

    private Duration apply(FeedCursors.Place place, FeedPage page) {
        var entries = page.entries();
        if (entries.isEmpty()) {
            if (!page.next().equals(place.cursor())) {
                applyOnce(List.of(), place.cursor(), page.next());
            }
            state.level();
            return Duration.ZERO;
        }
        if (!entries.getFirst().event().id().equals(place.failingEvent())) {
            try {
                if (applyOnce(page.events(), place.cursor(), page.next())) {
                    noteLevel(page);
                }
                return Duration.ZERO;
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                log.warn("A batch of {} failed, going one by one: {}", name, Failures.describe(e));
                log.debug("A batch of {} failed", name, e);
            }
        }
        return applyOneByOne(place.cursor(), page);
    }

    private Duration applyOneByOne(String start, FeedPage page) {
        var cursor = start;
        for (var entry : page.entries()) {
            try {
                if (!applyOnce(List.of(entry.event()), cursor, entry.cursor())) {
                    return Duration.ZERO;
                }
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                var limit = triesAllowed(e);
                var attempts = failed(entry, cursor, e, limit);
                if (attempts < limit) {
                    return new Backoff(settings.retryPause(), LONGEST_RETRY_PAUSE).after(attempts);
                }
            }
            cursor = entry.cursor();
        }
        noteLevel(page);
        return Duration.ZERO;
    }

    /** False, with nothing changed, if the cursor is not where we thought or not ours to move */
    private boolean applyOnce(List<Event> events, String from, String to) {
        var started = System.nanoTime();
        var applied =
                Boolean.TRUE.equals(
                        transactions.execute(_ -> {
                            if (!cursors.lock(name, holder, from)) {
                                return false;
                            }
                            if (!events.isEmpty()) {
                                handler.apply(events);
                            }
                            cursors.move(name, to, settings.lease());
                            return true;
                        }));
        if (applied) {
            held = new FeedCursors.Place(to, null);
            renewAt = started + settings.lease().minus(settings.pollWait()).toNanos() / 2;
            state.applied(events.size());
        } else {
            log.info("{} was moved by another instance", name);
        }
        return applied;
    }

    /** Counts the failure; the last one parks the event and moves past it. */
    private int failed(FeedPage.Entry entry, String cursor, Throwable failure, int limit) {
        var event = entry.event();
        var error = Failures.describe(failure);
        var attempts =
                transactions.execute(_ -> {
                    if (!cursors.lock(name, holder, cursor)) {
                        return 0;
                    }
                    var tries = cursors.failed(name, event.id());
                    if (tries >= limit) {
                        parkedEvents.park(name, event, error, tries);
                        cursors.move(name, entry.cursor(), settings.lease());
                    }
                    return tries;
                });
        var tries = attempts == null ? 0 : attempts;
        if (tries >= limit) {
            state.parked();
            log.error("Parked {} of {} after {} tries: {}", event, name, tries, error);
        } else {
            log.warn("{} of {} failed for the {}. time: {}", event, name, tries, error);
        }
        log.debug("{} of {} failed", event, name, failure);
        return tries;
    }

    /**
     * A database in trouble says nothing against the event, but nothing may block a feed for ever.
     */
    private int triesAllowed(Throwable failure) {
        return Failures.mayPass(failure)
                ? Math.multiplyExact(settings.attempts(), PATIENCE_WITH_DATABASE)
                : settings.attempts();
    }

    private void noteLevel(FeedPage page) {
        if (page.entries().size() < settings.pageSize()) {
            state.level();
        }
    }
}
