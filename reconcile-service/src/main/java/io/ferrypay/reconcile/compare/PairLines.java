package io.ferrypay.reconcile.compare;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The large step: every line of a day beside the record of its number, once over both. What fits is
 * counted; all the rest is set aside, with both sides, for {@link JudgeFindings}.
 */
final class PairLines {

    private final RunSql sql;
    private final CompareSettings settings;

    PairLines(RunSql sql, CompareSettings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    Paired pair(@Nullable BigDecimal feeRate) {
        sql.settle(settings.workMemory());
        sql.change("delete from finding_line where run_account = :account and run_day = :day");
        sql.change("delete from finding_record where run_account = :account and run_day = :day");
        boolean repeated = findRepeated() > 0;
        boolean claimed = findClaimed() > 0;
        sql.change(
                """
                create unlogged table work.pair as
                select case when mask = 0 then null else line_number end as line_number,
                       case when mask = 0 then null else record_number end as record_number,
                       mask, count(*) as pairs, count(*) filter (where home) as homes
                  from (select l.line_number, r.record_number, r.home,
                               case when r.record_number is null then %1$d
                                    when l.line_number is null then %2$d
                                    else %3$s | (case when r.home then 0 else %4$d end) end as mask,
                               l.line_number is null and not r.home as another_days
                          from (select * from bill_line
                                 where day = :day and account_id = :account and status = 'done' %5$s) l
                          full join
                               (select *, coalesce(refund_number, order_number) as subject, %6$s as home
                                  from platform_record
                                 where day = :day and account_id = :account %7$s) r
                            on r.kind = l.kind and r.subject = coalesce(l.refund_number, l.order_number)) both_sides
                 where not another_days
                 group by 1, 2, 3
                """
                        .formatted(
                                Bit.LINE_ONLY.mask(),
                                Bit.RECORD_ONLY.mask(),
                                MaskSql.of(settings, feeRate),
                                Bit.EDGE.mask(),
                                repeated
                                        ? "and line_number not in (select line_number from work.repeated)"
                                        : "",
                                HOME,
                                claimed
                                        ? "and (kind, coalesce(refund_number, order_number))"
                                                + " not in (select kind, subject from work.claimed)"
                                        : ""));
        long fit = sql.count("select coalesce(sum(pairs), 0) from work.pair where mask = 0");
        long homes = sql.count("select coalesce(sum(homes), 0) from work.pair");
        long elsewhere = claimed ? countClaimed() : 0;
        keepLines();
        keepRecords();
        sql.dropWorkTables();
        return new Paired(fit, homes + elsewhere, elsewhere);
    }

    /** Whether a record moved on the day itself; days begin at 16:00 UTC. */
    private static final String HOME =
            """
            (happened_at >= (cast(:day as date)::timestamp at time zone 'Asia/Shanghai')
                and happened_at < ((cast(:day as date) + 1)::timestamp at time zone 'Asia/Shanghai'))
            """;

    /** All but the first of several lines of the same. Hashes come first: they are short. */
    private long findRepeated() {
        sql.change(
                """
                create unlogged table work.repeated as
                select line_number, number
                  from (select line_number,
                               row_number() over (partition by kind, coalesce(refund_number, order_number)
                                                  order by line_number) as number
                          from bill_line
                         where day = :day and account_id = :account and status = 'done'
                           and hashtextextended(coalesce(refund_number, order_number), length(kind)) in
                               (select hashtextextended(coalesce(refund_number, order_number), length(kind))
                                  from bill_line
                                 where day = :day and account_id = :account and status = 'done'
                                 group by 1 having count(*) > 1)) alike
                 where number > 1
                """);
        return sql.count("select count(*) from work.repeated");
    }

    /** Records of this day that the statement of another one told. */
    static final String CLAIMED =
            """
            select kind, subject from carried
             where account_id = :account and side = 'platform' and home_day = :day and cleared_day <> :day
            """;

    private long findClaimed() {
        sql.change(
                """
                create unlogged table work.claimed as
                """
                        + CLAIMED);
        return sql.count("select count(*) from work.claimed");
    }

    private long countClaimed() {
        return sql.count(
                """
                select count(*) from platform_record
                 where account_id = :account and day = :day and %s
                   and (kind, coalesce(refund_number, order_number)) in (select kind, subject from work.claimed)
                """
                        .formatted(HOME));
    }

    private void keepLines() {
        sql.change(
                """
                insert into finding_line (run_account, run_day, source, line_day, subject, mask, line_number, kind,
                       status, order_number, channel_reference, refund_number, refund_reference, channel_merchant,
                       amount_minor, currency, yuan_minor, settled_minor, settled_currency, fee, rate, happened_at)
                select :account, :day, 'file', :day,
                       coalesce(l.refund_number, l.order_number)
                           || case when t.number is null then '' else '#' || t.number end,
                       case when l.status <> 'done' then %d when t.number is not null then %d else p.mask end,
                       l.line_number, l.kind, l.status, l.order_number, l.channel_reference, l.refund_number,
                       l.refund_reference, l.channel_merchant, l.amount_minor, l.currency, l.yuan_minor,
                       l.settled_minor, l.settled_currency, l.fee, l.rate, l.happened_at
                  from bill_line l
                  left join work.pair p on p.line_number = l.line_number
                  left join work.repeated t on t.line_number = l.line_number
                 where l.day = :day and l.account_id = :account
                   and (p.line_number is not null or t.line_number is not null or l.status <> 'done')
                """
                        .formatted(Bit.QUIET.mask(), Bit.REPEATED.mask()));
    }

    private void keepRecords() {
        sql.change(
                """
                insert into finding_record (run_account, run_day, source, home_day, subject, record_number, kind,
                       status, order_number, channel_reference, refund_number, refund_reference, channel_merchant,
                       amount_minor, currency, yuan_minor, rate, happened_at, merchant_id, owner_id, twin)
                select :account, :day, 'copy', (r.happened_at at time zone 'Asia/Shanghai')::date,
                       coalesce(r.refund_number, r.order_number), r.record_number, r.kind, r.status, r.order_number,
                       r.channel_reference, r.refund_number, r.refund_reference, r.channel_merchant, r.amount_minor,
                       r.currency, r.yuan_minor, r.rate, r.happened_at, r.merchant_id, r.owner_id,
                       r.kind = 'payment'
                           and exists (select from platform_record o where o.day = :day and o.account_id = :account
                                          and o.kind = 'payment' and o.channel_reference = r.channel_reference
                                          and o.order_number <> r.order_number)
                  from platform_record r
                  join work.pair p on p.record_number = r.record_number
                 where r.day = :day and r.account_id = :account
                """);
        sql.change(
                """
                update finding_line l set record_id = r.id
                  from work.pair p, finding_record r
                 where l.run_account = :account and l.run_day = :day and l.line_number = p.line_number
                   and r.run_account = :account and r.run_day = :day and r.record_number = p.record_number
                   and l.mask & %d = 0
                """
                        .formatted(Bit.QUIET.mask() | Bit.REPEATED.mask()));
    }
}
