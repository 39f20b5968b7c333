package io.ferrypay.gateway.upstream;

import io.ferrypay.gateway.problem.GatewayProblem;
import io.ferrypay.gateway.problem.Refused;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Mono;

/**
 * Stands before calls of one kind: it lets only so many run at once, and after too many failures it
 * refuses for a moment instead of letting callers wait for what will not come.
 */
public final class Guard {

    private static final Map<String, String> SOON = Map.of("Retry-After", "1");

    private final CircuitBreaker breaker;
    private final int maxInFlight;
    private final AtomicInteger inFlight = new AtomicInteger();

    Guard(CircuitBreaker breaker, int maxInFlight) {
        this.breaker = breaker;
        this.maxInFlight = maxInFlight;
    }

    /** A call that fails by its error only. */
    public <T> Mono<T> protect(Mono<T> call) {
        return protect(call, () -> true);
    }

    /**
     * @param sound asked when the call has ended without an error: whether it was a success for the
     *     breaker too
     */
    <T> Mono<T> protect(Mono<T> call, BooleanSupplier sound) {
        return Mono.defer(() -> admitted(call, sound));
    }

    private <T> Mono<T> admitted(Mono<T> call, BooleanSupplier sound) {
        if (inFlight.incrementAndGet() > maxInFlight) {
            inFlight.decrementAndGet();
            return Mono.error(unavailable("Too many requests are waiting for this service."));
        }
        if (!breaker.tryAcquirePermission()) {
            inFlight.decrementAndGet();
            return Mono.error(unavailable("This service keeps failing; we are giving it a rest."));
        }
        var started = breaker.getCurrentTimestamp();
        return call.doOnSuccess(
                        _ -> {
                            if (sound.getAsBoolean()) {
                                breaker.onSuccess(since(started), breaker.getTimestampUnit());
                            } else {
                                breaker.onError(
                                        since(started), breaker.getTimestampUnit(), new Unsound());
                            }
                        })
                .doOnError(failure ->
                        breaker.onError(since(started), breaker.getTimestampUnit(), failure))
                .doOnCancel(breaker::releasePermission)
                .doFinally(_ -> inFlight.decrementAndGet());
    }

    private long since(long started) {
        return breaker.getCurrentTimestamp() - started;
    }

    private static Refused unavailable(String detail) {
        return new Refused(GatewayProblem.SERVICE_UNAVAILABLE, detail, SOON);
    }

    private static final class Unsound extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unsound() {
            super("The service answered that it failed", null, false, false);
        }
    }
}
