package io.ferrypay.gateway.upstream;

import io.ferrypay.gateway.problem.Refused;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Makes the guards, all with the same idea of what failing means. */
@Component
public class Guards {

    private static final Duration REST = Duration.ofSeconds(2);

    private final CircuitBreakerRegistry breakers =
            CircuitBreakerRegistry.of(
                    CircuitBreakerConfig.custom()
                            .slidingWindowType(SlidingWindowType.TIME_BASED)
                            .slidingWindowSize(10)
                            .minimumNumberOfCalls(20)
                            .failureRateThreshold(50)
                            .waitDurationInOpenState(REST)
                            .permittedNumberOfCallsInHalfOpenState(5)
                            .ignoreExceptions(Refused.class)
                            .writableStackTraceEnabled(false)
                            .build());

    Guards(MeterRegistry meters) {
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    }

    /** For calls whose number is limited elsewhere. */
    Guard named(String name) {
        return named(name, Integer.MAX_VALUE);
    }

    public Guard named(String name, int maxInFlight) {
        return new Guard(breakers.circuitBreaker(name), maxInFlight);
    }
}
