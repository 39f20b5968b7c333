package io.ferrypay.paymentchannel.channel;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Keeps one account's trouble from becoming ours: a bounded number of calls at a time, and a
 * breaker per kind of call that stops asking while the company does not answer. It also tells how
 * long calls take, signing and verifying included.
 */
public final class CallGuard {

    private static final Duration LONGEST_QUEUE = Duration.ofMillis(500);

    private final String accountId;
    private final ChannelHealth health;
    private final Bulkhead bulkhead;

    public CallGuard(String accountId, int maxConcurrentCalls, ChannelHealth health) {
        this.accountId = accountId;
        this.health = health;
        this.bulkhead =
                Bulkhead.of(
                        accountId,
                        BulkheadConfig.custom()
                                .maxConcurrentCalls(maxConcurrentCalls)
                                .maxWaitDuration(LONGEST_QUEUE)
                                .build());
    }

    /**
     * The name of an account's guard for charging shown codes: trouble there must not make the
     * account look down to payers on pages.
     */
    public static String ofCharges(String accountId) {
        return accountId + "-charges";
    }

    /**
     * Makes the call, or answers without making it.
     *
     * @param operation the kind of call; there are few of them
     * @param usable whether an answer shows that the company is well: a refusal does
     * @param notNow the answer when the call is not made, and why
     */
    public <T> T around(
            String operation, Supplier<T> call, Predicate<T> usable, Function<String, T> notNow) {
        if (!bulkhead.tryAcquirePermission()) {
            return notNow.apply("too many calls at once");
        }
        try {
            var breaker = health.ofCalls(accountId, operation);
            if (!breaker.tryAcquirePermission()) {
                return notNow.apply("breaker open");
            }
            var start = System.nanoTime();
            var good = false;
            try {
                var answer = call.get();
                good = usable.test(answer);
                return answer;
            } finally {
                var took = Duration.ofNanos(System.nanoTime() - start);
                ChannelHealth.count(breaker, good, took);
                Metrics.timer(
                                "ferry.channel.calls",
                                "account",
                                accountId,
                                "operation",
                                operation,
                                "usable",
                                String.valueOf(good))
                        .record(took);
            }
        } finally {
            bulkhead.onComplete();
        }
    }
}
