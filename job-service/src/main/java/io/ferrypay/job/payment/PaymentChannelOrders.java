package io.ferrypay.job.payment;

import io.ferrypay.job.payment.PaymentChannelJobs.Batch;
import io.ferrypay.job.payment.PaymentChannelJobs.Progress;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Gives payment-channel-service its orders, and leaves it alone for a while when it keeps failing.
 */
final class PaymentChannelOrders {
    private static final Logger log = LoggerFactory.getLogger(PaymentChannelOrders.class);

    private final CircuitBreaker breaker;
    private final JobMetrics metrics;
    private final Batch batch;
    private final int rounds;

    PaymentChannelOrders(CircuitBreaker breaker, JobMetrics metrics, Batch batch, int rounds) {
        this.breaker = breaker;
        this.metrics = metrics;
        this.batch = batch;
        this.rounds = rounds;
    }

    /** One run of a job: calls until nothing is left, at most {@code rounds} times. */
    void run(String job, Function<Batch, Progress> call) {
        var timing = metrics.start();
        try {
            for (var round = 1; round <= rounds; round++) {
                var progress = breaker.executeSupplier(() -> call.apply(batch));
                metrics.progressed(job, progress);
                if (progress.changed() > 0 || progress.unknown() > 0) {
                    log.info("{}: {}", job, progress);
                }
                if (!progress.mayHaveLeftSome(batch)) {
                    break;
                }
            }
            metrics.succeeded(job, timing);
        } catch (CallNotPermittedException e) {
            metrics.skipped(job, timing);
            log.debug("{} is not run while {} is open", job, breaker.getName());
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
