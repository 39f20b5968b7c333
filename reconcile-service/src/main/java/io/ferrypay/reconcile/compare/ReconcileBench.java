package io.ferrypay.reconcile.compare;

import io.ferrypay.events.Outbox;
import io.ferrypay.reconcile.compare.Reconciled.Compared;
import io.ferrypay.reconcile.convert.BadLine;
import io.ferrypay.reconcile.convert.BillLine;
import io.ferrypay.reconcile.convert.BillSink;
import io.ferrypay.reconcile.convert.ConvertStatement;
import io.ferrypay.reconcile.convert.KnownAmounts;
import io.ferrypay.reconcile.convert.StatementFormat;
import io.ferrypay.reconcile.load.FreezeRecords;
import io.ferrypay.reconcile.load.LoadRecords;
import io.ferrypay.reconcile.load.LoadStatement;
import io.ferrypay.reconcile.load.ReceiveStatement;
import io.ferrypay.reconcile.load.RecordSource;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code ./ferry bench reconcile} runs: a made-up day by the same code as in service, beside
 * two plain COPYs of the same rows and one hash join. One line in a hundred differs. In an empty
 * database of its own, named by {@code FERRY_DATABASE_URL}, with files in {@code FERRY_FILES}.
 */
public final class ReconcileBench {

    private static final String ACCOUNT = "wechat-bench";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final int SECONDS_OF_A_DAY = 86_400;
    private static final long MEBI = 1L << 20;

    private final long lines;
    private final Path folder;
    private final JdbcTemplate jdbc;
    private final AnnotationConfigApplicationContext context;

    private ReconcileBench(long lines, Path folder, DataSource dataSource) {
        this.lines = lines;
        this.folder = folder;
        this.jdbc = new JdbcTemplate(dataSource);
        this.context = context(dataSource);
    }

    /** {@code --lines N}: a million if not said; {@code 1e6} will do. */
    public static void main(String[] arguments) throws Exception {
        var lines = 1_000_000L;
        for (int i = 0; i + 1 < arguments.length; i++) {
            if (arguments[i].equals("--lines")) {
                lines = new BigDecimal(arguments[i + 1]).longValueExact();
            }
        }
        var dataSource =
                new DriverManagerDataSource(
                        Objects.requireNonNull(System.getenv("FERRY_DATABASE_URL")),
                        Objects.requireNonNull(System.getenv("FERRY_DATABASE_USER")),
                        Objects.requireNonNull(System.getenv("FERRY_DATABASE_PASSWORD")));
        var folder = Path.of(Objects.requireNonNull(System.getenv("FERRY_FILES")));
        System.exit(run(lines, folder, dataSource) ? 0 : 1);
    }

    /** Whether it found what it had put in. */
    static boolean run(long lines, Path folder, DataSource dataSource) throws Exception {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/events/outbox", "classpath:db/migration")
                .load()
                .migrate();
        return new ReconcileBench(lines, folder, dataSource).run();
    }

    private AnnotationConfigApplicationContext context(DataSource dataSource) {
        var made = new AnnotationConfigApplicationContext();
        made.getEnvironment()
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "bench", Map.of("ferry.reconcile.files", folder.toString())));
        made.registerBean(DataSource.class, () -> dataSource);
        made.registerBean(
                PlatformTransactionManager.class, () -> new JdbcTransactionManager(dataSource));
        made.registerBean(JdbcTemplate.class, () -> jdbc);
        made.registerBean(JdbcClient.class, () -> JdbcClient.create(dataSource));
        made.registerBean(Outbox.class, () -> new Outbox(jdbc));
        made.registerBean(JsonMapper.class, () -> new JsonMapper());
        made.registerBean(Clock.class, Clock::systemUTC);
        made.registerBean(
                RecordSource.class, () -> (_, _, _) -> new Made(lines, this::record, end()));
        made.registerBean(
                RecordLookup.class,
                () -> (_, _, _) -> new ByteArrayInputStream("end\t0\n".getBytes(UTF_8)));
        made.scan("io.ferrypay.reconcile.load", "io.ferrypay.reconcile.convert");
        made.register(
                AccountLock.class,
                FrozenAmounts.class,
                CompareConfiguration.class,
                PostgresSteps.class,
                SparkSteps.class,
                SparkProcess.class,
                ReconcileDay.class);
        made.refresh();
        return made;
    }

    private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

    private interface Work<T> {
        T run() throws Exception;
    }

    private long nanos;

    private <T> T timed(String what, long rows, Work<T> work) throws Exception {
        var started = System.nanoTime();
        var result = work.run();
        nanos = System.nanoTime() - started;
        var seconds = nanos / 1e9;
        System.out.printf(
                Locale.ROOT, "%-34s %8.2f s %12.0f rows/s%n", what, seconds, rows / seconds);
        return result;
    }

    private boolean run() throws Exception {
        var sha256 = sha256(statement());
        ManagementFactory.getMemoryPoolMXBeans().forEach(pool -> pool.resetPeakUsage());
        timed(
                "keep the statement",
                lines,
                () ->
                        context.getBean(ReceiveStatement.class)
                                .file(
                                        ACCOUNT,
                                        DAY,
                                        StatementFormat.WECHAT_GLOBAL,
                                        sha256,
                                        true,
                                        statement()));
        timed("convert alone", lines, () -> convert(sha256));
        timed(
                "freeze our records",
                lines,
                () -> context.getBean(FreezeRecords.class).freeze(ACCOUNT, DAY));
        var whole = 0L;
        timed(
                "load our records",
                lines,
                () -> context.getBean(LoadRecords.class).load(ACCOUNT, DAY));
        whole += nanos;
        timed(
                "convert and load the statement",
                lines,
                () -> context.getBean(LoadStatement.class).load(ACCOUNT, DAY, KnownAmounts.NONE));
        whole += nanos;
        var result =
                timed(
                        "compare",
                        lines,
                        () -> context.getBean(ReconcileDay.class).reconcile(ACCOUNT, DAY));
        whole += nanos;
        System.out.printf(Locale.ROOT, "%-34s %8.2f s%n", "convert, load and compare", whole / 1e9);
        var peak =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum();
        var disk =
                jdbc.queryForObject(
                        "select pg_total_relation_size('bill_line_20261124') + pg_total_relation_size('platform_record_20261124')",
                        Long.class);
        System.out.printf(
                Locale.ROOT,
                "peak heap %.0f MiB, tables %.0f MiB, files %.0f MiB%n",
                (double) peak / MEBI,
                (disk == null ? 0.0 : disk) / MEBI,
                (double) size() / MEBI);
        var raw = raw();
        System.out.printf(
                Locale.ROOT,
                "%-34s %8.2f s, ours is %.2f of it%n",
                "two COPYs and a hash join",
                raw / 1e9,
                (double) whole / raw);
        System.out.println(result);
        return result instanceof Compared compared && isRight(compared);
    }

    /** A difference in each hundred lines, in turn: the amount, one side, the other side. */
    private boolean isRight(Compared compared) {
        long hundreds = (lines + 99) / 100;
        long amounts = (hundreds + 2) / 3;
        long onlyRecords = (hundreds + 1) / 3;
        long onlyLines = hundreds / 3;
        boolean right =
                compared.lines() == lines - onlyRecords
                        && compared.differing() == amounts
                        && compared.carried() == onlyLines
                        && compared.records() == lines - onlyLines
                        && compared.matched() == lines - hundreds;
        System.out.println(right ? "found what was put in" : "NOT what was put in");
        return right;
    }

    private enum Sort {
        FITS,
        AMOUNT,
        ONLY_RECORD,
        ONLY_LINE
    }

    private static Sort sort(long i) {
        if (i % 100 != 0) {
            return Sort.FITS;
        }
        return switch ((int) (i / 100 % 3)) {
            case 0 -> Sort.AMOUNT;
            case 1 -> Sort.ONLY_RECORD;
            default -> Sort.ONLY_LINE;
        };
    }

    private String line(long i) {
        if (sort(i) == Sort.ONLY_RECORD) {
            return "";
        }
        var second = i * SECONDS_OF_A_DAY / lines;
        var amount = 1000 + i % 90_000 + (sort(i) == Sort.AMOUNT ? 1 : 0);
        return "`2026-11-24 %02d:%02d:%02d,`1900000109,`42000%023d,`FPB%021d,`SUCCESS,`,`,`,`%s,`NZD,`%s,`CNY,`%s,`NZD,`%s,`450340000,`,`0,`CNY,`0,`NZD,`0\n"
                .formatted(
                        second / 3600,
                        second / 60 % 60,
                        second % 60,
                        i,
                        i,
                        whole(amount / 100),
                        whole(amount),
                        whole(amount * 9 / 2),
                        whole(amount));
    }

    private static String whole(long minor) {
        return minor / 100 + "." + (minor % 100 < 10 ? "0" : "") + minor % 100;
    }

    /** In another order than the lines, as another clock would have it. */
    private String record(long place) {
        long i = place * 7_919 % lines;
        if (sort(i) == Sort.ONLY_LINE) {
            return "";
        }
        var second = i * SECONDS_OF_A_DAY / lines;
        var amount = 1000 + i % 90_000;
        return "payment\tpaid\tFPB%021d\t42000%023d\t\\N\t\\N\t1900000109\t%d\tNZD\t\\N\t4.5034\t%s\tmer_%026d\tpay_%026d\n"
                .formatted(
                        i,
                        i,
                        amount,
                        DAY.atStartOfDay().toInstant(BEIJING).plusSeconds(second),
                        i % 1000,
                        i);
    }

    private String end() {
        long onlyLines = (lines + 99) / 100 / 3;
        return "end\t" + (lines - onlyLines) + "\n";
    }

    private InputStream statement() {
        return new java.io.SequenceInputStream(
                new ByteArrayInputStream(
                        "交易时间,子商户号,微信订单号,商户订单号,交易状态,微信退款单号,商户退款单号,退款状态,手续费,标价币种,订单金额(标价币种),用户支付币种,用户支付金额,结算币种,应结订单金额,支付汇率,退款汇率,申请退款金额,用户退款币种,用户退款金额,退款结算币种,退款应结订单金额\n"
                                .getBytes(UTF_8)),
                new Made(lines, this::line, ""));
    }

    /** Lines as they are asked for: a day never is in memory. */
    private static final class Made extends InputStream {

        private final long count;
        private final LongFunction<String> line;
        private final String end;
        private byte[] ready = {};
        private int passed;
        private long next;

        Made(long count, LongFunction<String> line, String end) {
            this.count = count;
            this.line = line;
            this.end = end;
        }

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            while (passed == ready.length) {
                if (next > count) {
                    return -1;
                }
                var text = new StringBuilder();
                for (int i = 0; i < 200 && next < count; i++) {
                    text.append(line.apply(next++));
                }
                if (next == count) {
                    text.append(end);
                    next++;
                }
                ready = text.toString().getBytes(UTF_8);
                passed = 0;
            }
            int taken = Math.min(length, ready.length - passed);
            System.arraycopy(ready, passed, into, from, taken);
            passed += taken;
            return taken;
        }
    }

    private Object convert(String sha256) throws IOException {
        var stored = folder.resolve(sha256.substring(0, 2)).resolve(sha256);
        return context.getBean(ConvertStatement.class)
                .convert(
                        StatementFormat.WECHAT_GLOBAL,
                        () -> new BufferedInputStream(Files.newInputStream(stored)),
                        KnownAmounts.NONE,
                        new BillSink() {
                            @Override
                            public void line(BillLine line) {}

                            @Override
                            public void bad(BadLine line) {
                                throw new IllegalStateException(line.toString());
                            }
                        });
    }

    private static String sha256(InputStream in) throws IOException, NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        var piece = new byte[64 * 1024];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            digest.update(piece, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private long size() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".txt"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /**
     * The limit: the same rows into the same kind of tables, and nothing but their pairs counted.
     */
    private long raw() throws Exception {
        var total = 0L;
        try (var connection = Objects.requireNonNull(jdbc.getDataSource()).getConnection();
                var statement = connection.createStatement()) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (var table : new String[] {"bill_line", "platform_record"}) {
                var file = folder.resolve(table + ".txt");
                try (var out = Files.newOutputStream(file)) {
                    copy.copyOut("copy (select * from " + table + ") to stdout", out);
                }
                statement.execute("create table raw_" + table + " (like " + table + ")");
                try (var in = Files.newInputStream(file)) {
                    timed(
                            "  COPY of " + table,
                            lines,
                            () -> copy.copyIn("copy raw_" + table + " from stdin", in, 64 * 1024));
                }
                total += nanos;
            }
            statement.execute("set work_mem = '128MB'");
            timed(
                    "  hash join",
                    lines,
                    () ->
                            statement.execute(
                                    """
                                    select count(*) filter (where l.amount_minor = r.amount_minor), count(*)
                                      from raw_bill_line l
                                      full join raw_platform_record r on r.order_number = l.order_number
                                    """));
            total += nanos;
        }
        return total;
    }
}
