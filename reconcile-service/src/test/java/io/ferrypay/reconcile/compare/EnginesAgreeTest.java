package io.ferrypay.reconcile.compare;

import static io.ferrypay.reconcile.convert.StatementFormat.ALIPAY_FPTRADE;
import static io.ferrypay.reconcile.convert.StatementFormat.PAYEASE_VIRTUAL;
import static io.ferrypay.reconcile.convert.StatementFormat.WECHAT_GLOBAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.ferrypay.events.Outbox;
import io.ferrypay.reconcile.compare.CompareSettings.ChannelTerms;
import io.ferrypay.reconcile.compare.Reconciled.Compared;
import io.ferrypay.reconcile.convert.StatementFormat;
import io.ferrypay.reconcile.load.Engine;
import io.ferrypay.reconcile.load.TestBooks;
import io.ferrypay.testkit.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** The same days by PostgreSQL and by Spark: every table says the same afterwards. */
class EnginesAgreeTest {

    private static final String ACCOUNT = "alipay-1";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final ChannelTerms TERMS = new ChannelTerms(2, new BigDecimal("0.01"));

    private static final String HEADINGS =
            "Partner_transaction_id,Amount,Rmb_amount,Currency,Fee,Rate,Payment_time,Settlement_time,Type,Status,"
                    + "Original_partner_transaction_ID,Transaction_ID,Settlement,Secondary_merchant_ID\n";

    private static LocalSpark spark;
    private static HikariDataSource[] dataSources;

    @TempDir Path folder;

    /** What the payment service would tell, by kind and number; the same for both. */
    private final Map<String, String> held = new TreeMap<>();

    private Side postgres;
    private Side sparks;

    @BeforeAll
    static void begin() {
        spark = new LocalSpark();
        dataSources = new HikariDataSource[] {migrated(), migrated()};
    }

    private static HikariDataSource migrated() {
        var schema = TestPostgres.schema("reconcile");
        var dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(schema.jdbcUrl());
        dataSource.setUsername(schema.username());
        dataSource.setPassword(schema.password());
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/events/outbox", "classpath:db/migration")
                .load()
                .migrate();
        return dataSource;
    }

    @AfterAll
    static void end() {
        spark.stop();
        Arrays.stream(dataSources).forEach(HikariDataSource::close);
    }

    @BeforeEach
    void emptyTables() {
        for (var dataSource : dataSources) {
            var jdbc = new JdbcTemplate(dataSource);
            jdbc.execute(
                    """
                    truncate statement_day, bill_line, bad_line, total_difference, record_day, platform_record, comparison,
                        difference, carried, finding_line, finding_record, channel_account, outbox
                    """);
            jdbc.update("insert into channel_account values (?, 'alipay', true)", ACCOUNT);
        }
        postgres = new Side(dataSources[0], Engine.POSTGRESQL, spark);
        sparks = new Side(dataSources[1], Engine.SPARK, spark);
    }

    /** One service with its own tables and files. */
    private final class Side {

        private final HikariDataSource dataSource;
        private final JdbcTemplate jdbc;
        private final TestBooks books;
        private final ReconcileDay reconcile;

        Side(HikariDataSource dataSource, Engine engine, SparkJob job) {
            this.dataSource = dataSource;
            jdbc = new JdbcTemplate(dataSource);
            books =
                    new TestBooks(
                            dataSource,
                            folder.resolve(dataSource.equals(dataSources[0]) ? "first" : "second"),
                            EnginesAgreeTest.this::ofDay,
                            engine);
            var settings =
                    new CompareSettings(
                            Map.of("AUD", 2L),
                            new BigDecimal("0.0001"),
                            Map.of("alipay", TERMS),
                            "16MB");
            var amounts = new FrozenAmounts(books.settings(), books.freeze(), dataSource);
            var transactions = new JdbcTransactionManager(dataSource);
            reconcile =
                    new ReconcileDay(
                            new AccountLock(dataSource),
                            books.freeze(),
                            books.loadRecords(),
                            books.loadStatement(),
                            amounts,
                            EnginesAgreeTest.this::numbered,
                            switch (engine) {
                                case POSTGRESQL ->
                                        new PostgresSteps(
                                                settings,
                                                books.loadStatement(),
                                                amounts,
                                                jdbc,
                                                transactions);
                                case SPARK ->
                                        new SparkSteps(
                                                settings,
                                                new SparkSettings(
                                                        List.of(), null, null, Duration.ZERO),
                                                books.settings(),
                                                job,
                                                jdbc,
                                                transactions);
                            },
                            settings,
                            new Outbox(jdbc),
                            new JsonMapper(),
                            jdbc,
                            transactions,
                            Clock.fixed(Instant.parse("2026-12-24T00:00:00Z"), ZoneOffset.UTC));
        }

        /** All that stays of a comparison, in its own order. */
        List<String> tables() {
            return jdbc.queryForList(
                    """
                    select 'difference ' || (to_jsonb(d) - 'id')::text from difference d
                    union all select 'carried ' || to_jsonb(c)::text from carried c
                    union all select 'comparison ' || to_jsonb(v)::text from comparison v
                    union all select 'day ' || (to_jsonb(s) - 'bill_sha256' - 'changed_at')::text from statement_day s
                    union all select 'bad ' || to_jsonb(b)::text from bad_line b
                    union all select 'told ' || type || subject || version || data::text from outbox
                     order by 1
                    """,
                    String.class);
        }
    }

    private InputStream ofDay(String account, LocalDate day, Duration edge) {
        var from = day.atStartOfDay().minus(edge);
        var until = day.plusDays(1).atStartOfDay().plus(edge);
        return lines(
                held.values().stream()
                        .filter(line -> {
                            var at = line.split("\t", -1)[11];
                            if (at.equals("\\N")) {
                                return false;
                            }
                            var beijing =
                                    LocalDateTime.ofInstant(
                                            Instant.parse(at), ZoneOffset.ofHours(8));
                            return !beijing.isBefore(from) && beijing.isBefore(until);
                        })
                        .toList());
    }

    private InputStream numbered(String account, List<String> orders, List<String> refunds) {
        var found = new ArrayList<String>();
        orders.forEach(order -> found.add(held.get("payment " + order)));
        refunds.forEach(refund -> found.add(held.get("refund " + refund)));
        return lines(found.stream().filter(Objects::nonNull).toList());
    }

    private static InputStream lines(List<String> lines) {
        var text = String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
        return new ByteArrayInputStream(
                (text + "end\t" + lines.size() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void holdPayment(
            String order, String status, String reference, String currency, LocalDateTime at) {
        held.put(
                "payment " + order,
                "payment\t%s\t%s\t%s\t\\N\t\\N\tshop\t12000\t%s\t54041\t4.5034\t%s\tmer_1\tpay_%s"
                        .formatted(status, order, reference, currency, time(at), order));
    }

    private void holdRefund(String number, String order, String status, LocalDateTime at) {
        held.put(
                "refund " + number,
                "refund\t%s\t%s\tT%s\t%s\tR%s\tshop\t2000\tNZD\t\\N\t\\N\t%s\tmer_1\tre_%s"
                        .formatted(status, order, order, number, number, time(at), number));
    }

    private static String time(LocalDateTime at) {
        return at == null ? "\\N" : at.toInstant(ZoneOffset.ofHours(8)).toString();
    }

    private static String paid(
            String order,
            String amount,
            String yuan,
            String currency,
            String fee,
            String rate,
            String reference,
            String settled,
            String shop) {
        return "%s,%s,%s,%s,%s,%s,2026-11-24 12:00:00,,P,P,,%s,%s,%s\n"
                .formatted(order, amount, yuan, currency, fee, rate, reference, settled, shop);
    }

    private static String paid(String order) {
        return paid(order, "120.00", "540.41", "NZD", "1.20", "4.5034", "T" + order, "", "shop");
    }

    private static String refunded(String number, String order) {
        return "%s,-20.00,,NZD,,,2026-11-24 12:00:00,,R,P,%s,R%s,,shop\n"
                .formatted(number, order, number);
    }

    private void received(LocalDate day, StatementFormat format, String text) {
        postgres.books.received(ACCOUNT, day, format, text);
        sparks.books.received(ACCOUNT, day, format, text);
    }

    private Compared bothSay(LocalDate day) {
        var expected = postgres.reconcile.again(ACCOUNT, day, false);
        assertThat(sparks.reconcile.again(ACCOUNT, day, false)).isEqualTo(expected);
        assertThatTablesAgree();
        return (Compared) expected;
    }

    private void assertThatTablesAgree() {
        var ours = sparks.tables();
        var theirs = postgres.tables();
        assertThat(without(ours, theirs)).as("only by Spark").isEmpty();
        assertThat(without(theirs, ours)).as("only by PostgreSQL").isEmpty();
        assertThat(ours).hasSameSizeAs(theirs);
    }

    private static List<String> without(List<String> some, List<String> others) {
        return some.stream().filter(one -> !others.contains(one)).toList();
    }

    private List<String> types() {
        return postgres.jdbc.queryForList("select distinct type from difference", String.class);
    }

    /** Each way to differ, on four days that lean on each other, in what order fate would have. */
    @Test
    void all_that_can_happen_on_days_that_lean_on_each_other_is_found_alike() throws IOException {
        var fate = new Random(6_007);
        var texts = new TreeMap<LocalDate, StringBuilder>();
        for (int i = 0; i < 4; i++) {
            texts.put(DAY.plusDays(i), new StringBuilder("Total_count:7\n" + HEADINGS));
        }
        for (int i = 0; i < 4; i++) {
            var day = DAY.plusDays(i);
            for (int order = 0; order < 220; order++) {
                happen(fate, "FP%d%03d".formatted(i, order), day, texts);
            }
        }
        texts.forEach((day, text) -> received(day, ALIPAY_FPTRADE, text.toString()));

        for (var day : texts.keySet()) {
            bothSay(day);
        }
        bothSay(DAY.plusDays(1));
        bothSay(DAY);

        assertThat(types())
                .containsExactlyInAnyOrder(
                        Arrays.stream(DifferenceType.values())
                                .map(DifferenceType::stored)
                                .toArray(String[]::new));
        assertThat(sparks.jdbc.queryForObject("select count(*) from bill_line", Long.class))
                .as("its lines are in files")
                .isZero();
        try (var left = Files.list(folder.resolve("second/spark"))) {
            assertThat(left.toList()).as("nothing of a job stays").isEmpty();
        }
    }

    private void happen(
            Random fate, String order, LocalDate day, Map<LocalDate, StringBuilder> texts) {
        var noon = day.atTime(12, 0).plusSeconds(fate.nextInt(3_600));
        var own = texts.get(day);
        var next = texts.getOrDefault(day.plusDays(1), own);
        var reference = "T" + order;
        switch (fate.nextInt(26)) {
            case 0 -> {
                holdPayment(order, "paid", reference, "AUD", noon);
                var amount = fate.nextBoolean() ? "120.02" : "119.97";
                own.append(
                        paid(order, amount, "540.41", "AUD", "", "4.5034", reference, "", "shop"));
            }
            case 1 -> {
                holdPayment(order, "paid", reference, "AUD", noon);
                own.append(paid(order, "120.00", "", "NZD", "1.20", "", reference, "", "shop"));
            }
            case 2 -> {
                holdPayment(order, "paid", reference, "NZD", noon);
                var fee = fate.nextBoolean() ? "1.21" : "1.21000001";
                own.append(
                        paid(
                                order, "120.00", "540.41", "NZD", fee, "4.5034", reference, "",
                                "shop"));
            }
            case 3 -> {
                holdPayment(order, "paid", reference, "NZD", noon);
                var rate = fate.nextBoolean() ? "4.50385034" : "4.50385035";
                own.append(
                        paid(
                                order, "120.00", "540.41", "NZD", "1.20", rate, reference, "",
                                "shop"));
            }
            case 4 -> {
                holdPayment(order, "paid", reference, "NZD", noon);
                own.append(
                        paid(order, "120.00", "540.40", "NZD", "1.20", "", reference, "", "other"));
            }
            case 5 -> {
                holdPayment(order, "paid", reference, "NZD", noon);
                var settled = List.of("118.80", "118.79", "120.01", "120.00").get(fate.nextInt(4));
                own.append(
                        paid(
                                order, "120.00", "540.41", "NZD", "1.20", "4.5034", reference,
                                settled, "shop"));
            }
            case 6 -> {
                holdPayment(order, "paid", reference, "NZD", noon);
                own.append(paid(order).repeat(1 + fate.nextInt(3)));
            }
            case 7 -> holdPayment(order, "paid", reference, "NZD", noon);
            case 8 -> own.append(paid(order));
            case 9 -> {
                holdPayment(order, "paid", reference, "NZD", noon);
                next.append(paid(order));
            }
            case 10 -> {
                holdPayment(order, "closed", reference, "NZD", null);
                own.append(paid(order));
            }
            case 11 -> {
                holdPayment(order, "paid", reference, "NZD", noon);
                holdPayment(order + "S", "surplus", reference, "NZD", noon);
                own.append(paid(order));
            }
            case 12 -> {
                // The channel knows it by another number of ours.
                holdPayment(order, "paid", reference, "NZD", noon);
                own.append(
                        paid(
                                order + "X",
                                "120.00",
                                "540.41",
                                "NZD",
                                "1.20",
                                "4.5034",
                                reference,
                                "",
                                "shop"));
            }
            case 13 -> {
                holdRefund(order + "R", order, "succeeded", noon);
                own.append(refunded(order + "R", order));
            }
            case 14 -> holdRefund(order + "R", order, "succeeded", noon);
            case 15 -> own.append(refunded(order + "R", order));
            case 16 -> {
                holdPayment(order, "paid", reference, "NZD", noon);
                own.append(paid(order)).append(refunded(order + "R", order));
            }
            case 17 -> {
                holdPayment(order, "reversed", reference, "NZD", null);
                own.append(paid(order))
                        .append(
                                "%s,-120.00,,NZD,,,2026-11-24 12:00:00,,CANCEL,P,,T%s,,shop\n"
                                        .formatted(order, order));
            }
            case 18 -> {
                // At the edge: told by the file of the day, or of the next, or of both.
                holdPayment(order, "paid", reference, "NZD", day.atTime(23, 50));
                if (fate.nextBoolean()) {
                    own.append(paid(order));
                }
                next.append(paid(order));
            }
            case 19 -> {
                holdPayment(order, "paid", reference, "NZD", day.plusDays(1).atTime(0, 10));
                own.append(paid(order));
                if (fate.nextBoolean()) {
                    next.append(paid(order));
                }
            }
            case 20 -> {
                // Long over, and told again.
                holdPayment(order, "paid", reference, "NZD", noon);
                own.append(paid(order));
                texts.getOrDefault(day.plusDays(2), own).append(paid(order));
            }
            case 21 -> {
                if (fate.nextInt(4) == 0) {
                    own.append("what is \\N this\n");
                }
            }
            case 22 -> {
                holdRefund(order + "R", order, "pending", null);
                own.append(refunded(order + "R", order));
            }
            default -> {
                holdPayment(order, "paid", reference, "NZD", noon);
                own.append(paid(order));
            }
        }
    }

    @Test
    void lines_that_say_nothing_moved_and_empty_days_are_judged_alike() {
        holdPayment("FP1", "paid", "T1", "NZD", DAY.atTime(12, 0));
        holdPayment("FP3", "paid", "T\\\\3", "NZD", DAY.atTime(12, 0));
        received(
                DAY,
                PAYEASE_VIRTUAL,
                """
                type,order_number,channel_reference,refund_reference,refund_number,amount,currency,status,settled
                payment,FP1,T1,,,120.00,NZD,unknown_order,
                payment,FP1,T1,,,120.00,NZD,unknown_order,
                payment,FP2,T2,,,120.00,NZD,pstatus_3,
                payment,FP4,T\\3,,,120.00,NZD,pstatus_1,
                """);

        assertThat(bothSay(DAY).lines()).isEqualTo(4);
        postgres.books.empty(ACCOUNT, DAY.plusDays(1));
        sparks.books.empty(ACCOUNT, DAY.plusDays(1));
        assertThat(bothSay(DAY.plusDays(1)).lines()).isZero();
        assertThat(bothSay(DAY.plusDays(1)).version()).isEqualTo(2);
    }

    @Test
    void both_learn_the_unit_of_a_file_from_our_own_amounts() {
        holdPayment("FP1", "paid", "TFP1", "NZD", DAY.atTime(12, 0));
        received(
                DAY,
                WECHAT_GLOBAL,
                """
                交易时间,子商户号,微信订单号,商户订单号,交易状态,微信退款单号,商户退款单号,退款状态,手续费,标价币种,订单金额(标价币种),用户支付币种,用户支付金额,结算币种,应结订单金额,支付汇率,退款汇率,申请退款金额,用户退款币种,用户退款金额,退款结算币种,退款应结订单金额
                `2026-11-20 12:00:00,`shop,`TFP1,`FP1,`SUCCESS,`,`,`,`120,`NZD,`12000,`CNY,`54041,`NZD,`12000,`450340000,`,`0,`CNY,`0,`NZD,`0
                """);

        assertThat(bothSay(DAY).matched()).isOne();
    }

    /** The tables of one side, by PostgreSQL, then by Spark, and by PostgreSQL again. */
    @Test
    void a_day_goes_from_one_engine_to_the_other_and_back() {
        holdPayment("FP1", "paid", "TFP1", "NZD", DAY.atTime(23, 50));
        holdPayment("FP2", "paid", "TFP2", "NZD", DAY.plusDays(1).atTime(12, 0));
        var next = DAY.plusDays(1);
        received(DAY, ALIPAY_FPTRADE, HEADINGS + paid("FP1"));
        received(next, ALIPAY_FPTRADE, HEADINGS + paid("FP1") + paid("FP2") + "bad\n");
        var other = new Side(postgres.dataSource, Engine.SPARK, spark);
        postgres.reconcile.again(ACCOUNT, DAY, false);
        var first = postgres.reconcile.again(ACCOUNT, next, false);

        var second = other.reconcile.again(ACCOUNT, next, false);
        other.reconcile.again(ACCOUNT, DAY, false);
        var third = postgres.reconcile.again(ACCOUNT, next, false);

        assertThat(first).isEqualTo(new Compared(1, 3, 1, 1, 0, 1, 1, 2, 0, false));
        assertThat(second).isEqualTo(new Compared(2, 3, 1, 1, 0, 1, 1, 0, 0, false));
        assertThat(third).isEqualTo(new Compared(3, 3, 1, 1, 0, 1, 1, 0, 0, false));
        assertThat(
                        postgres.jdbc.queryForObject(
                                "select count(*) from statement_day where bill_sha256 is not null",
                                Long.class))
                .as("also the day that was only looked at is back in the tables")
                .isZero();
    }

    @Test
    void a_job_that_fails_or_answers_by_half_leaves_the_day_as_it_was() {
        holdPayment("FP1", "paid", "TFP1", "NZD", DAY.atTime(12, 0));
        received(DAY, ALIPAY_FPTRADE, HEADINGS + paid("FP1") + paid("FP2"));
        bothSay(DAY);
        var before = sparks.tables();

        for (var job :
                List.<SparkJob>of(
                        (_, _) -> {
                            throw new IOException("no such command");
                        },
                        (_, _) -> {},
                        (order, log) -> {
                            spark.run(order, log);
                            lose(order.resolveSibling("out/pairs"));
                        })) {
            var broken = new Side(sparks.dataSource, Engine.SPARK, job);
            assertThatThrownBy(() -> broken.reconcile.again(ACCOUNT, DAY, false))
                    .isInstanceOf(RuntimeException.class);
            assertThat(sparks.tables()).isEqualTo(before);
        }

        assertThat(bothSay(DAY).version()).isEqualTo(2);
    }

    private static void lose(Path answer) throws IOException {
        try (var parts = Files.list(answer)) {
            for (var part :
                    parts.filter(one -> one.getFileName().toString().startsWith("part-"))
                            .toList()) {
                Files.write(part, new byte[0]);
            }
        }
    }

    /** As in service: a JVM of its own, which is told nothing of ours. */
    @Test
    void a_process_of_its_own_carries_out_an_order() {
        holdPayment("FP1", "paid", "TFP1", "NZD", DAY.atTime(12, 0));
        received(DAY, ALIPAY_FPTRADE, HEADINGS + paid("FP1") + paid("FP2"));
        var process =
                new SparkProcess(
                        new SparkSettings(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "@" + LocalSpark.BUILT.resolve("classes/jvm.options"),
                                        "-Dspark.master=local[1]",
                                        "-Dspark.ui.enabled=false",
                                        "-Dspark.driver.host=127.0.0.1",
                                        "-Dspark.driver.bindAddress=127.0.0.1",
                                        "-cp",
                                        LocalSpark.classPath().stream()
                                                .map(Path::toString)
                                                .collect(Collectors.joining(":")),
                                        "io.ferrypay.reconcile.spark.ReconcileJob"),
                                null,
                                null,
                                Duration.ofMinutes(5)));

        var result =
                new Side(sparks.dataSource, Engine.SPARK, process)
                        .reconcile.again(ACCOUNT, DAY, false);

        assertThat(result).isEqualTo(postgres.reconcile.again(ACCOUNT, DAY, false));
        assertThatTablesAgree();
    }
}
