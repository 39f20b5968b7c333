package io.ferrypay.reconcile.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.testkit.TestPostgres;
import io.ferrypay.testkit.TestSchema;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

class LoadRecordsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    private static TestSchema schema;

    @TempDir Path folder;

    private JdbcTemplate jdbc;
    private FreezeRecords freeze;
    private LoadRecords load;
    private String told = "";

    @BeforeAll
    static void migrate() {
        schema = TestPostgres.schema("reconcile");
        Flyway.configure().dataSource(schema.dataSource()).load().migrate();
    }

    @BeforeEach
    void begin() {
        var dataSource = schema.dataSource();
        var transactions = new JdbcTransactionManager(dataSource);
        jdbc = new JdbcTemplate(dataSource);
        jdbc.execute("truncate record_day, platform_record");
        var files = new FolderStore(folder);
        var client = JdbcClient.create(dataSource);
        RecordSource source =
                (_, _, edge) -> {
                    assertThat(edge).isEqualTo(Duration.ofMinutes(30));
                    return drops(told);
                };
        var settings = new LoadSettings(folder, Duration.ofMinutes(30), Engine.POSTGRESQL);
        freeze = new FreezeRecords(source, files, client, settings, Clock.systemUTC());
        load =
                new LoadRecords(
                        files,
                        new DayPartitions(client, transactions),
                        settings,
                        dataSource,
                        transactions);
    }

    /** Comes in pieces of seven bytes, as a network might deliver it. */
    private static InputStream drops(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, 7));
            }
        };
    }

    private static String records(int count) {
        var text = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            text.append(
                    "payment\tpaid\tFP%06d\t4200%d\t\\N\t\\N\t1900000109\t12000\tNZD\t54041\t4.5034\t2026-11-24T04:00:00Z\tmer_1\tpay_%d\n"
                            .formatted(i, i, i));
        }
        return text + "end\t" + count + "\n";
    }

    @Test
    void every_record_is_copied_once_with_its_number() throws IOException {
        told =
                """
                payment\tpaid\tFP\\\\1\tta\\tb\t\\N\t\\N\tsub\t12000\tNZD\t54041\t4.5034\t2026-11-24T04:00:00Z\tmer_1\tpay_1
                refund\tsucceeded\tFP2\t\\N\tFPR1\tR1\tsub\t2000\tJPY\t\\N\t\\N\t2026-11-24T05:00:00Z\tmer_1\tre_1
                end\t2
                """;

        assertThat(freeze.isFrozen("wechat-1", DAY)).isFalse();
        assertThat(freeze.freeze("wechat-1", DAY)).isEqualTo(2);
        assertThat(freeze.isFrozen("wechat-1", DAY)).isTrue();
        assertThat(load.load("wechat-1", DAY)).isTrue();
        assertThat(load.load("wechat-1", DAY)).isFalse();

        assertThat(
                        jdbc.queryForList(
                                """
                                select concat_ws(' ', day, account_id, record_number, kind, status, order_number,
                                       coalesce(channel_reference, '-'), coalesce(refund_number, '-'),
                                       coalesce(refund_reference, '-'), channel_merchant, amount_minor, currency,
                                       coalesce(yuan_minor, -1), coalesce(rate, -1),
                                       extract(epoch from happened_at)::bigint, merchant_id, owner_id)
                                  from platform_record order by record_number
                                """,
                                String.class))
                .containsExactly(
                        "2026-11-24 wechat-1 1 payment paid FP\\1 ta\tb - - sub 12000 NZD 54041 4.5034000000 1795492800 mer_1 pay_1",
                        "2026-11-24 wechat-1 2 refund succeeded FP2 - FPR1 R1 sub 2000 JPY -1 -1 1795496400 mer_1 re_1");
    }

    @Test
    void a_day_without_records_is_a_copy_too() throws IOException {
        told = "end\t0\n";

        assertThat(freeze.freeze("wechat-1", DAY)).isZero();
        assertThat(load.load("wechat-1", DAY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a\n",
                "a\nend\t2\n",
                "a\nend\t1",
                "aend\t1\n",
                "a\nb\nen",
                "\nend\t0\n"
            })
    void what_broke_off_is_no_copy(String half) throws IOException {
        told = half;

        assertThatThrownBy(() -> freeze.freeze("wechat-1", DAY)).isInstanceOf(EOFException.class);

        assertThat(freeze.isFrozen("wechat-1", DAY)).isFalse();
        try (var left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void another_copy_takes_the_place_of_the_first() throws IOException {
        told = records(3);
        freeze.freeze("wechat-1", DAY);
        load.load("wechat-1", DAY);
        freeze.freeze("wechat-1", DAY);
        assertThat(load.load("wechat-1", DAY)).as("the same again").isFalse();

        told = records(2);
        freeze.freeze("wechat-1", DAY);
        assertThat(load.load("wechat-1", DAY)).isTrue();

        assertThat(
                        jdbc.queryForObject(
                                "select count(*) || ' ' || max(version) from platform_record, record_day",
                                String.class))
                .isEqualTo("2 2");
    }

    @Test
    void two_instances_do_it_once() throws Exception {
        told = records(10_000);
        freeze.freeze("wechat-1", DAY);
        Callable<Boolean> work = () -> load.load("wechat-1", DAY);

        var done = new ArrayList<Boolean>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var answer : threads.invokeAll(List.of(work, work, work, work))) {
                done.add(answer.get());
            }
        }

        assertThat(done).containsOnlyOnce(true);
        assertThat(jdbc.queryForObject("select count(*) from platform_record", Long.class))
                .isEqualTo(10_000);
    }

    @Test
    void a_file_that_was_damaged_leaves_nothing() throws IOException {
        told = records(5_000);
        freeze.freeze("wechat-1", DAY);
        var sha256 = jdbc.queryForObject("select sha256 from record_day", String.class);
        var place = folder.resolve(sha256.substring(0, 2)).resolve(sha256);
        var whole = Files.readAllBytes(place);
        Files.write(place, java.util.Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> load.load("wechat-1", DAY))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(jdbc.queryForObject("select count(*) from platform_record", Long.class))
                .isZero();

        Files.write(place, whole);
        assertThat(load.load("wechat-1", DAY)).isTrue();
    }
}
