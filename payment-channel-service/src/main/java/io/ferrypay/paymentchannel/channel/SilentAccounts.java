package io.ferrypay.paymentchannel.channel;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which accounts give no answer to one kind of question at the moment, as this instance has seen:
 * whoever has many to ask leaves these alone for a few seconds, so that the orders of one silent
 * company do not stand in the way of all others. Nothing is lost by it; what is due stays due.
 */
public final class SilentAccounts {

    /** A question is asked by eight at once: one round without any answer is enough. */
    static final int SILENT_QUESTIONS = 8;

    static final Duration REST = Duration.ofSeconds(10);

    private static final Duration NOT_MEASURED = Duration.ZERO;

    private final Map<String, CircuitBreaker> byAccount = new ConcurrentHashMap<>();
    private final CircuitBreakerConfig config;

    public SilentAccounts(Clock clock) {
        this.config =
                CircuitBreakerConfig.custom()
                        .clock(clock)
                        .slidingWindowSize(SILENT_QUESTIONS)
                        .minimumNumberOfCalls(SILENT_QUESTIONS)
                        .failureRateThreshold(100)
                        .waitDurationInOpenState(REST)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .build();
    }

    /**
     * @param answered whether the company said anything at all; a no is an answer
     */
    public void asked(String accountId, boolean answered) {
        ChannelHealth.count(
                byAccount.computeIfAbsent(accountId, id -> CircuitBreaker.of(id, config)),
                answered,
                NOT_MEASURED);
    }

    /** Accounts to leave alone now; asking about one again after its rest tells how it goes on. */
    public Set<String> resting() {
        return byAccount.entrySet().stream()
                .filter(account -> !ChannelHealth.isWilling(account.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
