package io.ferrypay.paymentchannel.channel;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How well each account's calls, and each bank's payments, have gone lately in this instance. It
 * only tells: what is known to be down is not offered to payers, and nothing is ever sent another
 * way because of it, for an unknown result may be a payment.
 */
@Component
public class ChannelHealth {

    private static final Logger log = LoggerFactory.getLogger(ChannelHealth.class);

    /** By account, then by kind of call. */
    private final Map<String, Map<String, CircuitBreaker>> calls = new ConcurrentHashMap<>();

    private final Map<String, CircuitBreaker> banks = new ConcurrentHashMap<>();
    private final PlannedMaintenance maintenance;

    @Autowired
    ChannelHealth(PlannedMaintenance maintenance) {
        this.maintenance = maintenance;
    }

    /** Without any maintenance. */
    public ChannelHealth() {
        this(_ -> Optional.empty());
    }

    /**
     * How it goes.
     *
     * @param available whether it is worth offering
     * @param successPercent of the last calls or payments; null until there are enough
     * @param maintenanceUntil when its maintenance ends, while there is one; then it is not
     *     available
     */
    public record Health(
            boolean available,
            @Nullable Integer successPercent,
            @Nullable Instant maintenanceUntil) {}

    /**
     * How one kind of an account's calls goes, in this instance.
     *
     * @param state of its breaker: {@code closed} is well, {@code open} and {@code half_open} not
     * @param calls how many the percentage is of
     */
    public record Calls(
            String operation, String state, @Nullable Integer successPercent, int calls) {}

    private static final Health NOTHING_AGAINST_IT = new Health(true, null, null);

    /**
     * Of an account, as its worst kind of call goes (where we cannot ask what became of an order,
     * we had better place none); or of one bank behind it.
     */
    public Health of(String accountId, @Nullable String bankCode) {
        return maintenance
                .until(accountId)
                .map(until -> new Health(false, null, until))
                .orElseGet(() -> healthOf(accountId, bankCode));
    }

    /** What its calls show, whether it is offered or not; the kinds in their order. */
    public List<Calls> calls(String accountId) {
        return calls.getOrDefault(accountId, Map.of()).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(kind -> {
                    var metrics = kind.getValue().getMetrics();
                    var failing = metrics.getFailureRate();
                    return new Calls(
                            kind.getKey(),
                            kind.getValue().getState().name().toLowerCase(Locale.ROOT),
                            failing < 0 ? null : Math.round(100 - failing),
                            metrics.getNumberOfBufferedCalls());
                })
                .toList();
    }

    private Health healthOf(String accountId, @Nullable String bankCode) {
        var account =
                calls.getOrDefault(accountId, Map.of()).values().stream()
                        .map(ChannelHealth::health)
                        .reduce(NOTHING_AGAINST_IT, ChannelHealth::worse);
        if (bankCode == null || !account.available()) {
            return account;
        }
        var bank = banks.get(key(accountId, bankCode));
        return bank == null ? NOTHING_AGAINST_IT : health(bank);
    }

    /** Of charging the codes that wallets show, which has a guard of its own. */
    public Health ofCharges(String accountId) {
        return worse(of(accountId, null), of(CallGuard.ofCharges(accountId), null));
    }

    /**
     * Counts one payment that a bank has decided; an account without banks has nothing to count
     * here.
     */
    public void bankAnswered(String accountId, @Nullable String bankCode, boolean paid) {
        if (bankCode == null) {
            return;
        }
        count(
                banks.computeIfAbsent(key(accountId, bankCode), ChannelHealth::ofBank),
                paid,
                Duration.ZERO);
    }

    /** The breaker around one kind of an account's calls, made at its first use. */
    CircuitBreaker ofCalls(String accountId, String operation) {
        return calls.computeIfAbsent(accountId, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(operation, _ -> ofAccount(accountId + "-" + operation));
    }

    static void count(CircuitBreaker breaker, boolean good, Duration took) {
        if (good) {
            breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            breaker.onError(
                    took.toNanos(),
                    TimeUnit.NANOSECONDS,
                    new IllegalStateException("no usable answer"));
        }
    }

    private static Health health(CircuitBreaker breaker) {
        var willing = isWilling(breaker);
        var failing = breaker.getMetrics().getFailureRate();
        return new Health(willing, failing < 0 ? null : Math.round(100 - failing), null);
    }

    /** Asking for a permission is what moves a breaker on when its rest is over. */
    static boolean isWilling(CircuitBreaker breaker) {
        var willing = breaker.tryAcquirePermission();
        if (willing) {
            breaker.releasePermission();
        }
        return willing;
    }

    private static Health worse(Health one, Health other) {
        if (one.available() != other.available()) {
            return one.available() ? other : one;
        }
        return percent(one) <= percent(other) ? one : other;
    }

    private static int percent(Health health) {
        return health.successPercent() == null ? 101 : health.successPercent();
    }

    private static String key(String accountId, String bankCode) {
        return accountId + "/" + bankCode;
    }

    private static CircuitBreaker ofAccount(String name) {
        return told(
                CircuitBreaker.of(
                        name,
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(50)
                                .minimumNumberOfCalls(20)
                                .failureRateThreshold(50)
                                .waitDurationInOpenState(Duration.ofSeconds(5))
                                .permittedNumberOfCallsInHalfOpenState(5)
                                .build()));
    }

    /** Payers make mistakes, so a bank has to fail nearly always before we say it is down. */
    private static CircuitBreaker ofBank(String key) {
        return told(
                CircuitBreaker.of(
                        key,
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(30)
                                .minimumNumberOfCalls(15)
                                .failureRateThreshold(90)
                                .waitDurationInOpenState(Duration.ofMinutes(3))
                                .permittedNumberOfCallsInHalfOpenState(3)
                                .build()));
    }

    private static CircuitBreaker told(CircuitBreaker breaker) {
        breaker.getEventPublisher()
                .onStateTransition(event ->
                        log.warn(
                                "Health of {}: {}",
                                event.getCircuitBreakerName(),
                                event.getStateTransition()));
        return breaker;
    }
}
