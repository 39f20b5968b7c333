package io.ferrypay.sandbox.payease;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.journal.Journal;
import io.ferrypay.sandbox.payease.Faults.Flaw;
import io.ferrypay.sandbox.payease.Faults.NotificationFaults;
import io.ferrypay.sandbox.payease.Notice.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the merchant's server how orders ended, until it says {@code sent}. Orders that end within
 * the same moment are told together, ten at most, as the real one does.
 */
@Component("payeaseNotifications")
class Notifications implements Resettable, SmartLifecycle {

    static final int MOST_IN_A_BATCH = 10;

    private static final Logger log = LoggerFactory.getLogger(Notifications.class);
    private static final String KIND = "payease-notice";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");
    private static final int SHOWN_OF_ANSWER = 500;
    private static final int MAX_REMEMBERED = 20_000;

    private final ConcurrentHashMap<String, Notice> pending = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<SentNotice> sent = new ConcurrentLinkedDeque<>();
    private final List<Ending> gathering = new ArrayList<>(); // Guarded by itself.
    private final ScheduledThreadPoolExecutor alarms = alarms();
    private final ExecutorService senders =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("payease-notification-", 0).factory());
    private final OkHttpClient http =
            new OkHttpClient.Builder().callTimeout(PATIENCE).followRedirects(false).build();
    private final NoticeText text;
    private final Settings settings;
    private final Faults faults;
    private final SandboxClock clock;
    private final Journal journal;
    private volatile boolean held;
    private volatile boolean running;

    Notifications(
            NoticeText text,
            Settings settings,
            Faults faults,
            SandboxClock clock,
            Journal journal) {
        this.text = text;
        this.settings = settings;
        this.faults = faults;
        this.clock = clock;
        this.journal = journal;
    }

    private static ScheduledThreadPoolExecutor alarms() {
        var executor =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("payease-alarms").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** Starts telling how this order ended; comes back at once. */
    void tell(Order order) {
        var ending = Ending.of(order);
        if (faults.singlesOut(order.number()) && !held) {
            send(List.of(ending));
            return;
        }
        synchronized (gathering) {
            gathering.add(ending);
            if (gathering.size() == 1 && !held && running) {
                var _ = alarms.schedule(this::flush, MOMENT.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Gathers endings until {@link #release}, so that a test decides what makes a batch. */
    void hold() {
        held = true;
    }

    /** Sends what was gathered. */
    void release() {
        held = false;
        flush();
    }

    private void flush() {
        List<Ending> endings;
        synchronized (gathering) {
            if (held) {
                return;
            }
            endings = new ArrayList<>(gathering);
            gathering.clear();
        }
        for (boolean gbk : new boolean[] {false, true}) {
            var ofPage = endings.stream().filter(ending -> ending.gbk() == gbk).toList();
            for (int i = 0; i < ofPage.size(); i += MOST_IN_A_BATCH) {
                send(ofPage.subList(i, Math.min(ofPage.size(), i + MOST_IN_A_BATCH)));
            }
        }
    }

    private void send(List<Ending> endings) {
        var notice = new Notice(UUID.randomUUID().toString(), endings);
        pending.put(notice.id, notice);
        remember(notice);
        schedule(notice, Duration.ofMillis(faultsOf(notice).delayMs()));
    }

    /** Sends how this order ended once more, alone and now, and waits for the answers. */
    List<SentNotice> sendAgain(Order order, NotificationFaults with) {
        if (order.state() != Order.State.PAID && order.state() != Order.State.FAILED) {
            throw new Refused("The order has not ended");
        }
        var notice = new Notice(UUID.randomUUID().toString(), List.of(Ending.of(order)));
        try {
            var answers = new ArrayList<>(copies(notice, 0, with));
            for (int i = 0; i < with.duplicate(); i++) {
                answers.add(post(notice, 0, with));
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** The newest notifications, oldest first; only those about that order, if one is named. */
    List<SentNotice> sent(@Nullable String number, int limit) {
        var matching =
                sent.stream()
                        .filter(notice -> number == null || notice.numbers().contains(number))
                        .toList();
        return matching.subList(Math.max(0, matching.size() - limit), matching.size());
    }

    /** How many notifications nobody accepted yet. */
    int waiting() {
        return pending.size();
    }

    private void schedule(Notice notice, Duration delay) {
        if (!running) {
            return;
        }
        if (delay.isZero()) {
            notice.alarm(null);
            senders.execute(() -> attempt(notice));
        } else {
            notice.alarm(
                    alarms.schedule(
                            () -> senders.execute(() -> attempt(notice)),
                            delay.toNanos(),
                            TimeUnit.NANOSECONDS));
        }
    }

    private void scheduleNext(Notice notice) {
        var delay = notice.untilNext(clock.instant(), clock.compression());
        if (delay != null) {
            schedule(notice, delay);
        } else if (notice.isExhausted() && pending.remove(notice.id, notice)) {
            log.warn("Payease gave up telling about {} orders", notice.endings.size());
        }
    }

    private void attempt(Notice notice) {
        int number = notice.begin(clock.instant(), clock.compression());
        if (number == 0) {
            scheduleNext(notice); // The alarm rang early, or the clock was moved meanwhile.
            return;
        }
        boolean accepted = false;
        try {
            var with = faultsOf(notice);
            if (number <= with.drop()) {
                note(notice, number, List.of("DROPPED"), 0, null, "not sent", false);
            } else {
                accepted = copies(notice, number, with).stream().anyMatch(SentNotice::accepted);
            }
            for (int i = 0; accepted && i < with.duplicate(); i++) {
                post(notice, number, with);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("Telling the merchant failed", e);
        } finally {
            notice.end(clock.instant(), accepted);
        }
        if (accepted) {
            pending.remove(notice.id, notice);
            remember(notice);
        } else if (pending.get(notice.id) == notice) {
            remember(notice);
            scheduleNext(notice);
        }
    }

    private List<SentNotice> copies(Notice notice, int attempt, NotificationFaults with)
            throws InterruptedException {
        if (with.parallel() <= 1) {
            return List.of(post(notice, attempt, with));
        }
        var copies = new ArrayList<Callable<SentNotice>>();
        for (int i = 0; i < with.parallel(); i++) {
            copies.add(() -> post(notice, attempt, with));
        }
        var answers = new ArrayList<SentNotice>();
        for (var copy : senders.invokeAll(copies)) {
            try {
                answers.add(copy.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return answers;
    }

    private SentNotice post(Notice notice, int attempt, NotificationFaults with) {
        var flaws = with.flaws(Math.max(attempt, 1));
        var form = text.write(notice.endings, flaws);
        var names = flaws.stream().map(Flaw::name).toList();
        var agreed = settings.now();
        var request = new Request.Builder();
        if (agreed.notifyByGet()) {
            var url = agreed.notificationUrl();
            request.url(url + (url.contains("?") ? "&" : "?") + form);
        } else {
            request.url(agreed.notificationUrl())
                    .post(RequestBody.create(form.getBytes(StandardCharsets.US_ASCII), FORM));
        }
        long start = System.nanoTime();
        try (var response = http.newCall(request.build()).execute()) {
            var answer =
                    new String(
                            response.body().byteStream().readNBytes(SHOWN_OF_ANSWER),
                            StandardCharsets.UTF_8);
            return note(
                    notice,
                    attempt,
                    names,
                    start,
                    response.code(),
                    answer,
                    response.code() == 200 && answer.strip().equals("sent"));
        } catch (IOException e) {
            // Names the kind of failure only: the message may quote addresses.
            return note(notice, attempt, names, start, null, e.getClass().getSimpleName(), false);
        }
    }

    private SentNotice note(
            Notice notice,
            int attempt,
            List<String> flaws,
            long start,
            @Nullable Integer status,
            String answer,
            boolean accepted) {
        var noted =
                new SentNotice(
                        notice.id,
                        notice.endings.stream().map(Ending::number).toList(),
                        attempt,
                        flaws,
                        settings.now().notificationUrl(),
                        clock.instant(),
                        start == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                        status,
                        answer,
                        accepted);
        sent.add(noted);
        while (sent.size() > MAX_REMEMBERED) {
            sent.poll();
        }
        return noted;
    }

    private NotificationFaults faultsOf(Notice notice) {
        return faults.notificationsOf(notice.endings.getFirst().number());
    }

    private void remember(Notice notice) {
        if (journal.keeps()) {
            journal.put(KIND, notice.id, JSON.valueToTree(notice.kept()));
        }
    }

    private void resume() {
        for (var json : journal.remembered(KIND).values()) {
            var notice = Notice.of(JSON.treeToValue(json, Notice.Kept.class));
            if (!notice.isAccepted() && !notice.isExhausted()) {
                pending.put(notice.id, notice);
                scheduleNext(notice);
            }
        }
    }

    @Override
    public void reset() {
        pending.values().forEach(notice -> notice.alarm(null));
        pending.clear();
        sent.clear();
        held = false;
        synchronized (gathering) {
            gathering.clear();
        }
    }

    @Override
    public void start() {
        running = true;
        clock.whenChanged(() -> pending.values().forEach(this::scheduleNext));
        resume();
    }

    @Override
    public void stop() {
        running = false;
        alarms.shutdownNow();
        senders.shutdownNow();
        flushToJournal();
    }

    /** What was gathered and not yet sent is sent after the next start. */
    private void flushToJournal() {
        synchronized (gathering) {
            for (var ending : gathering) {
                remember(new Notice(UUID.randomUUID().toString(), List.of(ending)));
            }
            gathering.clear();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
