package io.ferrypay.paymentchannel.payment;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How long we have not known how an order stands: {@code ferry.payment.unknown.oldest}, zero when
 * there is none. Such an order was sent to its channel, or is being taken back, and no answer says
 * how that ended. And how late we are with asking channels about orders, and with ending payments
 * whose time is over: {@code ferry.payment.query.lag} and {@code ferry.payment.sweep.lag}.
 */
@Component
class UnknownPayments {

    /** Those that are asked about next; a channel that is down has more, and they are not older. */
    private static final int LOOKED_AT = 2_000;

    private final JdbcClient jdbc;
    private final Clock clock;

    UnknownPayments(JdbcClient jdbc, Clock clock, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.clock = clock;
        TimeGauge.builder(
                        "ferry.payment.unknown.oldest",
                        this,
                        TimeUnit.SECONDS,
                        unknown -> unknown.ageOfOldest().toSeconds())
                .description("Age of the oldest order of which no answer says how it stands")
                .register(metrics);
        TimeGauge.builder(
                        "ferry.payment.query.lag",
                        this,
                        TimeUnit.SECONDS,
                        unknown -> unknown.queryLag().toSeconds())
                .description("How late the order is that a channel should have been asked about")
                .register(metrics);
        TimeGauge.builder(
                        "ferry.payment.sweep.lag",
                        this,
                        TimeUnit.SECONDS,
                        unknown -> unknown.sweepLag().toSeconds())
                .description("How late the payment is whose time is over and that has no end")
                .register(metrics);
    }

    Duration ageOfOldest() {
        return since(
                """
                select min(created_at) from (
                       select created_at, status from attempt
                        where next_query_at is not null
                        order by next_query_at limit %d) due
                 where status in ('opening', 'reversing')
                """
                        .formatted(LOOKED_AT));
    }

    Duration queryLag() {
        return since("select min(next_query_at) from attempt where next_query_at is not null");
    }

    Duration sweepLag() {
        return since(
                """
                select min(next_sweep_at) from payment
                 where status in ('created', 'pending', 'processing')
                """);
    }

    private Duration since(String earliest) {
        return jdbc.sql(earliest)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class))
                .optional()
                .map(OffsetDateTime::toInstant)
                .map(this::age)
                .orElse(Duration.ZERO);
    }

    private Duration age(Instant begun) {
        var age = Duration.between(begun, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
