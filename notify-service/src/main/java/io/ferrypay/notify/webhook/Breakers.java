package io.ferrypay.notify.webhook;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A breaker for each endpoint: after ten failures in a row it lets only one probe through at a time
 * until one succeeds. The most recently used are kept.
 */
final class Breakers {

    private static final int MOST = 5000;
    private static final int FAILURES = 10;

    private final CircuitBreakerConfig config;
    private final Map<String, CircuitBreaker> breakers =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(64, 0.75f, true) {
                        @Override
                        protected boolean removeEldestEntry(
                                Map.Entry<String, CircuitBreaker> eldest) {
                            return size() > MOST;
                        }
                    });

    Breakers(Duration pause) {
        config =
                CircuitBreakerConfig.custom()
                        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(FAILURES)
                        .minimumNumberOfCalls(FAILURES)
                        .failureRateThreshold(100)
                        .waitDurationInOpenState(pause)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .build();
    }

    CircuitBreaker of(String lane) {
        return breakers.computeIfAbsent(lane, name -> CircuitBreaker.of(name, config));
    }
}
