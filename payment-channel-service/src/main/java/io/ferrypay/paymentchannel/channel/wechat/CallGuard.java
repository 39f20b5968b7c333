package io.ferrypay.paymentchannel.channel.wechat;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one account's trouble from becoming ours: a bounded number of calls at a time, and a
 * breaker per kind of call that stops asking while WeChat does not answer.
 */
final class CallGuard {

    private static final Logger log = LoggerFactory.getLogger(CallGuard.class);

    private final Bulkhead bulkhead;
    private final Map<WechatClient.Operation, CircuitBreaker> breakers =
            new EnumMap<>(WechatClient.Operation.class);

    CallGuard(String account, int maxConcurrentCalls) {
        this.bulkhead =
                Bulkhead.of(
                        "wechat-" + account,
                        BulkheadConfig.custom()
                                .maxConcurrentCalls(maxConcurrentCalls)
                                .maxWaitDuration(Duration.ofMillis(500))
                                .build());
        var config =
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(50)
                        .minimumNumberOfCalls(20)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(Duration.ofSeconds(5))
                        .permittedNumberOfCallsInHalfOpenState(5)
                        .build();
        for (var operation : WechatClient.Operation.values()) {
            var breaker = CircuitBreaker.of("wechat-" + account + "-" + operation, config);
            breaker.getEventPublisher()
                    .onStateTransition(event ->
                            log.warn(
                                    "Breaker {}: {}",
                                    event.getCircuitBreakerName(),
                                    event.getStateTransition()));
            breakers.put(operation, breaker);
        }
    }

    /** Makes the call, or says {@link WechatAnswer.NotNow} without making it. */
    <T> WechatAnswer<T> around(WechatClient.Operation operation, Supplier<WechatAnswer<T>> call) {
        var breaker = breakers.get(operation);
        if (breaker == null) {
            throw new IllegalStateException("No breaker for " + operation);
        }
        if (!bulkhead.tryAcquirePermission()) {
            return new WechatAnswer.NotNow<>("too many calls at once");
        }
        try {
            if (!breaker.tryAcquirePermission()) {
                return new WechatAnswer.NotNow<>("breaker open");
            }
            return recorded(breaker, call);
        } finally {
            bulkhead.onComplete();
        }
    }

    private static <T> WechatAnswer<T> recorded(
            CircuitBreaker breaker, Supplier<WechatAnswer<T>> call) {
        long start = System.nanoTime();
        boolean healthy = false;
        try {
            var answer = call.get();
            healthy =
                    switch (answer) {
                        case WechatAnswer.Done<T> _, WechatAnswer.Refused<T> _ -> true;
                        case WechatAnswer.Misconfigured<T> _ -> true;
                        case WechatAnswer.NotNow<T> _, WechatAnswer.Unknown<T> _ -> false;
                    };
            return answer;
        } finally {
            long nanos = System.nanoTime() - start;
            if (healthy) {
                breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            } else {
                breaker.onError(
                        nanos, TimeUnit.NANOSECONDS, new IllegalStateException("no answer"));
            }
        }
    }
}
