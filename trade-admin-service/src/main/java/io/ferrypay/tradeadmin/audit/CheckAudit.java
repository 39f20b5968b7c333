package io.ferrypay.tradeadmin.audit;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.ProblemCode;
import io.ferrypay.tradeadmin.chain.ChainHash;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Works out the whole chain again and again. {@code audit.violations} tells how many links of the
 * last check were not what was written: not a number before the first, and after one that could not
 * be finished.
 */
@Component
public class CheckAudit {

    private static final Logger log = LoggerFactory.getLogger(CheckAudit.class);
    private static final int MOST_EXAMPLES = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ProblemCode RUNNING =
            ProblemCode.temporary("audit_check_running", 409, "The audit is being checked already");

    private final ReadAudit audit;
    private final TransactionTemplate moment;
    private final Clock clock;
    private final Lock running = new ReentrantLock();
    private final AtomicReference<Number> violations = new AtomicReference<>(Double.NaN);

    CheckAudit(
            ReadAudit audit,
            PlatformTransactionManager transactions,
            Clock clock,
            MeterRegistry metrics) {
        this.audit = audit;
        this.clock = clock;
        this.moment = new TransactionTemplate(transactions);
        moment.setReadOnly(true);
        moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        Gauge.builder("audit.violations", violations, known -> known.get().doubleValue())
                .description("Links that the last check of the audit found changed")
                .register(metrics);
    }

    /**
     * @param entries that were looked at
     * @param violations how many things are wrong
     * @param examples the first of them
     */
    public record Report(
            Instant checkedAt,
            long entries,
            long violations,
            List<String> examples,
            ReadAudit.Head head) {}

    /** Every instance may do this: it only reads. */
    @Scheduled(
            initialDelayString = "${ferry.audit.check-after-start:3m}",
            fixedDelayString = "${ferry.audit.check-every:15m}")
    void onTheClock() {
        try {
            check(null);
        } catch (RuntimeException e) {
            log.error("The audit could not be checked", e);
        }
    }

    /**
     * Checks now, and tells the metric and the log. One check runs at a time; it waits for another
     * for a while.
     *
     * @param known a head that was kept elsewhere, and has to be in the chain still
     */
    public Report check(ReadAudit.@Nullable Head known) {
        return check(known, PATIENCE);
    }

    /** Refuses with 409 {@code audit_check_running} rather than wait for another. */
    public Report checkAtOnce() {
        return check(null, Duration.ZERO);
    }

    private Report check(ReadAudit.@Nullable Head known, Duration patience) {
        try {
            if (!running.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ApiException.of(RUNNING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while waiting for another check", e);
        }
        try {
            return checkAlone(known);
        } finally {
            running.unlock();
        }
    }

    private Report checkAlone(ReadAudit.@Nullable Head known) {
        Report report;
        try {
            report = Objects.requireNonNull(moment.execute(_ -> look(known)));
        } catch (RuntimeException e) {
            violations.set(Double.NaN);
            throw e;
        }
        violations.set(report.violations());
        if (report.violations() > 0) {
            log.error(
                    "The audit is wrong: {} violations, such as {}",
                    report.violations(),
                    report.examples());
        }
        return report;
    }

    private Report look(ReadAudit.@Nullable Head known) {
        var checkedAt = clock.instant();
        var chain = new Chain();
        audit.forEach(chain::next);
        var head = audit.head();
        chain.end(head);
        if (known != null
                && !audit.hashOf(known.sequence()).equals(java.util.Optional.of(known.hash()))) {
            chain.found(known.sequence() + ": is not the head that was kept");
        }
        return new Report(
                checkedAt, chain.entries, chain.violations, List.copyOf(chain.examples), head);
    }

    private static final class Chain {
        private final List<String> examples = new ArrayList<>();
        private long violations;
        private long entries;
        private long sequence;
        private Instant at = Instant.EPOCH;
        private byte[] previous = ChainHash.start();

        void next(ReadAudit.Kept kept) {
            var entry = kept.entry();
            if (entry.sequence() != sequence + 1) {
                found((sequence + 1) + ": missing");
            }
            if (entry.at().isBefore(at)) {
                found(entry.sequence() + ": earlier than the one before");
            }
            if (!ReadAudit.hex(entry.hashAfter(previous)).equals(kept.hash())) {
                found(entry.sequence() + ": not what was written");
            }
            // So that one change is told once, not for all that follow.
            previous = HexFormat.of().parseHex(kept.hash());
            sequence = entry.sequence();
            at = entry.at();
            entries++;
        }

        void end(ReadAudit.Head head) {
            if (head.sequence() != sequence || !head.hash().equals(ReadAudit.hex(previous))) {
                found("does not end where its head says");
            }
        }

        void found(String what) {
            violations++;
            if (examples.size() < MOST_EXAMPLES) {
                examples.add(what);
            }
        }
    }
}
