package io.ferrypay.paymentchannel.risk;

import io.ferrypay.money.Money;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code ./ferry bench risk} runs: payments judged by the same code as in service, in a set of
 * fifty rules of which three count, for a merchant that was paid in every minute and hour of the
 * week. In an empty database of its own, named by {@code FERRY_DATABASE_URL}.
 */
public final class RiskBench {

    private static final int OTHERS = 50_000;
    private static final int RULES = 50;
    private static final int WARM_UP = 5_000;
    private static final String BUSY = "mer_busy";

    private final Random random = new Random(7);
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final RiskCounts counts;
    private final RuleSets rules;

    private RiskBench(SingleConnectionDataSource dataSource) {
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        counts = new RiskCounts(jdbc, Clock.systemUTC());
        rules = new RuleSets(JdbcClient.create(jdbc));
    }

    /** {@code [PAYMENTS]}: 20,000 if not said. */
    public static void main(String[] arguments) {
        var payments = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        var dataSource =
                new SingleConnectionDataSource(
                        Objects.requireNonNull(System.getenv("FERRY_DATABASE_URL")),
                        Objects.requireNonNull(System.getenv("FERRY_DATABASE_USER")),
                        Objects.requireNonNull(System.getenv("FERRY_DATABASE_PASSWORD")),
                        true);
        try (dataSource) {
            Flyway.configure()
                    .dataSource(dataSource)
                    .locations(
                            "classpath:db/events/outbox",
                            "classpath:db/events/follower",
                            "classpath:db/migration")
                    .load()
                    .migrate();
            new RiskBench(dataSource).run(payments);
        }
    }

    private void run(int payments) {
        fill();
        rules.keep(1, rules(), Clock.systemUTC().instant());
        System.out.printf(
                Locale.ROOT,
                "%d rules, three of which count; a merchant with %d buckets among %d%n",
                RULES,
                jdbc.queryForObject(
                        "select count(*) from risk_count where key = ?",
                        Long.class,
                        "merchant/live/" + BUSY),
                jdbc.queryForObject("select count(*) from risk_count", Long.class));
        measure(Facts.Stage.CREATION, WARM_UP);
        measure(Facts.Stage.SUCCESS, WARM_UP);
        tell("judged at creation", measure(Facts.Stage.CREATION, payments));
        tell("judged with its money", measure(Facts.Stage.SUCCESS, payments));
        tell("counted, with its commit", counted(payments / 4));
    }

    /** Every slot of every bucket that a window can reach, and many who came once. */
    private void fill() {
        for (var grain : new int[] {1, 60}) {
            jdbc.update(
                    """
                    insert into risk_count
                    select ?, ?, date_bin(make_interval(mins => ?), now(), 'epoch')
                                 - make_interval(mins => ? * n), slot, 'NZD', 3, 36000
                      from generate_series(0, ?) n, generate_series(0, 3) slot
                    """,
                    "merchant/live/" + BUSY,
                    grain,
                    grain,
                    grain,
                    grain == 1 ? 120 : 168);
        }
        jdbc.update(
                """
                insert into risk_count
                select 'payer/live/payer_' || n, g, date_bin(make_interval(mins => g), now(), 'epoch'),
                       n % 4, 'NZD', 1, 12000
                  from generate_series(1, ?) n, (values (1), (60)) grains (g)
                """,
                OTHERS);
        jdbc.execute("analyze risk_count");
    }

    private static String rules() {
        var json = JsonMapper.builder().build();
        var array = json.createArrayNode();
        for (var i = 0; i < RULES; i++) {
            var condition =
                    switch (i) {
                        case 10 ->
                                "{\"field\":\"sum\",\"of\":\"merchant\",\"window_minutes\":10080,\"op\":\"gt\",\"currency\":\"NZD\",\"value\":\"99999999.00\"}";
                        case 20 ->
                                "{\"field\":\"count\",\"of\":\"merchant\",\"window_minutes\":120,\"op\":\"gt\",\"value\":999999}";
                        case 30 ->
                                "{\"field\":\"count\",\"of\":\"payer\",\"window_minutes\":60,\"op\":\"gte\",\"value\":99}";
                        default ->
                                "{\"all\":[{\"field\":\"amount\",\"op\":\"gte\",\"currency\":\"NZD\",\"value\":\"%d.00\"},{\"any\":[{\"field\":\"ip\",\"op\":\"in\",\"values\":[\"203.0.113.%d\"]},{\"field\":\"payer\",\"op\":\"in\",\"values\":[\"payer_x\"]}]}]}"
                                        .formatted(i, i);
                    };
            array.addObject()
                    .put("id", "rsk_" + i)
                    .put("version", 1)
                    .put("name", "Rule " + i)
                    .putNull("merchant_id")
                    .put("action", "hold")
                    .put("priority", i)
                    .put("effective_from", "2026-01-01T00:00:00Z")
                    .set("condition", json.readTree(condition));
        }
        return array.toString();
    }

    private Facts facts(Facts.Stage stage, Instant now) {
        return new Facts(
                stage,
                BUSY,
                true,
                Money.parse("120.00", "NZD"),
                "wechat",
                "wechat",
                now,
                null,
                null,
                null,
                stage == Facts.Stage.CREATION ? null : "payer_" + (1 + random.nextInt(OTHERS)),
                "198.51.100.7");
    }

    private long[] measure(Facts.Stage stage, int payments) {
        var nanos = new long[payments];
        for (var i = 0; i < payments; i++) {
            var facts = facts(stage, Clock.systemUTC().instant());
            var started = System.nanoTime();
            var verdict = rules.current().judge(facts, counts.forOneLook());
            nanos[i] = System.nanoTime() - started;
            if (!verdict.isQuiet()) {
                throw new IllegalStateException("No rule was to fit");
            }
        }
        return nanos;
    }

    private long[] counted(int payments) {
        var nanos = new long[payments];
        for (var i = 0; i < payments; i++) {
            var facts = facts(Facts.Stage.SUCCESS, Clock.systemUTC().instant());
            var id = "pay_" + i;
            var started = System.nanoTime();
            transaction.executeWithoutResult(_ -> counts.add(facts, id));
            nanos[i] = System.nanoTime() - started;
        }
        return nanos;
    }

    private static void tell(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-25s p50 %6d µs  p99 %6d µs  p99.9 %6d µs%n",
                what,
                at(nanos, 500),
                at(nanos, 990),
                at(nanos, 999));
    }

    private static long at(long[] sorted, int perMille) {
        return sorted[(int) ((sorted.length - 1L) * perMille / 1000)] / 1000;
    }
}
