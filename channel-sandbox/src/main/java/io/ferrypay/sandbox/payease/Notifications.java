package io.ferrypay.sandbox.payease;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.journal.Journal;
import io.ferrypay.sandbox.notice.Progress;
import io.ferrypay.sandbox.notice.Retelling;
import io.ferrypay.sandbox.notice.Teller;
import io.ferrypay.sandbox.notice.Waits;
import io.ferrypay.sandbox.payease.Faults.Flaw;
import io.ferrypay.sandbox.payease.Faults.NotificationFaults;
import io.ferrypay.sandbox.payease.Notice.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the merchant's server how orders ended, until it says {@code sent}. Orders that end within
 * the same moment are told together, ten at most, as the real one does.
 */
@Component("payeaseNotifications")
class Notifications
        implements Resettable, SmartLifecycle, Teller<Notice, NotificationFaults, SentNotice> {

    static final int MOST_IN_A_BATCH = 10;

    /** How long it waits after each attempt; how the real one does is not public. */
    private static final Waits WAITS =
            Waits.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(3),
                    Duration.ofHours(6),
                    Duration.ofHours(12),
                    Duration.ofHours(24));

    private static final String KIND = "payease-notice";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");
    private static final int SHOWN_OF_ANSWER = 500;

    private final Retelling<Notice, NotificationFaults, SentNotice> telling;
    private final List<Ending> gathering = new ArrayList<>(); // Guarded by itself.
    private final OkHttpClient http =
            new OkHttpClient.Builder().callTimeout(PATIENCE).followRedirects(false).build();
    private final NoticeText text;
    private final Settings settings;
    private final Faults faults;
    private final SandboxClock clock;
    private final Journal journal;
    private volatile boolean held;

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
        this.telling = new Retelling<>("payease", this, WAITS, clock);
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
            if (gathering.size() == 1 && !held) {
                telling.later(MOMENT, this::flush);
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
        telling.tell(Notice.of(endings));
    }

    /** Sends how this order ended once more, alone and now, and waits for the answers. */
    List<SentNotice> sendAgain(Order order, NotificationFaults with) {
        if (order.state() != Order.State.PAID && order.state() != Order.State.FAILED) {
            throw new Refused("The order has not ended");
        }
        return telling.sendNow(Notice.of(List.of(Ending.of(order))), with);
    }

    /** The newest notifications, oldest first; only those about that order, if one is named. */
    List<SentNotice> sent(@Nullable String number, int limit) {
        return telling.sent(notice -> number == null || notice.numbers().contains(number), limit);
    }

    /** How many notifications nobody accepted yet. */
    int waiting() {
        return telling.waiting();
    }

    @Override
    public String key(Notice notice) {
        return notice.id();
    }

    @Override
    public NotificationFaults faults(Notice notice) {
        return faults.notificationsOf(notice.endings().getFirst().number());
    }

    @Override
    public SentNotice send(Notice notice, int attempt, NotificationFaults with) {
        return post(notice, attempt, with);
    }

    @Override
    public SentNotice lose(Notice notice, int attempt) {
        return note(notice, attempt, List.of("DROPPED"), 0, null, "not sent", false);
    }

    @Override
    public boolean accepted(SentNotice sent) {
        return sent.accepted();
    }

    @Override
    public void begun(Notice notice) {
        keep(notice, Progress.NONE);
    }

    @Override
    public void keep(Notice notice, Progress progress) {
        if (journal.keeps()) {
            journal.put(KIND, notice.id(), JSON.valueToTree(new Kept(notice, progress)));
        }
    }

    private SentNotice post(Notice notice, int attempt, NotificationFaults with) {
        var flaws = with.flaws(Math.max(attempt, 1));
        var form = text.write(notice.endings(), flaws);
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
        return new SentNotice(
                notice.id(),
                notice.endings().stream().map(Ending::number).toList(),
                attempt,
                flaws,
                settings.now().notificationUrl(),
                clock.instant(),
                start == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                status,
                answer,
                accepted);
    }

    private void resume() {
        for (var json : journal.remembered(KIND).values()) {
            var known = JSON.treeToValue(json, Kept.class);
            telling.tellOn(known.notice(), known.progress());
        }
    }

    @Override
    public void reset() {
        telling.reset();
        held = false;
        synchronized (gathering) {
            gathering.clear();
        }
    }

    @Override
    public void start() {
        telling.start();
        resume();
    }

    @Override
    public void stop() {
        telling.stop();
        flushToJournal();
    }

    /** What was gathered and not yet sent is sent after the next start. */
    private void flushToJournal() {
        synchronized (gathering) {
            for (var ending : gathering) {
                keep(Notice.of(List.of(ending)), Progress.NONE);
            }
            gathering.clear();
        }
    }

    @Override
    public boolean isRunning() {
        return telling.isRunning();
    }

    /** What a restarted sandbox needs to know to go on. */
    record Kept(Notice notice, Progress progress) {}
}
