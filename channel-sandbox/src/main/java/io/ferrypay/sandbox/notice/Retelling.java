package io.ferrypay.sandbox.notice;

import io.ferrypay.sandbox.control.SandboxClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what there is to tell, each by a table of waits, until the merchant's server says yes.
 *
 * <p>What was sent is shown only when all that it changes is settled. So whoever sees it may count
 * what waits, move the clock to the next attempt, or restart the sandbox.
 *
 * @param <N> something that there is to tell
 * @param <F> how telling it goes wrong
 * @param <S> one copy of it that was sent, with the answer
 */
public final class Retelling<N, F extends Copies, S> {

    private static final Logger log = LoggerFactory.getLogger(Retelling.class);
    private static final int MAX_REMEMBERED = 20_000;

    private final ConcurrentHashMap<String, Pending<N>> pending = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<S> sent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger remembered = new AtomicInteger();
    private final Teller<N, F, S> teller;
    private final Waits waits;
    private final SandboxClock clock;
    private final ScheduledThreadPoolExecutor alarms;
    private final ExecutorService senders;
    private volatile boolean running;

    /**
     * @param company whose notifications these are, for the names of threads
     */
    public Retelling(String company, Teller<N, F, S> teller, Waits waits, SandboxClock clock) {
        this.teller = teller;
        this.waits = waits;
        this.clock = clock;
        this.alarms =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name(company + "-alarms").daemon().factory());
        this.alarms.setRemoveOnCancelPolicy(true);
        this.senders =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name(company + "-notification-", 0).factory());
    }

    /** Starts telling this, unless it is being told; comes back at once. */
    public void tell(N news) {
        var one = new Pending<>(news, waits, Progress.NONE);
        if (pending.putIfAbsent(teller.key(news), one) == null) {
            teller.begun(news);
            schedule(one, Duration.ofMillis(teller.faults(news).delayMs()));
        }
    }

    /** Goes on telling after a restart, unless it was accepted or given up. */
    public void tellOn(N news, Progress known) {
        var one = new Pending<>(news, waits, known);
        if (!known.accepted() && !one.isExhausted()) {
            pending.put(teller.key(news), one);
            scheduleNext(one);
        }
    }

    /**
     * Sends this once more, now, whether or not it was accepted before, and waits for the answers.
     * Only the copies and flaws of these faults count.
     */
    public List<S> sendNow(N news, F with) {
        var answers = new ArrayList<S>();
        try {
            answers.addAll(copies(news, 0, with));
            for (var i = 0; i < with.duplicate(); i++) {
                answers.add(teller.send(news, 0, with));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        answers.forEach(this::show);
        return answers;
    }

    /** How many nobody accepted yet. */
    public int waiting() {
        return pending.size();
    }

    /**
     * The newest that were sent, oldest first.
     *
     * @param limit how many at most
     */
    public List<S> sent(Predicate<S> which, int limit) {
        var matching = sent.stream().filter(which).toList();
        return matching.subList(Math.max(0, matching.size() - limit), matching.size());
    }

    /** Does this once, after that much true time; not at all when it was stopped before. */
    public void later(Duration delay, Runnable what) {
        if (running) {
            var _ = alarms.schedule(what, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void schedule(Pending<N> one, Duration delay) {
        if (!running) {
            return;
        }
        if (delay.isZero()) {
            one.alarm(null);
            senders.execute(() -> attempt(one));
        } else {
            one.alarm(
                    alarms.schedule(
                            () -> senders.execute(() -> attempt(one)),
                            delay.toNanos(),
                            TimeUnit.NANOSECONDS));
        }
    }

    private void scheduleNext(Pending<N> one) {
        var delay = one.untilNext(clock.instant(), clock.compression());
        if (delay != null) {
            schedule(one, delay);
        }
    }

    private void attempt(Pending<N> one) {
        var number = one.begin(clock.instant(), clock.compression());
        if (number == 0) {
            scheduleNext(one); // The alarm rang early, or the clock was moved meanwhile.
            return;
        }
        var key = teller.key(one.news);
        var with = teller.faults(one.news);
        var answers = answers(one.news, number, with);
        var accepted = answers.stream().anyMatch(teller::accepted);
        one.end(clock.instant());
        if (!isStillWanted(key, one, accepted)) {
            return;
        }
        teller.keep(one.news, one.progress(accepted));
        if (!accepted && one.isExhausted() && pending.remove(key, one)) {
            log.warn("Gave up telling about {}", key);
        }
        answers.forEach(this::show);
        if (accepted) {
            repeat(one.news, number, with);
        } else {
            scheduleNext(one);
        }
    }

    /** Whether nobody made the sandbox forget it meanwhile. */
    private boolean isStillWanted(String key, Pending<N> one, boolean accepted) {
        return accepted ? pending.remove(key, one) : pending.get(key) == one;
    }

    private List<S> answers(N news, int number, F with) {
        try {
            return number <= with.drop()
                    ? List.of(teller.lose(news, number))
                    : copies(news, number, with);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("Telling about {} failed", teller.key(news), e);
        }
        return List.of();
    }

    private void repeat(N news, int number, F with) {
        try {
            for (var i = 0; i < with.duplicate(); i++) {
                show(teller.send(news, number, with));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("Telling about {} again failed", teller.key(news), e);
        }
    }

    private List<S> copies(N news, int attempt, F with) throws InterruptedException {
        if (with.parallel() <= 1) {
            return List.of(teller.send(news, attempt, with));
        }
        var copies = new ArrayList<Callable<S>>();
        for (var i = 0; i < with.parallel(); i++) {
            copies.add(() -> teller.send(news, attempt, with));
        }
        var answers = new ArrayList<S>();
        for (var copy : senders.invokeAll(copies)) {
            try {
                answers.add(copy.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return answers;
    }

    private void show(S copy) {
        sent.add(copy);
        if (remembered.incrementAndGet() > MAX_REMEMBERED && sent.poll() != null) {
            remembered.decrementAndGet();
        }
    }

    /** Forgets what there is to tell and what was told. */
    public void reset() {
        pending.values().forEach(one -> one.alarm(null));
        pending.clear();
        sent.clear();
        remembered.set(0);
    }

    /** Before this nothing is sent. Whoever starts it then says what there is to tell on. */
    public void start() {
        running = true;
        clock.whenChanged(() -> pending.values().forEach(this::scheduleNext));
    }

    public void stop() {
        running = false;
        alarms.shutdownNow();
        senders.shutdownNow();
    }

    public boolean isRunning() {
        return running;
    }
}
