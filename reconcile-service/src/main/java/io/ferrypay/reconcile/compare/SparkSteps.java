package io.ferrypay.reconcile.compare;

import io.ferrypay.reconcile.load.Engine;
import io.ferrypay.reconcile.load.LoadSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * In files of the store, by jobs of Spark. A job is told by a file what to do and answers in files,
 * which are read into the tables of findings in one transaction; it has no way to the database.
 */
@Component
@ConditionalOnProperty(name = "ferry.reconcile.engine", havingValue = "spark")
class SparkSteps implements LargeSteps {

    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private final CompareSettings settings;
    private final SparkJob job;
    private final String files;
    private final Path work;
    private final JdbcTemplate template;
    private final TransactionTemplate transaction;

    SparkSteps(
            CompareSettings settings,
            SparkSettings spark,
            LoadSettings load,
            SparkJob job,
            JdbcTemplate template,
            PlatformTransactionManager transactions) {
        this.settings = settings;
        this.job = job;
        this.files = spark.files() == null ? load.files().toUri().toString() : spark.files();
        this.work = spark.work() == null ? load.files().resolve("spark") : spark.work();
        this.template = template;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public Engine engine() {
        return Engine.SPARK;
    }

    @Override
    public Paired pair(Comparison comparison, @Nullable BigDecimal feeRate) {
        var accountId = comparison.accountId();
        var day = comparison.day();
        try (var order = new SparkOrder(work, accountId, day)) {
            order.say("step", "pair");
            order.say("from", day.atTime(LocalTime.MIDNIGHT).toInstant(BEIJING));
            order.say("until", day.plusDays(1).atTime(LocalTime.MIDNIGHT).toInstant(BEIJING));
            order.say("records", stored(comparison.recordsSha256()));
            order.say("mask", MaskSql.of(settings, feeRate));
            order.say("bit.quiet", Bit.QUIET.mask());
            order.say("bit.repeated", Bit.REPEATED.mask());
            order.say("bit.line-only", Bit.LINE_ONLY.mask());
            order.say("bit.record-only", Bit.RECORD_ONLY.mask());
            order.say("bit.edge", Bit.EDGE.mask());
            if (comparison.billSha256() != null) {
                order.say("bill", stored(comparison.billSha256()));
            }
            add(order, "claimed", accountId, day, PairLines.CLAIMED);
            order.carryOut(job);
            var paired =
                    Objects.requireNonNull(
                            transaction.execute(
                                    _ -> keepFindings(comparison, order, sql(accountId, day))));
            order.done();
            return paired;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunSql sql(String accountId, LocalDate day) {
        return new RunSql(new NamedParameterJdbcTemplate(template), accountId, day);
    }

    private String stored(String sha256) {
        var base = files.endsWith("/") ? files : files + "/";
        return base + sha256.substring(0, 2) + "/" + sha256;
    }

    /** Rows of a query, as a file of the order. */
    private void add(SparkOrder order, String name, String accountId, LocalDate day, String query)
            throws IOException {
        try (var file = order.add(name)) {
            transaction.executeWithoutResult(_ -> {
                var sql = sql(accountId, day);
                sql.change("create unlogged table work.asked as " + query);
                sql.copyOut("work.asked", file);
                sql.dropWorkTables();
            });
        }
    }

    private Paired keepFindings(Comparison comparison, SparkOrder order, RunSql sql) {
        sql.settle(settings.workMemory());
        sql.change("delete from finding_line where run_account = :account and run_day = :day");
        sql.change("delete from finding_record where run_account = :account and run_day = :day");
        sql.change(
                """
                create unlogged table work.odd (id bigint generated always as identity, fit bigint, lines bigint,
                    records bigint, home bigint, claimed bigint, mask integer, number bigint,
                    l_line_number bigint, l_kind text, l_status text, l_order_number text, l_channel_reference text,
                    l_refund_number text, l_refund_reference text, l_channel_merchant text, l_amount_minor bigint,
                    l_currency text, l_yuan_minor bigint, l_settled_minor bigint, l_settled_currency text,
                    l_fee numeric(24, 8), l_rate numeric(24, 12), l_happened_at timestamptz,
                    r_kind text, r_status text, r_order_number text, r_channel_reference text, r_refund_number text,
                    r_refund_reference text, r_channel_merchant text, r_amount_minor bigint, r_currency text,
                    r_yuan_minor bigint, r_rate numeric(20, 10), r_happened_at timestamptz, r_merchant_id text,
                    r_owner_id text)
                """);
        sql.change("create unlogged table work.twin (channel_reference text)");
        try (var rows = order.answer("pairs");
                var twins = order.answer("twins")) {
            sql.copyIn(
                    """
                    work.odd (fit, lines, records, home, claimed, mask, number, l_line_number, l_kind, l_status, l_order_number, l_channel_reference,
                        l_refund_number, l_refund_reference, l_channel_merchant, l_amount_minor, l_currency,
                        l_yuan_minor, l_settled_minor, l_settled_currency, l_fee, l_rate, l_happened_at, r_kind,
                        r_status, r_order_number, r_channel_reference, r_refund_number, r_refund_reference,
                        r_channel_merchant, r_amount_minor, r_currency, r_yuan_minor, r_rate, r_happened_at,
                        r_merchant_id, r_owner_id)
                    """,
                    rows);
            sql.copyIn("work.twin", twins);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Each part of the answer ends with a row of what it counted.
        long lines = sql.count("select coalesce(sum(lines), 0) from work.odd");
        long records = sql.count("select coalesce(sum(records), 0) from work.odd");
        if (lines != comparison.lines() || records != comparison.records()) {
            throw new IllegalStateException(
                    "Spark read %d of %d lines and %d of %d records"
                            .formatted(lines, comparison.lines(), records, comparison.records()));
        }
        sql.change(
                """
                insert into finding_line (run_account, run_day, source, line_day, subject, mask, line_number, kind,
                       status, order_number, channel_reference, refund_number, refund_reference, channel_merchant,
                       amount_minor, currency, yuan_minor, settled_minor, settled_currency, fee, rate, happened_at)
                select :account, :day, 'file', :day,
                       coalesce(l_refund_number, l_order_number) || case when number is null then '' else '#' || number end,
                       mask, l_line_number, l_kind, l_status, l_order_number, l_channel_reference, l_refund_number,
                       l_refund_reference, l_channel_merchant, l_amount_minor, l_currency, l_yuan_minor,
                       l_settled_minor, l_settled_currency, l_fee, l_rate, l_happened_at
                  from work.odd
                 where l_kind is not null
                """);
        sql.change(
                """
                insert into finding_record (run_account, run_day, source, home_day, subject, record_number, kind,
                       status, order_number, channel_reference, refund_number, refund_reference, channel_merchant,
                       amount_minor, currency, yuan_minor, rate, happened_at, merchant_id, owner_id, twin)
                select :account, :day, 'copy', (r_happened_at at time zone 'Asia/Shanghai')::date,
                       coalesce(r_refund_number, r_order_number), id, r_kind, r_status, r_order_number,
                       r_channel_reference, r_refund_number, r_refund_reference, r_channel_merchant, r_amount_minor,
                       r_currency, r_yuan_minor, r_rate, r_happened_at, r_merchant_id, r_owner_id,
                       r_kind = 'payment'
                           and exists (select from work.twin t where t.channel_reference = r_channel_reference)
                  from work.odd
                 where r_kind is not null
                """);
        sql.change(
                """
                update finding_line l set record_id = r.id
                  from work.odd o, finding_record r
                 where l.run_account = :account and l.run_day = :day and l.line_number = o.l_line_number
                   and r.run_account = :account and r.run_day = :day and r.record_number = o.id
                """);
        var paired =
                new Paired(
                        sql.count("select coalesce(sum(fit), 0) from work.odd"),
                        sql.count("select coalesce(sum(home), 0) from work.odd"),
                        sql.count("select coalesce(sum(claimed), 0) from work.odd"));
        sql.dropWorkTables();
        return paired;
    }

    @Override
    public void findTold(String accountId, LocalDate day) {
        var days =
                Objects.requireNonNull(
                        transaction.execute(_ -> new FindTold(sql(accountId, day)).days()));
        for (var home : days) {
            var bill =
                    template.queryForList(
                            "select bill_sha256 from statement_day where account_id = ? and day = ?",
                            String.class,
                            accountId,
                            home);
            if (!bill.isEmpty() && bill.getFirst() != null) {
                findTold(accountId, day, home, bill.getFirst());
            } else {
                // It was compared in the tables, or not at all.
                transaction.executeWithoutResult(_ -> {
                    var sql = sql(accountId, day);
                    sql.settle(settings.workMemory());
                    new FindTold(sql).mark(home);
                });
            }
        }
    }

    private void findTold(String accountId, LocalDate day, LocalDate home, String billSha256) {
        try (var order = new SparkOrder(work, accountId, day)) {
            order.say("step", "find-told");
            order.say("bill", stored(billSha256));
            add(
                    order,
                    "wanted",
                    accountId,
                    day,
                    "select r.id, r.kind, r.subject, r.channel_reference from finding_record r where %s and r.home_day = date '%s'"
                            .formatted(FindTold.ASKED, home));
            order.carryOut(job);
            transaction.executeWithoutResult(_ -> {
                var sql = sql(accountId, day);
                sql.change("create unlogged table work.told (id bigint)");
                try (var told = order.answer("told")) {
                    sql.copyIn("work.told", told);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                sql.change(
                        """
                        update finding_record r set told = true
                          from work.told t
                         where r.id = t.id and r.run_account = :account and r.run_day = :day
                        """);
                sql.dropWorkTables();
            });
            order.done();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
