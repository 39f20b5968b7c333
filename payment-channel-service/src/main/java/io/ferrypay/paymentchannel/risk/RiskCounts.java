package io.ferrypay.paymentchannel.risk;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * Counts payments that took money, in the transaction in which they did. A window begins with the
 * minute, or if it is longer than two hours with the hour, in which its first moment lies. Payments
 * that come in at the same moment do not see each other: this is an indication, not a limit.
 */
@Repository
class RiskCounts implements Velocity {

    private static final Logger log = LoggerFactory.getLogger(RiskCounts.class);
    private static final Duration SHORT = Duration.ofHours(2);
    private static final int SLOTS = 4;
    private static final int BATCH = 5_000;
    private static final int MOST_BATCHES = 200;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    RiskCounts(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Totals before(Facts facts, CountedBy by, Duration window) {
        var grain = (int) grainOf(window).toMinutes();
        return Objects.requireNonNull(
                jdbc.queryForObject(
                        """
                        select coalesce(sum(payments), 0),
                               coalesce(sum(amount_minor) filter (where currency = ?), 0)::bigint
                          from risk_count
                         where key = ? and grain_minutes = ?
                           and bucket >= date_bin(make_interval(mins => ?), ?, 'epoch')
                        """,
                        (row, _) -> new Totals(row.getLong(1), row.getLong(2)),
                        facts.amount().currency().code(),
                        key(facts, by),
                        grain,
                        grain,
                        Timestamp.from(facts.at().minus(window))));
    }

    /** How long the buckets are that a window is made of. */
    static Duration grainOf(Duration window) {
        return window.compareTo(SHORT) <= 0 ? Duration.ofMinutes(1) : Duration.ofHours(1);
    }

    /** When the bucket began that a moment lies in. */
    static Instant bucketOf(Instant time, Duration grain) {
        var seconds = grain.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
    }

    /** The answers of one look, so that two rules about the same ask once. */
    Velocity forOneLook() {
        Map<Map.Entry<CountedBy, Duration>, Totals> known = new HashMap<>();
        return (facts, by, window) ->
                known.computeIfAbsent(Map.entry(by, window), _ -> before(facts, by, window));
    }

    /** To be called once for a payment, in the transaction in which its money is taken. */
    void add(Facts facts, String paymentId) {
        var keys =
                Arrays.stream(CountedBy.values())
                        .filter(by -> by.of(facts) != null)
                        .map(by -> key(facts, by))
                        .toArray(String[]::new);
        var slot = Math.floorMod(paymentId.hashCode(), SLOTS);
        // In one order whoever writes, so that two never wait for each other.
        jdbc.update(
                """
                insert into risk_count as kept
                       (key, grain_minutes, bucket, slot, currency, payments, amount_minor)
                select k, g, date_bin(make_interval(mins => g), ?, 'epoch'), ?, ?, 1, ?
                  from unnest(?) k cross join (values (1), (60)) grains (g)
                 order by k, g
                on conflict (key, grain_minutes, bucket, slot, currency) do update
                   set payments = kept.payments + 1,
                       amount_minor = kept.amount_minor + excluded.amount_minor
                """,
                statement -> {
                    statement.setTimestamp(1, Timestamp.from(facts.at()));
                    statement.setInt(2, slot);
                    statement.setString(3, facts.amount().currency().code());
                    statement.setLong(4, facts.amount().minorUnits());
                    statement.setArray(5, statement.getConnection().createArrayOf("text", keys));
                });
    }

    /** Test money counts for itself. Addresses of payers are not kept as they are. */
    private static String key(Facts facts, CountedBy by) {
        var value = Objects.requireNonNull(by.of(facts));
        return key(by, facts.livemode(), by == CountedBy.IP ? Hashes.of(value) : value);
    }

    static String key(CountedBy by, boolean livemode, String value) {
        return by.wireName() + (livemode ? "/live/" : "/test/") + value;
    }

    /** Every instance may do this at once: they only find less to do. */
    @Scheduled(initialDelayString = "PT6M", fixedDelayString = "PT10M")
    void forget() {
        var now = clock.instant();
        var forgotten =
                forget(1, now.minus(SHORT.plusMinutes(2)))
                        + forget(
                                60,
                                now.minus(
                                        Duration.ofMinutes(
                                                ConditionReader.LONGEST_WINDOW_MINUTES + 120)));
        if (forgotten > 0) {
            log.info("Forgot {} counts of payments", forgotten);
        }
    }

    private int forget(int grain, Instant before) {
        var forgotten = 0;
        for (var batch = 0; batch < MOST_BATCHES; batch++) {
            var deleted =
                    jdbc.update(
                            """
                            delete from risk_count where ctid = any (array(
                                select ctid from risk_count
                                 where grain_minutes = ? and bucket < ?
                                 limit ? for update skip locked))
                            """,
                            grain,
                            Timestamp.from(before),
                            BATCH);
            forgotten += deleted;
            if (deleted < BATCH) {
                break;
            }
        }
        return forgotten;
    }
}
