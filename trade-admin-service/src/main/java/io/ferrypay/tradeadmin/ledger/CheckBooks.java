package io.ferrypay.tradeadmin.ledger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Has the books checked again and again. {@code ledger.imbalance} tells how many violations the
 * last check found: not a number before the first, and after one that could not be finished.
 */
@Component
public class CheckBooks {

    private static final Logger log = LoggerFactory.getLogger(CheckBooks.class);

    private final VerifyBooks books;
    private final AtomicReference<Number> violations = new AtomicReference<>(Double.NaN);

    CheckBooks(VerifyBooks books, MeterRegistry metrics) {
        this.books = books;
        Gauge.builder("ledger.imbalance", violations, known -> known.get().doubleValue())
                .description("Violations the last check of the books found")
                .register(metrics);
    }

    /** Every instance may do this: it only reads. */
    @Scheduled(
            initialDelayString = "${ferry.ledger.check-after-start}",
            fixedDelayString = "${ferry.ledger.check-every}")
    void onTheClock() {
        try {
            check();
        } catch (RuntimeException e) {
            log.error("The books could not be checked", e);
        }
    }

    /** Checks now, and tells the metric and the log. */
    public BooksReport check() {
        violations.set(Double.NaN);
        var report = books.verify();
        violations.set(report.violations());
        for (var check : report.checks()) {
            if (check.violations() > 0) {
                log.error(
                        "The books are wrong: {} has {} violations, such as {}",
                        check.rule(),
                        check.violations(),
                        check.examples());
            }
        }
        return report;
    }
}
