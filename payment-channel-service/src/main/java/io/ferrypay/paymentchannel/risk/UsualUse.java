package io.ferrypay.paymentchannel.risk;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How printed codes are usually used, from what is counted of payments for the rules. */
@Component
public class UsualUse {

    /** As far back as counts are kept. */
    public static final Duration LOOKS_BACK =
            Duration.ofMinutes(ConditionReader.LONGEST_WINDOW_MINUTES);

    private final JdbcTemplate jdbc;

    UsualUse(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A printed code.
     *
     * @param timeZone whose days and hours are meant
     * @param currency in which its amounts are added up
     */
    public record Code(String id, boolean livemode, ZoneId timeZone, String currency) {}

    /**
     * @param payments how many took money
     * @param amountMinor what they took
     * @param days on how many days
     * @param busiestHour how many the busiest hour had
     * @param hours of the day in which there were any, 0 to 23
     */
    public record Usual(
            long payments, long amountMinor, int days, long busiestHour, Set<Integer> hours) {

        public static final Usual NONE = new Usual(0, 0, 0, 0, Set.of());
    }

    /** What came by each of them in the time before {@code until}; one query for all. */
    public Map<String, Usual> before(Instant until, List<Code> codes) {
        Map<String, Usual> found = new HashMap<>();
        codes.forEach(code -> found.put(code.id(), Usual.NONE));
        jdbc.query(
                """
                select id, sum(payments)::bigint, sum(amount)::bigint,
                       count(distinct (bucket at time zone zone)::date)::integer, max(payments)::bigint,
                       array_agg(distinct extract(hour from bucket at time zone zone)::integer)
                  from (select c.id, c.zone, r.bucket, sum(r.payments) as payments,
                               coalesce(sum(r.amount_minor) filter (where r.currency = c.currency), 0) as amount
                          from unnest(?, ?, ?, ?) c (id, key, zone, currency)
                          join risk_count r on r.key = c.key and r.grain_minutes = 60
                                           and r.bucket >= ? and r.bucket < ?
                         group by c.id, c.zone, r.bucket) hourly
                 group by id
                """,
                statement -> {
                    var connection = statement.getConnection();
                    statement.setArray(
                            1,
                            connection.createArrayOf(
                                    "text", codes.stream().map(Code::id).toArray()));
                    statement.setArray(
                            2,
                            connection.createArrayOf(
                                    "text", codes.stream().map(UsualUse::key).toArray()));
                    statement.setArray(
                            3,
                            connection.createArrayOf(
                                    "text",
                                    codes.stream().map(code -> code.timeZone().getId()).toArray()));
                    statement.setArray(
                            4,
                            connection.createArrayOf(
                                    "text", codes.stream().map(Code::currency).toArray()));
                    statement.setTimestamp(5, Timestamp.from(until.minus(LOOKS_BACK)));
                    statement.setTimestamp(6, Timestamp.from(until));
                },
                row -> {
                    found.put(
                            row.getString(1),
                            new Usual(
                                    row.getLong(2),
                                    row.getLong(3),
                                    row.getInt(4),
                                    row.getLong(5),
                                    Set.of((Integer[]) row.getArray(6).getArray())));
                });
        return found;
    }

    private static String key(Code code) {
        return RiskCounts.key(CountedBy.STATIC_CODE, code.livemode(), code.id());
    }
}
