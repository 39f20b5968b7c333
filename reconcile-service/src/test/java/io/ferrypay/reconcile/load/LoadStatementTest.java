package io.ferrypay.reconcile.load;

import static io.ferrypay.reconcile.convert.StatementFormat.ALIPAY_COMPARE;
import static io.ferrypay.reconcile.convert.StatementFormat.ALIPAY_FPTRADE;
import static io.ferrypay.reconcile.convert.StatementFormat.ALIPAY_TRANSACTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.reconcile.convert.ConvertStatement;
import io.ferrypay.reconcile.convert.KnownAmounts;
import io.ferrypay.reconcile.convert.StatementFormat;
import io.ferrypay.testkit.TestPostgres;
import io.ferrypay.testkit.TestSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

class LoadStatementTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    private static TestSchema schema;

    @TempDir Path folder;

    private DataSource dataSource;
    private JdbcTemplate jdbc;
    private ReceiveStatement receive;
    private LoadStatement load;

    @BeforeAll
    static void migrate() {
        schema = TestPostgres.schema("reconcile");
        Flyway.configure().dataSource(schema.dataSource()).load().migrate();
    }

    @BeforeEach
    void begin() {
        dataSource = schema.dataSource();
        jdbc = new JdbcTemplate(dataSource);
        jdbc.execute("truncate statement_day, bill_line, bad_line, total_difference");
        var files = new FolderStore(folder);
        var clock = Clock.systemUTC();
        receive = new ReceiveStatement(files, JdbcClient.create(dataSource), clock);
        load =
                new LoadStatement(
                        files,
                        new ConvertStatement(),
                        partitions(),
                        new LoadSettings(folder, Duration.ofMinutes(30), Engine.POSTGRESQL),
                        dataSource,
                        new JdbcTransactionManager(dataSource),
                        clock);
    }

    private DayPartitions partitions() {
        return new DayPartitions(
                JdbcClient.create(dataSource), new JdbcTransactionManager(dataSource));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private StatementState receive(String account, StatementFormat format, String text)
            throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return receive.file(
                account, DAY, format, sha256(bytes), false, new ByteArrayInputStream(bytes));
    }

    private Optional<StatementState> load(String account) {
        return load.load(account, DAY, KnownAmounts.NONE);
    }

    private String day(String account) {
        return jdbc.queryForObject(
                "select concat_ws(' ', state, version, bill_lines, bad_lines, aside_lines, refused_reason)"
                        + " from statement_day where account_id = ? and day = ?",
                String.class,
                account,
                DAY);
    }

    private long count(String table) {
        return jdbc.queryForObject("select count(*) from " + table, Long.class);
    }

    private static String lines(int from, int count) {
        var text = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            text.append("FP%04d|120.00|NZD|20261124233000||P|1.20|P|\n".formatted(i));
        }
        return text.toString();
    }

    @Test
    void all_that_a_line_tells_is_loaded() throws IOException {
        receive(
                "alipay-1",
                ALIPAY_FPTRADE,
                """
                Partner_transaction_id,Amount,Rmb_amount,Currency,Fee,Rate,Payment_time,Settlement_time,Type,Status,Original_partner_transaction_ID,Transaction_ID,Settlement
                FP\\1,120.00,540.41,NZD,1.20,4.50341666,2026-11-24 23:30:00,2026-11-25 09:00:00,P,L,,2026112421,118.80
                FPR001,-20.50,-92.32,NZD,,,,,R,P,FP\\1,,
                """);

        assertThat(load("alipay-1")).contains(StatementState.CONVERTED);

        assertThat(
                        jdbc.queryForList(
                                """
                                select concat_ws(' ', day, account_id, line_number, kind, status, order_number,
                                       coalesce(channel_reference, '-'), coalesce(refund_number, '-'),
                                       coalesce(refund_reference, '-'), coalesce(channel_merchant, '-'),
                                       amount_minor, currency, yuan_minor, coalesce(settled_minor, -1),
                                       coalesce(settled_currency, '-'), coalesce(fee, -1), coalesce(rate, -1),
                                       coalesce(extract(epoch from happened_at)::bigint, -1),
                                       coalesce(extract(epoch from settled_at)::bigint, -1))
                                  from bill_line order by line_number
                                """,
                                String.class))
                .containsExactly(
                        "2026-11-24 alipay-1 2 payment done FP\\1 2026112421 - - - 12000 NZD 54041 11880 NZD 1.20000000 4.503416660000 1795534200 1795568400",
                        "2026-11-24 alipay-1 3 refund done FP\\1 - FPR001 - - 2050 NZD 9232 -1 - -1 -1 -1 -1");
        assertThat(day("alipay-1")).isEqualTo("converted 1 2 0 1");
    }

    @Test
    void bad_lines_and_totals_that_differ_are_kept() throws IOException {
        receive(
                "alipay-1",
                ALIPAY_TRANSACTION,
                """
                Partner:2088|Total_count:7
                Partner_transaction_id|Transaction_id|Transaction_amount|Currency|Payment_time|Transaction_type
                FP1|1|1.00|NZD|2026-11-24 23:30:00|PAYMENT
                FP2|2|x|NZD|2026-11-24 23:30:00|PAYMENT
                what
                """);

        load("alipay-1");

        assertThat(day("alipay-1")).isEqualTo("converted 1 1 2 2");
        assertThat(
                        jdbc.queryForList(
                                "select concat_ws(' ', line_number, bytes, reason, column_number) from bad_line order by 1",
                                String.class))
                .containsExactly("4 39 wrong_amount 2", "5 4 column_count");
        assertThat(
                        jdbc.queryForList(
                                "select concat_ws(' ', total, theirs, ours) from total_difference",
                                String.class))
                .containsExactly("Total_count 7 3");
    }

    @Test
    void the_same_file_again_changes_nothing() throws IOException {
        receive("alipay-1", ALIPAY_COMPARE, lines(0, 3));
        load("alipay-1");

        assertThat(receive("alipay-1", ALIPAY_COMPARE, lines(0, 3)))
                .isEqualTo(StatementState.CONVERTED);
        assertThat(load("alipay-1")).isEmpty();
        assertThat(day("alipay-1")).isEqualTo("converted 1 3 0 0");
        assertThat(count("bill_line")).isEqualTo(3);
    }

    @Test
    void another_file_takes_the_place_of_the_first() throws IOException {
        receive("alipay-1", ALIPAY_COMPARE, lines(0, 3) + "bad\n");
        receive("alipay-2", ALIPAY_COMPARE, lines(0, 3));
        load("alipay-1");
        load("alipay-2");

        assertThat(receive("alipay-1", ALIPAY_COMPARE, lines(5, 2)))
                .isEqualTo(StatementState.DOWNLOADED);
        assertThat(load("alipay-1")).contains(StatementState.CONVERTED);

        assertThat(day("alipay-1")).isEqualTo("converted 2 2 0 0");
        assertThat(count("bad_line")).isZero();
        assertThat(
                        jdbc.queryForList(
                                "select account_id || order_number from bill_line order by 1",
                                String.class))
                .containsExactly(
                        "alipay-1FP0005",
                        "alipay-1FP0006",
                        "alipay-2FP0000",
                        "alipay-2FP0001",
                        "alipay-2FP0002");
    }

    @Test
    void other_bytes_than_promised_are_not_read_and_undo_no_good_file() throws IOException {
        var wrong = "f".repeat(64);
        var bytes = lines(0, 1).getBytes(StandardCharsets.UTF_8);

        assertThat(
                        receive.file(
                                "alipay-1",
                                DAY,
                                ALIPAY_COMPARE,
                                wrong,
                                true,
                                new ByteArrayInputStream(bytes)))
                .isEqualTo(StatementState.BAD_HASH);
        assertThat(day("alipay-1")).isEqualTo("bad_hash 0");
        assertThat(load("alipay-1")).isEmpty();

        receive("alipay-1", ALIPAY_COMPARE, lines(0, 2));
        load("alipay-1");
        receive.file("alipay-1", DAY, ALIPAY_COMPARE, wrong, true, new ByteArrayInputStream(bytes));
        assertThat(day("alipay-1")).isEqualTo("converted 1 2 0 0");
    }

    @Test
    void no_file_yet_is_a_state_of_its_own_and_undoes_no_file() throws IOException {
        receive.nothing("alipay-1", DAY, StatementState.NOT_DUE);
        assertThat(day("alipay-1")).isEqualTo("not_due 0");
        receive.nothing("alipay-1", DAY, StatementState.NOT_READY);
        assertThat(day("alipay-1")).isEqualTo("not_ready 0");
        receive.nothing("alipay-1", DAY, StatementState.EMPTY_DAY);
        assertThat(day("alipay-1")).isEqualTo("empty_day 0");

        receive("alipay-1", ALIPAY_COMPARE, lines(0, 1));
        receive.nothing("alipay-1", DAY, StatementState.EMPTY_DAY);

        assertThat(day("alipay-1")).isEqualTo("downloaded 1");
        assertThatThrownBy(() -> receive.nothing("alipay-1", DAY, StatementState.CONVERTED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_file_of_no_use_is_refused_and_leaves_no_line() throws IOException {
        receive("alipay-1", StatementFormat.ALIPAY_TRANSACTION_ITEMS, "what\n");
        receive(
                "alipay-2",
                StatementFormat.ALIPAY_TRANSACTION_ITEMS,
                """
                transactionId,transactionRequestId,transactionType,paymentTime,transactionAmountValue,transactionCurrency
                1,FP1,PAYMENT,2026-11-24T23:30:00+08:00,12000,NZD
                """);
        receive("alipay-3", ALIPAY_COMPARE, "\n" + "x\n".repeat(CopyLines.MOST_BAD + 1));

        assertThat(load("alipay-1")).contains(StatementState.REFUSED);
        assertThat(load("alipay-2")).contains(StatementState.REFUSED);
        assertThat(load("alipay-3")).contains(StatementState.REFUSED);

        assertThat(day("alipay-1")).isEqualTo("refused 1 no_headings");
        assertThat(day("alipay-2")).isEqualTo("refused 1 incomplete");
        assertThat(day("alipay-3")).isEqualTo("refused 1 too_many_bad_lines");
        assertThat(count("bill_line")).isZero();
        assertThat(count("bad_line")).isZero();
    }

    @Test
    void two_instances_do_it_once() throws Exception {
        receive("alipay-1", ALIPAY_COMPARE, lines(0, 20_000));
        Callable<Optional<StatementState>> work = () -> load("alipay-1");

        try (var threads = Executors.newFixedThreadPool(6)) {
            var done = new ArrayList<StatementState>();
            for (var answer : threads.invokeAll(List.of(work, work, work, work, work, work))) {
                answer.get().ifPresent(done::add);
            }
            assertThat(done).containsExactly(StatementState.CONVERTED);
        }
        assertThat(count("bill_line")).isEqualTo(20_000);
    }

    @Test
    void many_accounts_of_a_new_day_do_not_wait_for_each_other_forever() throws Exception {
        jdbc.execute("drop table if exists bill_line_20261124");
        var work = new ArrayList<Callable<Optional<StatementState>>>();
        for (int i = 0; i < 8; i++) {
            var account = "alipay-" + i;
            receive(account, ALIPAY_COMPARE, lines(0, 2_000));
            work.add(() -> load(account));
        }

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(work)) {
                assertThat(answer.get()).contains(StatementState.CONVERTED);
            }
        }
        assertThat(count("bill_line")).isEqualTo(16_000);
    }

    /** The server ends the connection in the midst, as it does when the process dies. */
    @Test
    void a_death_while_lines_are_copied_leaves_nothing_and_is_made_good() throws Exception {
        receive("alipay-1", ALIPAY_COMPARE, lines(0, 3));
        load("alipay-1");
        receive("alipay-1", ALIPAY_COMPARE, lines(0, 5_000));
        var file = sha256(lines(0, 5_000).getBytes(StandardCharsets.UTF_8));
        var deadly =
                new LoadStatement(
                        new FolderStore(folder),
                        new ConvertStatement(),
                        partitions(),
                        new LoadSettings(folder, Duration.ofMinutes(30), Engine.POSTGRESQL),
                        dataSource,
                        new JdbcTransactionManager(dataSource),
                        Clock.systemUTC());
        var place = folder.resolve(file.substring(0, 2)).resolve(file);
        var whole = Files.readAllBytes(place);
        Files.delete(place);
        new ProcessBuilder("mkfifo", place.toString()).inheritIO().start().waitFor();

        try (var threads = Executors.newFixedThreadPool(2)) {
            var running = threads.submit(() -> deadly.load("alipay-1", DAY, KnownAmounts.NONE));
            try (var pipe = Files.newOutputStream(place)) {
                pipe.write(whole, 0, 200_000);
                pipe.flush();
                assertThat(load("alipay-1")).as("another instance").isEmpty();
                assertThat(
                                jdbc.queryForList(
                                        """
                                        select pg_terminate_backend(pid) from pg_stat_activity
                                         where pid <> pg_backend_pid() and query like 'copy bill_line%'
                                           and datname = current_database()
                                        """,
                                        Boolean.class))
                        .containsExactly(true);
                pipe.write(whole, 200_000, whole.length - 200_000);
            } catch (IOException _) {
                // The reader may be gone by now.
            }
            assertThatThrownBy(running::get).isNotNull();
        }
        assertThat(day("alipay-1")).isEqualTo("downloaded 2");
        assertThat(count("bill_line")).as("the lines of the file before").isEqualTo(3);

        Files.delete(place);
        Files.write(place, whole);
        assertThat(load("alipay-1")).contains(StatementState.CONVERTED);
        assertThat(count("bill_line")).isEqualTo(5_000);
    }

    /** What the reader lets through, the table takes. */
    @Test
    void damaged_files_never_break_the_load() throws IOException {
        var random = new Random(20261127);
        var signs = "\n|0.-9\\PRL".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 150; i++) {
            var bytes = lines(0, 20).getBytes(StandardCharsets.US_ASCII);
            for (int n = random.nextInt(40); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] =
                        n % 4 == 0
                                ? (byte) random.nextInt(256)
                                : signs[random.nextInt(signs.length)];
            }
            var account = "alipay-" + i;
            receive.file(
                    account,
                    DAY,
                    ALIPAY_COMPARE,
                    sha256(bytes),
                    false,
                    new ByteArrayInputStream(bytes));

            assertThat(load(account)).contains(StatementState.CONVERTED);
        }
        assertThat(count("bill_line"))
                .isEqualTo(
                        jdbc.queryForObject(
                                "select sum(bill_lines) from statement_day", Long.class));
        assertThat(count("bad_line"))
                .isPositive()
                .isEqualTo(
                        jdbc.queryForObject(
                                "select sum(bad_lines) from statement_day", Long.class));
    }

    @Test
    void a_value_that_no_column_holds_is_a_bad_line() throws IOException {
        receive(
                "alipay-1",
                ALIPAY_COMPARE,
                """
                FP1|120.00|NZD|00001124233000||P|1.20|P|
                FP2|120.00|NZD|20261124233000||P|12345678901234567890.20|P|
                FP3|999999999999999.00|NZD|20261124233000||P|1.20|P|
                FP4|9999999999999.99|NZD|20261124233000||P|999999999999.99999999|P|
                """);

        load("alipay-1");

        assertThat(day("alipay-1")).isEqualTo("converted 1 1 3 0");
    }
}
