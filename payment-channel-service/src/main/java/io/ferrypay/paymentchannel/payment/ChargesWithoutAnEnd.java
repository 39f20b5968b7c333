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
 * Tells whoever watches how long the oldest charge of a shown code has been without a known end:
 * {@code ferry.payment.charge.oldest}, zero when there is none. A charge is paid or taken back
 * within minutes; one that is older stands still because its company does not answer, or waits for
 * a person, and meanwhile somebody at a till must not charge again.
 */
@Component
class ChargesWithoutAnEnd {

    private final JdbcClient jdbc;
    private final Clock clock;

    ChargesWithoutAnEnd(JdbcClient jdbc, Clock clock, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.clock = clock;
        TimeGauge.builder(
                        "ferry.payment.charge.oldest",
                        this,
                        TimeUnit.SECONDS,
                        charges -> charges.ageOfOldest().toSeconds())
                .description("Age of the oldest charge that is neither paid nor taken back")
                .register(metrics);
    }

    Duration ageOfOldest() {
        return jdbc.sql(
                        """
                        select created_at from attempt
                         where flow = 'pay_code' and status in ('opening', 'reversing')
                         order by created_at limit 1
                        """)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional()
                .map(this::age)
                .orElse(Duration.ZERO);
    }

    private Duration age(Instant begun) {
        var age = Duration.between(begun, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
