package io.ferrypay.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Token buckets per subject, in this process: with n gateways a subject may ask n times as often. A
 * changed limit starts a fresh bucket, because the limit is part of what names it.
 */
@Component
public class Allowances {

    private static final long MAX_SUBJECTS = 100_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private record Subject(String kind, String name, int perSecond, int burst) {}

    private final Cache<Subject, Bucket> buckets =
            Caffeine.newBuilder()
                    .maximumSize(MAX_SUBJECTS)
                    .expireAfterAccess(Duration.ofMinutes(5))
                    .build();
    private final TimeMeter time;

    public Allowances() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    Allowances(TimeMeter time) {
        this.time = time;
    }

    /** Takes one request from what {@code name} may send; {@code burst} may come at once. */
    public Allowance take(String kind, String name, int perSecond, int burst) {
        var bucket = buckets.get(new Subject(kind, name, perSecond, burst), this::fill);
        var taken = bucket.tryConsumeAndReturnRemaining(1);
        return new Allowance(
                taken.isConsumed(),
                burst,
                taken.getRemainingTokens(),
                wholeSeconds(taken.getNanosToWaitForReset()),
                taken.isConsumed()
                        ? 0
                        : Math.max(1, wholeSeconds(taken.getNanosToWaitForRefill())));
    }

    private Bucket fill(Subject subject) {
        return Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(
                        Bandwidth.builder()
                                .capacity(subject.burst())
                                .refillGreedy(subject.perSecond(), Duration.ofSeconds(1))
                                .build())
                .build();
    }

    private static long wholeSeconds(long nanos) {
        return Math.ceilDiv(nanos, NANOS_PER_SECOND);
    }
}
