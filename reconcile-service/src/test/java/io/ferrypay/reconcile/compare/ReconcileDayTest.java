package io.ferrypay.reconcile.compare;

import static io.ferrypay.reconcile.convert.StatementFormat.ALIPAY_FPTRADE;
import static io.ferrypay.reconcile.convert.StatementFormat.PAYEASE_VIRTUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.ferrypay.events.Outbox;
import io.ferrypay.reconcile.compare.CompareSettings.ChannelTerms;
import io.ferrypay.reconcile.compare.Reconciled.Busy;
import io.ferrypay.reconcile.compare.Reconciled.Compared;
import io.ferrypay.reconcile.compare.Reconciled.NothingToDo;
import io.ferrypay.reconcile.load.TestBooks;
import io.ferrypay.testkit.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.json.JsonMapper;

class ReconcileDayTest {

    private static final String ACCOUNT = "alipay-1";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final LocalDate NEXT = DAY.plusDays(1);

    private static final String HEADINGS =
            "Partner_transaction_id,Amount,Rmb_amount,Currency,Fee,Rate,Payment_time,Settlement_time,Type,Status,"
                    + "Original_partner_transaction_ID,Transaction_ID,Settlement,Secondary_merchant_ID\n";

    private static final String WECHAT =
            """
            交易时间,子商户号,微信订单号,商户订单号,交易状态,微信退款单号,商户退款单号,退款状态,手续费,标价币种,订单金额(标价币种),用户支付币种,用户支付金额,结算币种,应结订单金额,支付汇率,退款汇率,申请退款金额,用户退款币种,用户退款金额,退款结算币种,退款应结订单金额
            `2026-11-24 12:00:00,`shop,`TFP1,`%s,`SUCCESS,`,`,`,`120,`NZD,`12000,`CNY,`54041,`NZD,`12000,`450340000,`,`0,`CNY,`0,`NZD,`0
            """;

    private static HikariDataSource dataSource;

    @TempDir Path folder;

    private JdbcTemplate jdbc;
    private TestBooks books;
    private ReconcileDay reconcile;

    /** What the payment service would tell, by number; all of it is told of each day it is near. */
    private final Map<String, String> held = Collections.synchronizedMap(new HashMap<>());

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private boolean breaksOff;

    @BeforeAll
    static void migrate() {
        var schema = TestPostgres.schema("reconcile");
        dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(schema.jdbcUrl());
        dataSource.setUsername(schema.username());
        dataSource.setPassword(schema.password());
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/events/outbox", "classpath:db/migration")
                .load()
                .migrate();
    }

    @AfterAll
    static void end() {
        dataSource.close();
    }

    @BeforeEach
    void begin() {
        jdbc = new JdbcTemplate(dataSource);
        jdbc.execute(
                """
                truncate statement_day, bill_line, bad_line, total_difference, record_day, platform_record, comparison,
                    difference, carried, finding_line, finding_record, channel_account, outbox
                """);
        jdbc.update("insert into channel_account values (?, 'alipay', true)", ACCOUNT);
        books = new TestBooks(dataSource, folder, this::ofDay);
        reconcile = with(new ChannelTerms(2, new BigDecimal("0.01")), Map.of());
    }

    private ReconcileDay with(ChannelTerms terms, Map<String, Long> tolerances) {
        var settings =
                new CompareSettings(
                        tolerances, new BigDecimal("0.0001"), Map.of("alipay", terms), "16MB");
        var amounts = new FrozenAmounts(books.settings(), books.freeze(), dataSource);
        var transactions = new JdbcTransactionManager(dataSource);
        return new ReconcileDay(
                new AccountLock(dataSource),
                books.freeze(),
                books.loadRecords(),
                books.loadStatement(),
                amounts,
                this::numbered,
                new PostgresSteps(settings, books.loadStatement(), amounts, jdbc, transactions),
                settings,
                new Outbox(jdbc),
                new JsonMapper(),
                jdbc,
                transactions,
                Clock.systemUTC());
    }

    private InputStream ofDay(String account, LocalDate day, Duration edge) throws IOException {
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
                                            java.time.Instant.parse(at), ZoneOffset.ofHours(8));
                            return !beijing.isBefore(from) && beijing.isBefore(until);
                        })
                        .sorted()
                        .toList());
    }

    private InputStream numbered(String account, List<String> orders, List<String> refunds)
            throws IOException {
        if (breaksOff) {
            throw new IOException("gone");
        }
        asked.addAll(orders);
        asked.addAll(refunds);
        var found = new ArrayList<String>();
        orders.forEach(order -> found.add(held.get("payment " + order)));
        refunds.forEach(refund -> found.add(held.get("refund " + refund)));
        return lines(found.stream().filter(line -> line != null).toList());
    }

    private static InputStream lines(List<String> lines) {
        var text = String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
        return new ByteArrayInputStream(
                (text + "end\t" + lines.size() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Of 120.00 NZD, paid at that Beijing time. */
    private void hold(String order, LocalDateTime at) {
        holdPayment(order, "paid", "T" + order, 12_000, at);
    }

    private void hold(String order) {
        hold(order, DAY.atTime(12, 0));
    }

    private void holdPayment(
            String order, String status, String reference, long minor, LocalDateTime at) {
        held.put(
                "payment " + order,
                "payment\t%s\t%s\t%s\t\\N\t\\N\tshop\t%d\tNZD\t54041\t4.5034\t%s\tmer_1\tpay_%s"
                        .formatted(status, order, reference, minor, time(at), order));
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

    private static String paid(String order) {
        return paid(order, "120.00", "540.41", "NZD", "1.20", "4.5034", "T" + order, "", "shop");
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

    private static String refunded(String number, String order) {
        return "%s,-20.00,,NZD,,,2026-11-24 12:00:00,,R,P,%s,R%s,,shop\n"
                .formatted(number, order, number);
    }

    private Compared compared(LocalDate day, String lines) {
        books.received(ACCOUNT, day, ALIPAY_FPTRADE, HEADINGS + lines);
        return again(day);
    }

    private Compared again(LocalDate day) {
        return (Compared) reconcile.again(ACCOUNT, day, false);
    }

    /** Those that stand and are not cleared: type, subject, day. */
    private List<String> open() {
        return jdbc.queryForList(
                """
                select type || ' ' || subject || case when day = run_day then '' else ' of ' || day end from difference
                 where until_version is null and cleared_day is null and type <> 'late' order by 1
                """,
                String.class);
    }

    private List<String> late() {
        return jdbc.queryForList(
                "select subject from difference where until_version is null and type = 'late' order by 1",
                String.class);
    }

    private String state(LocalDate day) {
        return jdbc.queryForObject(
                "select state from statement_day where account_id = ? and day = ?",
                String.class,
                ACCOUNT,
                day);
    }

    private List<String> told() {
        return jdbc.queryForList(
                "select subject || ' ' || version || ' ' || data from outbox order by txid, position",
                String.class);
    }

    @Test
    void a_day_that_fits_is_closed_and_told_once() {
        hold("FP1");
        hold("FP2");
        holdRefund("FR1", "FP1", "succeeded", DAY.atTime(13, 0));

        beside("alipay-2", "alipay", true, DAY);
        beside("alipay-3", "alipay", true, NEXT);
        beside("alipay-4", "alipay", false, DAY);
        beside("wechat-1", "wechat", true, DAY);

        var result = compared(DAY, paid("FP1") + paid("FP2") + refunded("FR1", "FP1"));

        assertThat(result).isEqualTo(new Compared(1, 3, 3, 0, 0, 0, 3, 0, 0, true));
        assertThat(state(DAY)).isEqualTo("closed");
        assertThat(asked).isEmpty();
        var event =
                "alipay-1:2026-11-24 1 {\"channel\":\"alipay\",\"livemode\":true,\"account\":\"alipay-1\",\"day\":\"2026-11-24\",\"version\":1,\"accounts\":[\"alipay-1\",\"alipay-2\"]}";
        assertThat(told()).containsExactly(event);

        assertThat(reconcile.reconcile(ACCOUNT, DAY)).isInstanceOf(NothingToDo.class);
        assertThat(again(DAY).version()).isEqualTo(2);
        assertThat(told()).containsExactly(event);
    }

    private void beside(String account, String channel, boolean livemode, LocalDate day) {
        jdbc.update("insert into channel_account values (?, ?, ?)", account, channel, livemode);
        jdbc.update(
                "insert into statement_day (account_id, day, state, changed_at) values (?, ?, 'not_due', now())",
                account,
                day);
    }

    @Test
    void each_way_to_differ_is_told_apart() {
        for (var order :
                List.of(
                        "FPA", "FPB", "FPC", "FPD", "FPE", "FPF", "FPG", "FPH", "FPI", "FPJ",
                        "FPK")) {
            hold(order);
        }
        holdPayment("FPL", "closed", "", 12_000, null);
        holdPayment("FPM", "surplus", "TFPA", 12_000, DAY.atTime(12, 0));
        holdRefund("FRA", "FPA", "failed", null);
        // It paid under another number of ours than the file says.
        holdPayment("FPN", "paid", "TX", 12_000, DAY.atTime(12, 0));

        var result =
                compared(
                        DAY,
                        paid("FPA")
                                + paid(
                                        "FPB", "120.01", "540.41", "NZD", "1.20", "4.5034", "TFPB",
                                        "", "shop")
                                + paid("FPC", "120.00", "", "AUD", "1.20", "", "TFPC", "", "shop")
                                + paid(
                                        "FPD", "120.00", "540.41", "NZD", "1.22", "4.5034", "TFPD",
                                        "", "shop")
                                + paid(
                                        "FPE", "120.00", "540.41", "NZD", "1.20", "4.5134", "TFPE",
                                        "", "shop")
                                + paid(
                                        "FPF", "120.00", "540.42", "NZD", "1.20", "4.5034", "TFPF",
                                        "", "shop")
                                + paid(
                                        "FPG", "120.00", "540.41", "NZD", "1.20", "4.5034", "TFPG",
                                        "", "other")
                                + paid(
                                        "FPH", "120.00", "540.41", "NZD", "1.20", "4.5034", "TFPH",
                                        "118.79", "shop")
                                + paid(
                                        "FPI", "120.00", "540.41", "NZD", "1.20", "4.5034", "TFPI",
                                        "120.01", "shop")
                                + paid(
                                        "FPJ", "120.00", "540.41", "NZD", "1.21", "4.5034", "TFPJ",
                                        "118.79", "")
                                + paid("FPK")
                                + paid("FPK")
                                + paid("FPK")
                                + paid("FPL")
                                + refunded("FRA", "FPA")
                                + paid(
                                        "OTHER", "120.00", "540.41", "NZD", "1.20", "4.5034", "TX",
                                        "", "shop")
                                + "what\n");

        assertThat(open())
                .containsExactly(
                        "amount FPB",
                        "currency FPC",
                        "duplicate_channel FPK#2",
                        "duplicate_channel FPK#3",
                        "duplicate_platform FPM",
                        "fee FPD",
                        "fx_rate FPE",
                        "fx_rate FPF",
                        "settlement_over FPI",
                        "settlement_short FPH",
                        "status FPL",
                        "status FRA",
                        "unparsed_line 18",
                        "wrong_merchant FPG");
        assertThat(result).isEqualTo(new Compared(1, 17, 4, 12, 0, 1, 13, 14, 0, false));
        assertThat(state(DAY)).isEqualTo("compared");
        assertThat(told()).isEmpty();
        assertThat(
                        jdbc.queryForObject(
                                "select concat_ws(' ', theirs, ours, theirs_minor, ours_minor, merchant_id, owner_id, line_number) from difference where type = 'amount'",
                                String.class))
                .isEqualTo("12001 12000 12001 12000 mer_1 pay_FPB 3");
    }

    @Test
    void amounts_within_the_tolerance_of_their_currency_fit() {
        hold("FP1");
        hold("FP2");
        reconcile = with(new ChannelTerms(2, null), Map.of("NZD", 2L, "AUD", 500L));

        compared(
                DAY,
                paid("FP1", "120.02", "540.41", "NZD", "9.99", "4.5034", "T1", "", "shop")
                        + paid("FP2", "120.03", "540.41", "NZD", "", "4.5034", "T2", "", "shop"));

        assertThat(open()).containsExactly("amount FP2");
    }

    @Test
    void one_side_waits_for_the_other_and_is_judged_when_its_time_is_over() {
        hold("FP1");
        holdRefund("FR1", "FP1", "succeeded", DAY.atTime(12, 0));

        var first =
                compared(
                        DAY,
                        paid("FP1")
                                + paid("LONG")
                                + refunded("ORPHAN", "NOBODY")
                                + refunded("LOST", "FP1"));
        assertThat(first).isEqualTo(new Compared(1, 4, 1, 0, 3, 0, 2, 0, 0, false));
        compared(NEXT, "");
        assertThat(open()).isEmpty();

        compared(DAY.plusDays(2), "");

        assertThat(open())
                .containsExactly(
                        "channel_only LONG of 2026-11-24",
                        "channel_only LOST of 2026-11-24",
                        "platform_only FR1 of 2026-11-24",
                        "refund_orphan ORPHAN of 2026-11-24");
        assertThat(state(NEXT)).isEqualTo("closed");
        compared(DAY.plusDays(3), "");
        assertThat(open()).as("judged once").hasSize(4);
    }

    @Test
    void whoever_comes_late_clears_what_waited_and_closes_its_day() {
        hold("FP1");
        compared(DAY, paid("FP2"));
        assertThat(state(DAY)).isEqualTo("compared");

        // The file of the next day has ours, and we have learned of theirs.
        hold("FP2", NEXT.atTime(0, 1));
        var result = compared(NEXT, paid("FP1"));

        assertThat(result).isEqualTo(new Compared(1, 1, 1, 0, 0, 0, 1, 2, 0, true));
        assertThat(open()).isEmpty();
        assertThat(late()).containsExactly("FP1", "FP2");
        assertThat(state(DAY)).isEqualTo("closed");
        assertThat(told()).hasSize(2);

        var rerun = again(NEXT);
        assertThat(rerun).isEqualTo(new Compared(2, 1, 1, 0, 0, 0, 1, 0, 0, true));
        assertThat(told()).hasSize(2);
        assertThat(again(DAY)).isEqualTo(new Compared(2, 1, 0, 0, 1, 0, 1, 0, 0, true));
        assertThat(again(NEXT)).isEqualTo(new Compared(3, 1, 1, 0, 0, 0, 1, 0, 0, true));
        assertThat(told()).hasSize(2);
    }

    @Test
    void a_partner_that_comes_after_the_judgement_undoes_it() {
        hold("FP1");
        compared(DAY, "");
        compared(NEXT, "");
        compared(DAY.plusDays(2), "");
        assertThat(open()).containsExactly("platform_only FP1 of 2026-11-24");

        compared(DAY.plusDays(3), paid("FP1"));

        assertThat(open()).isEmpty();
        assertThat(state(DAY)).isEqualTo("closed");
    }

    @Test
    void clocks_that_differ_around_midnight_cost_no_day() {
        hold("FP1", NEXT.atTime(0, 5));
        hold("FP2", DAY.minusDays(1).atTime(23, 55));

        assertThat(compared(DAY, paid("FP1") + paid("FP2")))
                .isEqualTo(new Compared(1, 2, 2, 0, 0, 0, 0, 0, 0, true));
        var next = compared(NEXT, "");

        assertThat(next).isEqualTo(new Compared(1, 0, 0, 0, 0, 0, 1, 0, 0, true));
        assertThat(open()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void a_carried_record_at_the_edge_of_the_next_copy_is_one_record() {
        hold("FP1", DAY.atTime(23, 55));
        assertThat(compared(DAY, "").records()).isOne();

        assertThat(compared(NEXT, paid("FP1")).matched()).isOne();

        assertThat(late()).containsExactly("FP1");
        assertThat(state(DAY)).isEqualTo("closed");
        assertThat(state(NEXT)).isEqualTo("closed");
    }

    @Test
    void a_line_that_another_day_told_already_is_a_duplicate() {
        hold("FP1", DAY.atTime(23, 55));
        hold("FP2");
        compared(DAY, paid("FP1") + paid("FP2"));

        compared(NEXT, paid("FP1") + paid("FP2"));

        assertThat(open()).containsExactly("duplicate_channel FP1", "duplicate_channel FP2");
        assertThat(again(DAY)).isEqualTo(new Compared(2, 2, 2, 0, 0, 0, 2, 0, 0, true));
    }

    @Test
    void the_days_may_be_compared_in_any_order() {
        hold("FP1", DAY.atTime(23, 55));
        compared(NEXT, paid("FP1"));

        var first = compared(DAY, "");

        assertThat(first).isEqualTo(new Compared(1, 0, 0, 0, 0, 0, 1, 0, 0, true));
        assertThat(compared(DAY, paid("FP1")).differing()).isEqualTo(1);
        assertThat(open()).containsExactly("duplicate_channel FP1");
    }

    @Test
    void an_undecided_refund_waits() {
        hold("FP1");
        holdRefund("FR1", "FP1", "pending", null);
        compared(DAY, paid("FP1") + refunded("FR1", "FP1"));
        assertThat(open()).isEmpty();
        assertThat(state(DAY)).isEqualTo("compared");

        holdRefund("FR1", "FP1", "succeeded", NEXT.atTime(9, 0));
        compared(NEXT, "");

        assertThat(open()).isEmpty();
        assertThat(state(DAY)).isEqualTo("closed");
    }

    @Test
    void what_a_channel_took_back_evens_out() {
        holdPayment("FP1", "reversed", "TFP1", 12_000, null);
        var back = "FP1,-120.00,,NZD,,,2026-11-24 12:00:00,,CANCEL,P,,TFP1,,shop\n";

        assertThat(compared(DAY, paid("FP1") + back).matched()).isEqualTo(2);

        assertThat(compared(DAY, paid("FP1")).matched()).isZero();
        assertThat(open()).containsExactly("status FP1");
    }

    @Test
    void a_line_that_says_nothing_moved_is_right_unless_we_hold_it() {
        hold("FP1");
        var lines =
                """
                type,order_number,channel_reference,refund_reference,refund_number,amount,currency,status,settled
                payment,FP1,T1,,,120.00,NZD,unknown_order,
                payment,FP2,T2,,,120.00,NZD,pstatus_3,
                """;
        books.received(ACCOUNT, DAY, PAYEASE_VIRTUAL, lines);

        var result = again(DAY);

        assertThat(open()).containsExactly("status FP1");
        assertThat(result).isEqualTo(new Compared(1, 2, 1, 1, 0, 0, 1, 1, 0, false));
    }

    @Test
    void a_rerun_shows_what_changed() {
        hold("FP1");
        compared(DAY, paid("FP1", "1.00", "", "NZD", "", "", "T", "", "shop") + "bad\n");
        assertThat(open()).containsExactly("amount FP1", "unparsed_line 3");

        var second = compared(DAY, paid("FP1") + "bad\n");

        assertThat(second).isEqualTo(new Compared(2, 2, 1, 0, 0, 1, 1, 0, 1, false));
        assertThat(open()).containsExactly("unparsed_line 3");
        assertThat(
                        jdbc.queryForList(
                                "select type || ' ' || since_version || ' ' || coalesce(until_version::text, '-') from difference order by 1",
                                String.class))
                .containsExactly("amount 1 2", "unparsed_line 1 -");
    }

    @Test
    void fresh_records_are_compared_only_when_asked_for() {
        compared(DAY, paid("FP1"));
        hold("FP1");
        holdRefund("FR1", "FP1", "succeeded", DAY.atTime(12, 0));

        assertThat(again(DAY).records()).isZero();
        assertThat(((Compared) reconcile.again(ACCOUNT, DAY, true)).records()).isEqualTo(2);
    }

    @Test
    void late_money_clears_a_difference_that_an_empty_day_found() {
        var last = NEXT.plusDays(1);
        holdPayment("FP1", "ready", "TFP1", 12_000, null);
        compared(DAY, paid("FP1"));
        books.empty(ACCOUNT, NEXT);
        again(NEXT);
        books.empty(ACCOUNT, last);
        again(last);
        assertThat(open()).containsExactly("status FP1 of " + DAY);

        hold("FP1");
        var _ = reconcile.again(ACCOUNT, DAY, true);
        assertThat(state(last)).isEqualTo("empty_day");
        again(NEXT);
        again(last);

        assertThat(open()).isEmpty();
        assertThat(List.of(state(DAY), state(NEXT), state(last))).containsOnly("closed");
    }

    @Test
    void an_empty_day_is_compared_too() {
        books.empty(ACCOUNT, DAY);
        assertThat(reconcile.reconcile(ACCOUNT, DAY))
                .isEqualTo(new Compared(1, 0, 0, 0, 0, 0, 0, 0, 0, true));
        books.empty(ACCOUNT, DAY);
        assertThat(state(DAY)).isEqualTo("closed");
        assertThat(reconcile.reconcile(ACCOUNT, NEXT)).isEqualTo(new NothingToDo(null));
    }

    @Test
    void our_amounts_tell_the_unit_of_a_file_that_does_not() {
        hold("FP1");
        var format = io.ferrypay.reconcile.convert.StatementFormat.WECHAT_GLOBAL;
        books.received(ACCOUNT, DAY, format, WECHAT.formatted("FP2"));
        assertThat(reconcile.reconcile(ACCOUNT, DAY))
                .isEqualTo(new NothingToDo(io.ferrypay.reconcile.load.StatementState.REFUSED));

        books.received(ACCOUNT, DAY, format, WECHAT.formatted("FP1"));
        assertThat(((Compared) reconcile.reconcile(ACCOUNT, DAY)).matched()).isOne();
    }

    @Test
    void two_instances_do_it_once() throws Exception {
        for (int i = 0; i < 500; i++) {
            hold("FP" + i);
        }
        books.received(ACCOUNT, DAY, ALIPAY_FPTRADE, HEADINGS + paid("FP1") + paid("FP2"));
        Callable<Reconciled> work = () -> reconcile.reconcile(ACCOUNT, DAY);

        var done = new ArrayList<Reconciled>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var answer : threads.invokeAll(List.of(work, work, work, work))) {
                done.add(answer.get());
            }
        }

        assertThat(done.stream().filter(Compared.class::isInstance)).hasSize(1);
        assertThat(done).hasOnlyElementsOfTypes(Compared.class, Busy.class, NothingToDo.class);
        assertThat(jdbc.queryForObject("select count(*) from comparison", Long.class)).isOne();
    }

    /** The phases after which a process may die, by what fails then. */
    @ParameterizedTest
    @ValueSource(strings = {"finding_line", "lookup", "comparison", "statement_day", "outbox"})
    void a_death_in_any_phase_is_made_good(String phase) {
        hold("FP1");
        books.received(
                ACCOUNT, DAY, ALIPAY_FPTRADE, HEADINGS + paid("FP1") + paid("FP1") + paid("FP9"));
        again(DAY);
        var before = everything();
        holdPayment("FP9", "paid", "TFP9", 12_000, DAY.atTime(12, 0));
        books.received(ACCOUNT, DAY, ALIPAY_FPTRADE, HEADINGS + paid("FP1") + paid("FP9"));
        if (phase.equals("lookup")) {
            breaksOff = true;
        } else {
            jdbc.execute(
                    "create or replace function die() returns trigger language plpgsql as $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$");
            jdbc.execute(
                    "create trigger die after %s on %s execute function die()"
                            .formatted(
                                    phase.equals("statement_day") ? "update of state" : "insert",
                                    phase));
            if (phase.equals("statement_day")) {
                // Loading changes the state, too: only the end of the comparison is meant.
                jdbc.execute("drop trigger die on statement_day");
                books.loadStatement()
                        .load(ACCOUNT, DAY, io.ferrypay.reconcile.convert.KnownAmounts.NONE);
                jdbc.execute(
                        "create trigger die after update of state on statement_day execute function die()");
            }
        }
        try {
            assertThatThrownBy(() -> reconcile.reconcile(ACCOUNT, DAY))
                    .isInstanceOf(RuntimeException.class);
            assertThat(everything()).isEqualTo(before);
        } finally {
            breaksOff = false;
            if (!phase.equals("lookup")) {
                jdbc.execute("drop trigger die on " + phase);
            }
        }

        var result = (Compared) reconcile.reconcile(ACCOUNT, DAY);

        assertThat(result).isEqualTo(new Compared(2, 2, 2, 0, 0, 0, 1, 0, 1, true));
        assertThat(open()).isEmpty();
        assertThat(told()).hasSize(1);
    }

    private List<String> everything() {
        return jdbc.queryForList(
                """
                select 'd ' || d::text from difference d union all select 'c ' || c::text from carried c
                 union all select 'v ' || v::text from comparison v union all select 'e ' || e.data from outbox e
                 order by 1
                """,
                String.class);
    }
}
