package io.ferrypay.job.payment;

import io.ferrypay.job.payment.PaymentChannelJobs.Batch;
import io.ferrypay.job.payment.PaymentChannelJobs.Progress;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Gives a service its orders, and leaves it alone for a while when it keeps failing; job by job,
 * because one that fails says nothing about the other.
 */
public final class JobOrders {
    private static final Logger log = LoggerFactory.getLogger(JobOrders.class);

    // One silent channel may be first in the queue, with the payments of others behind.
    private static final int MOST_SILENT_CALLS = 3;

    private final CircuitBreakerRegistry breakers;
    private final JobMetrics metrics;
    private final Batch batch;
    private final Duration budget;

    JobOrders(CircuitBreakerRegistry breakers, JobMetrics metrics, Batch batch, Duration budget) {
        this.breakers = breakers;
        this.metrics = metrics;
        this.batch = batch;
        this.budget = budget;
    }

    /** One run of a job: calls until nothing is left or no channel answers, for a limited time. */
    public void run(String job, Function<Batch, Progress> call) {
        var timing = metrics.start();
        var breaker = breakers.circuitBreaker(job);
        var end = System.nanoTime() + budget.toNanos();
        var silentCalls = 0;
        try {
            Progress progress;
            do {
                progress = breaker.executeSupplier(() -> call.apply(batch));
                metrics.progressed(job, progress);
                if (progress.changed() > 0 || progress.unknown() > 0) {
                    log.info("{}: {}", job, progress);
                }
                silentCalls = progress.isSilence() ? silentCalls + 1 : 0;
            } while (progress.mayHaveLeftSome(batch)
                    && silentCalls < MOST_SILENT_CALLS
                    && System.nanoTime() < end);
            metrics.succeeded(job, timing);
        } catch (CallNotPermittedException e) {
            metrics.skipped(job, timing);
            log.debug("{} is not run while its breaker is open", job);
        } catch (RestClientException | IllegalStateException e) {
            // Load balancing reports "no instance" as an IllegalStateException.
            metrics.failed(job, timing);
            log.warn("{} failed: {}", job, whatFailed(e));
        }
    }

    private static String whatFailed(RuntimeException failure) {
        return failure instanceof RestClientResponseException answered
                ? "answered with " + answered.getStatusCode().value()
                : NestedExceptionUtils.getMostSpecificCause(failure).toString();
    }
}
