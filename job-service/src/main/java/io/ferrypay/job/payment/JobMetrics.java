package io.ferrypay.job.payment;

import io.ferrypay.job.payment.PaymentChannelJobs.Progress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** How the jobs are doing: runs by outcome, what they did, and when each last succeeded. */
@Component
class JobMetrics {
    private static final String JOB = "job";

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<String, AtomicLong> lastSuccess = new ConcurrentHashMap<>();

    JobMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    Timer.Sample start() {
        return Timer.start(registry);
    }

    void progressed(String job, Progress progress) {
        count(job, "examined", progress.examined());
        count(job, "changed", progress.changed());
        count(job, "unknown", progress.unknown());
    }

    void succeeded(String job, Timer.Sample timing) {
        ended(job, timing, "succeeded");
        lastSuccess.computeIfAbsent(job, this::gauge).set(clock.instant().getEpochSecond());
    }

    void failed(String job, Timer.Sample timing) {
        ended(job, timing, "failed");
    }

    void skipped(String job, Timer.Sample timing) {
        ended(job, timing, "skipped");
    }

    private void ended(String job, Timer.Sample timing, String outcome) {
        timing.stop(registry.timer("ferry.job.runs", JOB, job, "outcome", outcome));
    }

    private void count(String job, String what, int payments) {
        registry.counter("ferry.job.payments", JOB, job, "result", what).increment(payments);
    }

    private AtomicLong gauge(String job) {
        var seconds = new AtomicLong();
        Gauge.builder("ferry.job.last.success", seconds, AtomicLong::get)
                .description("When the job last succeeded on this instance, in seconds since 1970")
                .tag(JOB, job)
                .register(registry);
        return seconds;
    }
}
