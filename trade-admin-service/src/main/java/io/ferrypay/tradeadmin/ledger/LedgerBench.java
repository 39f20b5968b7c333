package io.ferrypay.tradeadmin.ledger;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventFeed;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code ./ferry bench ledger} runs: events of paid payments booked by the same code as in
 * service, a page of the feed a transaction, beside plain inserts of the same rows, as many at
 * once, into twins of the tables. In an empty database of its own, named by {@code
 * FERRY_DATABASE_URL}.
 */
public final class LedgerBench {

    private static final int BATCH = EventFeed.LARGEST_PAGE;
    private static final int MERCHANTS = 10_000;
    private static final int WARM_UP = 10_000;

    private final JsonMapper json = JsonMapper.builder().build();
    private final Random random = new Random(7);
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final TakePaymentEvents events;
    private final VerifyBooks books;

    private LedgerBench(SingleConnectionDataSource dataSource) {
        var transactions = new DataSourceTransactionManager(dataSource);
        jdbc = new JdbcTemplate(dataSource);
        transaction = new TransactionTemplate(transactions);
        events =
                new TakePaymentEvents(
                        jdbc,
                        new PostJournals(jdbc, Clock.systemUTC()),
                        // Without fees: a payment is one journal, as in the measurements before.
                        _ -> Map.of(),
                        new Positions(jdbc));
        books = new VerifyBooks(jdbc, transactions, Clock.systemUTC(), List.of());
    }

    private enum Part {
        /** Each journal has one of many merchants. */
        SPREAD,
        /** One merchant receives all. */
        HOT,
        /** The limit: the same rows, and nothing looked at or summed up. */
        RAW
    }

    /** {@code [JOURNALS [ROUNDS]]}: of each part and round, 40,000 and 3 if not said. */
    public static void main(String[] arguments) {
        var journals = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40_000;
        var rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        var dataSource =
                new SingleConnectionDataSource(
                        Objects.requireNonNull(System.getenv("FERRY_DATABASE_URL")),
                        Objects.requireNonNull(System.getenv("FERRY_DATABASE_USER")),
                        Objects.requireNonNull(System.getenv("FERRY_DATABASE_PASSWORD")),
                        true);
        try (dataSource) {
            Flyway.configure()
                    .dataSource(dataSource)
                    .locations("classpath:db/events/follower", "classpath:db/migration")
                    .load()
                    .migrate();
            System.exit(new LedgerBench(dataSource).run(journals, rounds));
        }
    }

    private int run(int journals, int rounds) {
        for (var table : List.of("journal", "entry", "told_money")) {
            jdbc.execute("create table twin_" + table + " (like " + table + " including all)");
        }
        for (var part : Part.values()) {
            measure(part, WARM_UP);
        }
        var rates = new EnumMap<Part, List<Double>>(Part.class);
        for (var round = 0; round < rounds; round++) {
            for (var part : Part.values()) {
                var rate = measure(part, journals);
                rates.computeIfAbsent(part, _ -> new ArrayList<>()).add(rate);
                System.out.printf(
                        Locale.ROOT,
                        "round %d  %-7s %8.0f journals/s%n",
                        round + 1,
                        part.name().toLowerCase(Locale.ROOT),
                        rate);
            }
        }
        var spread = median(rates, Part.SPREAD);
        var hot = median(rates, Part.HOT);
        var raw = median(rates, Part.RAW);
        System.out.printf(
                Locale.ROOT,
                "medians: spread %.0f/s, hot %.0f/s (%.2f of spread), raw inserts %.0f/s (spread is %.0f %% of it)%n",
                spread,
                hot,
                hot / spread,
                raw,
                100 * spread / raw);
        var started = System.nanoTime();
        var report = books.verify();
        System.out.printf(
                Locale.ROOT,
                "checked all %d journals in %.1f s: %d violations%n",
                report.heads().stream().mapToLong(BooksReport.Head::journals).sum(),
                (System.nanoTime() - started) / 1e9,
                report.violations());
        return report.violations() == 0 ? 0 : 1;
    }

    /** What is timed is from the events in memory to the end of the commit. */
    private double measure(Part part, int journals) {
        var nanos = 0L;
        for (var done = 0; done < journals; done += BATCH) {
            if (part == Part.RAW) {
                var rows = rows();
                var started = System.nanoTime();
                insert(rows);
                nanos += System.nanoTime() - started;
            } else {
                var batch = batch(part);
                var started = System.nanoTime();
                transaction.executeWithoutResult(_ -> events.apply(batch));
                nanos += System.nanoTime() - started;
            }
        }
        return journals / (nanos / 1e9);
    }

    private String merchant(Part part) {
        return "mer_%026d".formatted(part == Part.HOT ? 0 : 1 + random.nextInt(MERCHANTS));
    }

    private static String payment() {
        return "pay_" + Event.newId().substring(4);
    }

    private List<Event> batch(Part part) {
        var batch = new ArrayList<Event>(BATCH);
        for (var i = 0; i < BATCH; i++) {
            var payment = payment();
            var data = json.createObjectNode();
            data.put("merchant_id", merchant(part)).put("livemode", true);
            data.putObject("object")
                    .put("id", payment)
                    .put("amount", "120.00")
                    .put("currency", "NZD")
                    .put("created_at", Instant.now().toString())
                    .putObject("payment_method")
                    .put("type", "wechat");
            data.putObject("charge")
                    .put("channel", "wechat")
                    .put("order_number", payment.substring(6))
                    .put("amount", "120.00")
                    .put("currency", "NZD");
            batch.add(Event.of("payment.paid", payment, 3, Instant.now(), data));
        }
        return batch;
    }

    /** The rows of one batch, column by column and as text. */
    private record Rows(List<String[]> told, List<String[]> entries, List<String[]> journals) {}

    private long written;

    private Rows rows() {
        var told = new ArrayList<Object[]>();
        var entries = new ArrayList<Object[]>();
        var journals = new ArrayList<Object[]>();
        for (var i = 0; i < BATCH; i++) {
            var sequence = ++written;
            var payment = payment();
            var event = Event.newId();
            var now = Instant.now();
            var owner = merchant(Part.SPREAD);
            told.add(
                    new Object[] {
                        event,
                        "live",
                        "payment",
                        payment,
                        owner,
                        12_000,
                        "NZD",
                        payment,
                        "wechat",
                        "wechat",
                        now,
                        LocalDate.ofInstant(now, ZoneOffset.UTC),
                        12_000,
                        "NZD"
                    });
            var account = 2 + random.nextInt(MERCHANTS);
            entries.add(new Object[] {"live", sequence, 1, 1, "NZD", 12_000});
            entries.add(new Object[] {"live", sequence, 2, account, "NZD", -12_000});
            var hash = "\\x" + "5a".repeat(JournalHash.LENGTH);
            journals.add(
                    new Object[] {
                        "live", sequence, event, "payment", payment, payment, now, now, hash
                    });
        }
        return new Rows(columns(told), columns(entries), columns(journals));
    }

    private static List<String[]> columns(List<Object[]> rows) {
        var columns = new ArrayList<String[]>();
        for (var i = 0; i < rows.getFirst().length; i++) {
            var place = i;
            columns.add(
                    rows.stream().map(row -> String.valueOf(row[place])).toArray(String[]::new));
        }
        return columns;
    }

    private void insert(Rows rows) {
        transaction.executeWithoutResult(_ -> {
            insert(
                    "told_money",
                    "text text text text text int8 text text text text timestamptz date int8 text",
                    rows.told());
            insert("entry", "text int8 int2 int8 text int8", rows.entries());
            insert(
                    "journal",
                    "text int8 text text text text timestamptz timestamptz bytea",
                    rows.journals());
        });
    }

    private void insert(String table, String types, List<String[]> columns) {
        var arrays =
                Arrays.stream(types.split(" ", -1))
                        .map(type -> "cast(? as " + type + "[])")
                        .collect(Collectors.joining(", "));
        jdbc.update(
                "insert into twin_" + table + " select * from unnest(" + arrays + ") r",
                statement -> {
                    for (var i = 0; i < columns.size(); i++) {
                        statement.setArray(
                                i + 1,
                                statement.getConnection().createArrayOf("text", columns.get(i)));
                    }
                });
    }

    private static double median(Map<Part, List<Double>> rates, Part part) {
        var sorted = rates.getOrDefault(part, List.of()).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
