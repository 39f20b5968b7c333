package io.ferrypay.reconcile.compare;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The small step: all that did not fit at once. One-sided lines and records meet what earlier days
 * left and what was looked up, by their numbers and then by the channel's; whoever stays alone is
 * carried, and a difference only when its time is over. Every line of the file and every record of
 * the day ends with exactly one disposition.
 */
final class JudgeFindings {

    /** Money moved. */
    private static final String DONE =
            "(r.kind = 'payment' and r.status in ('paid', 'surplus') or r.kind = 'refund' and r.status = 'succeeded')";

    /** Nobody knows yet whether it will. */
    private static final String UNDECIDED =
            """
            (r.kind = 'payment' and r.status in ('opening', 'ready', 'replaced', 'lapsed', 'reversing')
                or r.kind = 'refund' and r.status in ('pending', 'pending_approval'))
            """;

    /** Records {@code r} that a statement of another day may have told. */
    static final String OF_ANOTHER_DAY =
            "r.source in ('copy', 'lookup') and (r.home_day <> :day or r.source = 'lookup') and "
                    + DONE;

    private static final String OF_RUN = " f.run_account = :account and f.run_day = :day ";

    private final RunSql sql;
    private final String workMemory;
    private final int carryDays;
    private final String mask;
    private final @Nullable BigDecimal feeRate;

    JudgeFindings(
            RunSql sql, CompareSettings settings, int carryDays, @Nullable BigDecimal feeRate) {
        this.sql = sql;
        this.workMemory = settings.workMemory();
        this.carryDays = carryDays;
        this.mask = MaskSql.of(settings, feeRate);
        this.feeRate = feeRate;
    }

    /** Leaves what was found in the work table {@code found}. */
    void judge() {
        sql.settle(workMemory);
        forgetThisRun();
        bringCarried();
        dropNeedless();
        keepClaimedLines();
        judgeQuietLines();
        match("r.subject = l.subject and r.kind = l.kind");
        match(
                """
                r.kind = l.kind
                    and case r.kind when 'payment' then r.channel_reference else r.refund_reference end
                      = case l.kind when 'payment' then l.channel_reference else l.refund_reference end
                """);
        match(
                """
                l.kind = 'refund' and r.kind = 'refund' and l.refund_number is null
                    and r.order_number = l.order_number
                """);
        judgeStatuses();
        judgeOtherDays();
        judgePairs();
        judgeTwins();
        carry();
        collect();
        clear();
    }

    /** As if this day had never been compared: what it cleared or judged is open again. */
    private void forgetThisRun() {
        sql.change(
                """
                delete from carried where account_id = :account and side = 'platform'
                   and opened_day = :day and cleared_day = :day
                """);
        sql.change(
                "update carried set cleared_day = null where account_id = :account and cleared_day = :day");
        sql.change(
                "update carried set judged_day = null where account_id = :account and judged_day = :day");
        sql.change(
                "update difference set cleared_day = null where account_id = :account and cleared_day = :day");
    }

    private void bringCarried() {
        sql.change(
                """
                insert into finding_line (run_account, run_day, source, line_day, subject, mask, line_number, kind,
                       status, order_number, channel_reference, refund_number, refund_reference, channel_merchant,
                       amount_minor, currency, yuan_minor, settled_minor, settled_currency, fee, rate, happened_at)
                select :account, :day, 'carried', opened_day, subject, 0, line_number, kind, status, order_number,
                       channel_reference, refund_number, refund_reference, channel_merchant, amount_minor, currency,
                       yuan_minor, settled_minor, settled_currency, fee, rate, happened_at
                  from carried
                 where account_id = :account and side = 'channel' and opened_day < :day and cleared_day is null
                """);
        sql.change(
                """
                insert into finding_record (run_account, run_day, source, home_day, opened_day, subject, record_number,
                       kind, status, order_number, channel_reference, refund_number, refund_reference,
                       channel_merchant, amount_minor, currency, yuan_minor, rate, happened_at, merchant_id, owner_id)
                select :account, :day, 'carried', home_day, opened_day, subject, line_number, kind, status,
                       order_number, channel_reference, refund_number, refund_reference, channel_merchant,
                       amount_minor, currency, yuan_minor, rate, happened_at, merchant_id, owner_id
                  from carried
                 where account_id = :account and side = 'platform' and opened_day < :day and cleared_day is null
                """);
    }

    /**
     * A record that is carried may be at the edge of the copy, too, and whatever was looked up may
     * be known: the one that is carried counts, then that of the copy.
     */
    private void dropNeedless() {
        sql.change(
                """
                update finding_line l set record_id = c.id
                  from finding_record e, finding_record c
                 where l.run_account = :account and l.run_day = :day and l.record_id = e.id
                   and c.run_account = :account and c.run_day = :day and c.source = 'carried'
                   and e.source = 'copy' and c.kind = e.kind and c.subject = e.subject
                """);
        sql.change(
                """
                delete from finding_record f
                 where %s
                   and (f.source = 'copy' and f.home_day <> :day
                        and not exists (select from finding_line l where l.run_account = :account
                                           and l.run_day = :day and l.record_id = f.id)
                     or f.source = 'lookup'
                        and exists (select from finding_record k where k.run_account = :account
                                       and k.run_day = :day and k.source in ('copy', 'carried')
                                       and k.kind = f.kind and k.subject = f.subject))
                """
                        .formatted(OF_RUN));
    }

    /** The statement of another day went with a record of ours long ago. */
    private void keepClaimedLines() {
        sql.change(
                """
                update finding_line f set disposition = 'carried', record_id = null
                 where %s and f.source = 'file'
                   and exists (select from carried c where c.account_id = :account and c.side = 'channel'
                                  and c.opened_day = :day and c.kind = f.kind and c.subject = f.subject
                                  and c.cleared_day is not null)
                """
                        .formatted(OF_RUN));
        sql.change(
                "update finding_line f set disposition = 'differing' where %s and f.mask = %d"
                        .formatted(OF_RUN, Bit.REPEATED.mask()));
    }

    /** The channel says that nothing moved: right, unless we hold it as moved. */
    private void judgeQuietLines() {
        sql.change(
                """
                update finding_line l set record_id = r.id, mask = %1$d, disposition = 'differing'
                  from finding_record r
                 where l.run_account = :account and l.run_day = :day and l.mask = %2$d
                   and r.run_account = :account and r.run_day = :day and r.source = 'copy'
                   and r.kind = l.kind and r.subject = l.subject
                   and not exists (select from finding_line o where o.run_account = :account
                                      and o.run_day = :day and o.record_id = r.id)
                   and not exists (select from finding_line q where q.run_account = :account
                                      and q.run_day = :day and q.mask = %2$d and q.kind = l.kind
                                      and q.subject = l.subject and q.line_number < l.line_number)
                """
                        .formatted(Bit.STATUS.mask(), Bit.QUIET.mask()));
        sql.change(
                """
                update finding_record r set disposition = 'differing'
                  from finding_line l
                 where r.run_account = :account and r.run_day = :day and l.record_id = r.id
                   and l.run_account = :account and l.run_day = :day and l.status <> 'done'
                """);
        sql.change(
                "update finding_line f set mask = 0, disposition = 'matched' where %s and f.mask = %d"
                        .formatted(OF_RUN, Bit.QUIET.mask()));
    }

    /** One to one; whoever was there first goes first. */
    private void match(String condition) {
        sql.change(
                """
                with candidate as (
                    select l.id as line_id, r.id as record_id,
                           row_number() over (partition by l.id order by
                               case r.source when 'carried' then 0 when 'copy' then 1 else 2 end, r.home_day,
                               r.subject, r.id) as of_line,
                           row_number() over (partition by r.id order by l.line_day, l.line_number) as of_record
                      from finding_line l
                      join finding_record r on %1$s
                     where l.run_account = :account and l.run_day = :day and l.record_id is null
                       and l.disposition is null and l.status = 'done'
                       and r.run_account = :account and r.run_day = :day and r.source <> 'context'
                       and r.disposition is null
                       and not exists (select from finding_line o where o.run_account = :account
                                          and o.run_day = :day and o.record_id = r.id))
                update finding_line l set record_id = r.id, mask = %2$s
                  from finding_record r, candidate c
                 where l.id = c.line_id and r.id = c.record_id and c.of_line = 1 and c.of_record = 1
                """
                        .formatted(condition, mask));
    }

    /** Only what was looked up can be anything but done. */
    private void judgeStatuses() {
        // Reversed: its payment and its way back are both in the file, or are both to be missed.
        sql.change(
                """
                update finding_line f set disposition = 'matched', record_id = null, mask = 0
                 where %s and f.disposition is null
                   and exists (select from finding_record r where r.run_account = :account and r.run_day = :day
                                  and r.kind = 'payment' and r.status = 'reversed' and r.order_number = f.order_number)
                   and exists (select from finding_line o where o.run_account = :account and o.run_day = :day
                                  and o.kind <> f.kind and o.order_number = f.order_number and o.status = 'done'
                                  and o.amount_minor = f.amount_minor and o.currency = f.currency)
                """
                        .formatted(OF_RUN));
        sql.change(
                """
                update finding_line l set record_id = null, mask = 0
                  from finding_record r
                 where l.run_account = :account and l.run_day = :day and l.record_id = r.id
                   and %s and :day - l.line_day < %d
                """
                        .formatted(UNDECIDED, carryDays));
        sql.change(
                """
                update finding_line l set mask = l.mask | %d
                  from finding_record r
                 where l.run_account = :account and l.run_day = :day and l.record_id = r.id
                   and l.disposition is null and not %s
                """
                        .formatted(Bit.STATUS.mask(), DONE));
    }

    /** Was its record told already by the statement of its own day, or of a third one? */
    private void judgeOtherDays() {
        sql.change(
                """
                update finding_line l set mask = %d
                  from finding_record r
                 where l.run_account = :account and l.run_day = :day and l.record_id = r.id
                   and l.disposition is null and l.source = 'file' and %s
                   and (r.told or exists (select from carried c
                                           where c.account_id = :account and c.side = 'platform'
                                             and c.kind = r.kind and c.subject = r.subject
                                             and c.cleared_day <> :day))
                """
                        .formatted(Bit.REPEATED.mask(), OF_ANOTHER_DAY));
    }

    private void judgePairs() {
        sql.change(
                """
                update finding_line f
                   set disposition = case when f.mask & %1$d = 0 then 'matched' else 'differing' end
                 where %2$s and f.record_id is not null and f.disposition is null
                """
                        .formatted(Bit.differences(), OF_RUN));
        sql.change(
                """
                update finding_record r set disposition = l.disposition
                  from finding_line l
                 where r.run_account = :account and r.run_day = :day and l.record_id = r.id
                   and l.run_account = :account and l.run_day = :day and l.mask & %d = 0
                """
                        .formatted(Bit.REPEATED.mask()));
    }

    /** Two orders of ours with one number of the channel's: only one of them can be told. */
    private void judgeTwins() {
        sql.change(
                """
                update finding_record f set disposition = 'twin'
                 where %s and f.source = 'copy' and f.disposition is null and f.twin
                """
                        .formatted(OF_RUN));
    }

    private void carry() {
        sql.change(
                """
                insert into carried (account_id, side, opened_day, kind, subject, home_day, line_number, status,
                       order_number, channel_reference, refund_number, refund_reference, channel_merchant,
                       amount_minor, currency, yuan_minor, settled_minor, settled_currency, fee, rate, happened_at)
                select :account, 'channel', :day, f.kind, f.subject, :day, f.line_number, f.status, f.order_number,
                       f.channel_reference, f.refund_number, f.refund_reference, f.channel_merchant, f.amount_minor,
                       f.currency, f.yuan_minor, f.settled_minor, f.settled_currency, f.fee, f.rate, f.happened_at
                  from finding_line f
                 where %s and f.source = 'file' and f.disposition is null
                on conflict on constraint a_side_is_carried_once do nothing
                """
                        .formatted(OF_RUN));
        sql.change(
                """
                insert into carried (account_id, side, opened_day, kind, subject, home_day, line_number, status,
                       order_number, channel_reference, refund_number, refund_reference, channel_merchant,
                       amount_minor, currency, yuan_minor, rate, happened_at, merchant_id, owner_id)
                select :account, 'platform', :day, f.kind, f.subject, :day, 0, f.status, f.order_number,
                       f.channel_reference, f.refund_number, f.refund_reference, f.channel_merchant, f.amount_minor,
                       f.currency, f.yuan_minor, f.rate, f.happened_at, f.merchant_id, f.owner_id
                  from finding_record f
                 where %s and f.source = 'copy' and f.home_day = :day and f.disposition is null
                on conflict on constraint a_side_is_carried_once do nothing
                """
                        .formatted(OF_RUN));
        // A repeated run may find that something is not one-sided any more. Where another day built
        // on it, that day
        // is compared again.
        sql.change(
                """
                update statement_day d
                   set state = case when d.sha256 is null then 'empty_day' else 'converted' end,
                       bill_lines = case when d.sha256 is not null then d.bill_lines end,
                       bad_lines = case when d.sha256 is not null then d.bad_lines end,
                       aside_lines = case when d.sha256 is not null then d.aside_lines end
                 where d.account_id = :account and d.state in ('compared', 'closed')
                   and d.day in (select c.cleared_day from carried c
                                  where c.account_id = :account and c.side = 'channel' and c.opened_day = :day
                                    and c.cleared_day is not null and %s)
                """
                        .formatted(NOT_LEFT_ALONE));
        sql.change(
                "delete from carried c where c.account_id = :account and c.opened_day = :day and (c.side = 'channel' or c.cleared_day is null) and "
                        + NOT_LEFT_ALONE);
        sql.change(
                """
                update carried set judged_day = :day
                 where account_id = :account and cleared_day is null and judged_day is null
                   and opened_day <= :day and :day - opened_day >= %d
                   and not (opened_day < :day and side = 'channel'
                            and exists (select from finding_line l where l.run_account = :account and l.run_day = :day
                                           and l.source = 'carried' and l.kind = carried.kind
                                           and l.subject = carried.subject and l.line_day = carried.opened_day
                                           and l.disposition is not null))
                   and not (opened_day < :day and side = 'platform'
                            and exists (select from finding_record r where r.run_account = :account
                                           and r.run_day = :day and r.source = 'carried' and r.kind = carried.kind
                                           and r.subject = carried.subject and r.opened_day = carried.opened_day
                                           and r.disposition is not null))
                """
                        .formatted(carryDays));
        sql.change(
                """
                update finding_line f set disposition = case when %d = 0 then 'differing' else 'carried' end
                 where %s and f.source = 'file' and f.disposition is null
                """
                        .formatted(carryDays, OF_RUN));
        sql.change(
                """
                update finding_record f set disposition = case when f.disposition = 'twin' or %d = 0 then 'differing' else 'carried' end
                 where %s and f.source = 'copy' and f.home_day = :day and (f.disposition is null or f.disposition = 'twin')
                """
                        .formatted(carryDays, OF_RUN));
    }

    private static final String NOT_LEFT_ALONE =
            """
            not (c.side = 'channel' and exists (
                    select from finding_line f where f.run_account = :account and f.run_day = :day
                       and f.source = 'file' and f.kind = c.kind and f.subject = c.subject
                       and (f.disposition is null or f.disposition = 'carried'))
              or c.side = 'platform' and exists (
                    select from finding_record f where f.run_account = :account and f.run_day = :day
                       and f.source = 'copy' and f.kind = c.kind and f.subject = c.subject
                       and f.disposition is null))
            """;

    private void collect() {
        sql.change(
                """
                create unlogged table work.found (day date, type text, kind text, subject text, order_number text,
                    refund_number text, channel_reference text, line_number bigint, theirs text, ours text,
                    currency text, theirs_minor bigint, ours_minor bigint, merchant_id text, owner_id text,
                    stake_currency text, stake_minor bigint)
                """);
        collectPairs();
        collectLate();
        sql.change(
                """
                insert into work.found
                select c.opened_day,
                       case when c.side = 'platform' then 'platform_only'
                            when c.kind = 'refund' and not exists (
                                select from finding_record r where r.run_account = :account and r.run_day = :day
                                   and r.kind = 'payment' and r.order_number = c.order_number)
                            then 'refund_orphan' else 'channel_only' end,
                       c.kind, c.subject, c.order_number, c.refund_number, c.channel_reference,
                       case when c.side = 'channel' then c.line_number end,
                       case when c.side = 'channel' then c.status end, case when c.side = 'platform' then c.status end,
                       c.currency, case when c.side = 'channel' then c.amount_minor end,
                       case when c.side = 'platform' then c.amount_minor end, c.merchant_id, c.owner_id,
                       c.currency, (case when c.side = 'platform' then -1 else 1 end) * %s * c.amount_minor
                  from carried c
                 where c.account_id = :account and c.judged_day = :day
                """
                        .formatted(signOf("c")));
        sql.change(
                """
                insert into work.found
                select :day, 'duplicate_platform', f.kind, f.subject, f.order_number, f.refund_number,
                       f.channel_reference, null, null, f.channel_reference, f.currency, null, f.amount_minor,
                       f.merchant_id, f.owner_id, f.currency, -f.amount_minor
                  from finding_record f
                 where %s and f.source = 'copy' and f.home_day = :day and f.disposition = 'differing'
                   and not exists (select from finding_line l where l.run_account = :account and l.run_day = :day
                                      and l.record_id = f.id)
                   and not exists (select from carried c where c.account_id = :account and c.side = 'platform'
                                      and c.opened_day = :day and c.kind = f.kind and c.subject = f.subject)
                """
                        .formatted(OF_RUN));
        sql.change(
                """
                insert into work.found (day, type, kind, subject, line_number, theirs)
                select :day, 'unparsed_line', 'line', line_number::text, line_number, reason
                  from bad_line where account_id = :account and day = :day
                """);
        sql.change(
                """
                insert into work.found (day, type, kind, subject, theirs, ours)
                select :day, 'header_total', 'total', total, theirs, ours
                  from total_difference where account_id = :account and day = :day
                """);
    }

    private void collectPairs() {
        sql.change(
                """
                insert into work.found
                select l.line_day, t.type, l.kind, l.subject, coalesce(l.order_number, r.order_number),
                       coalesce(l.refund_number, r.refund_number), coalesce(l.channel_reference, r.channel_reference),
                       l.line_number,
                       case t.type when 'status' then l.status when 'fee' then l.fee::text
                            when 'fx_rate' then coalesce(l.rate::text, '') || ' ' || coalesce(l.yuan_minor::text, '')
                            when 'wrong_merchant' then l.channel_merchant when 'currency' then l.currency
                            when 'settlement_short' then l.settled_minor::text
                            when 'settlement_over' then l.settled_minor::text
                            when 'duplicate_channel' then l.channel_reference else l.amount_minor::text end,
                       case t.type when 'status' then r.status
                            when 'fx_rate' then coalesce(r.rate::text, '') || ' ' || coalesce(r.yuan_minor::text, '')
                            when 'wrong_merchant' then r.channel_merchant when 'currency' then r.currency
                            when 'fee' then (%2$s)::text when 'duplicate_channel' then null
                            when 'settlement_short' then (%3$s)::bigint::text
                            when 'settlement_over' then (%3$s)::bigint::text
                            else r.amount_minor::text end,
                       l.currency, l.amount_minor, r.amount_minor, r.merchant_id, r.owner_id,
                       case when t.type in ('fx_rate', 'wrong_merchant') then null
                            when t.type = 'fee' then %4$s
                            when t.type = 'status' and l.status <> 'done' then r.currency else l.currency end,
                       case when t.type = 'fee' then round(((%2$s) - abs(l.fee)) * %5$s)::bigint
                            when t.type in ('settlement_short', 'settlement_over')
                            then %6$s * (l.settled_minor - (%3$s)::bigint)
                            when t.type = 'duplicate_channel' then %6$s * l.amount_minor
                            when t.type = 'status'
                            then %6$s * (case when l.status = 'done' then l.amount_minor else -r.amount_minor end)
                            -- What the other side never did is at stake as a whole.
                            when l.mask & %7$d <> 0 then null
                            when t.type = 'amount' then %6$s * (l.amount_minor - r.amount_minor)
                            when t.type = 'currency' then %6$s * l.amount_minor end
                  from finding_line l
                  left join finding_record r on r.id = l.record_id
                  join (values %1$s) t (bit, type) on l.mask & t.bit <> 0
                 where l.run_account = :account and l.run_day = :day and l.disposition = 'differing'
                """
                        .formatted(
                                Bit.types(),
                                MaskSql.feeDue(feeRate),
                                MaskSql.SETTLEMENT_DUE,
                                MaskSql.FEE_CURRENCY,
                                MaskSql.minorInWhole(MaskSql.FEE_CURRENCY),
                                signOf("l"),
                                Bit.STATUS.mask()));
    }

    /** A refund is the other way round than a payment. */
    private static String signOf(String row) {
        return "(case when %s.kind = 'refund' then -1 else 1 end)".formatted(row);
    }

    private void collectLate() {
        sql.change(
                """
                insert into work.found
                select least(l.line_day, r.home_day), 'late', l.kind, l.subject, r.order_number, r.refund_number,
                       l.channel_reference, l.line_number, l.line_day::text, r.home_day::text, l.currency,
                       l.amount_minor, r.amount_minor, r.merchant_id, r.owner_id, null, null
                  from finding_line l
                  join finding_record r on r.id = l.record_id
                 where l.run_account = :account and l.run_day = :day and l.mask & %d = 0
                   and (l.source = 'carried' or r.source = 'carried')
                """
                        .formatted(Bit.STATUS.mask() | Bit.REPEATED.mask()));
    }

    /** Whoever met its other side today is not waited for any more, and was no difference. */
    private void clear() {
        sql.change(
                """
                update carried c set cleared_day = :day, judged_day = case when judged_day = :day then null else judged_day end
                  from finding_line l
                 where c.account_id = :account and c.side = 'channel' and c.opened_day = l.line_day
                   and c.kind = l.kind and c.subject = l.subject
                   and l.run_account = :account and l.run_day = :day and l.source = 'carried'
                   and l.disposition in ('matched', 'differing')
                """);
        sql.change(
                """
                update carried c set cleared_day = :day, judged_day = case when judged_day = :day then null else judged_day end
                  from finding_record r
                 where c.account_id = :account and c.side = 'platform' and c.opened_day = r.opened_day
                   and c.kind = r.kind and c.subject = r.subject
                   and r.run_account = :account and r.run_day = :day and r.source = 'carried'
                   and r.disposition in ('matched', 'differing')
                """);
        // Records of other days that this statement told: those days will not look for them.
        sql.change(
                """
                insert into carried (account_id, side, opened_day, kind, subject, home_day, line_number, status,
                       order_number, channel_reference, refund_number, refund_reference, channel_merchant,
                       amount_minor, currency, yuan_minor, rate, happened_at, merchant_id, owner_id, cleared_day)
                select :account, 'platform', :day, r.kind, r.subject, r.home_day, 0, r.status,
                       r.order_number, r.channel_reference, r.refund_number, r.refund_reference, r.channel_merchant,
                       r.amount_minor, r.currency, r.yuan_minor, r.rate, r.happened_at, r.merchant_id, r.owner_id, :day
                  from finding_record r
                  join finding_line l on l.record_id = r.id and l.mask & %d = 0
                 where r.run_account = :account and r.run_day = :day and r.source in ('copy', 'lookup')
                   and r.home_day <> :day and r.disposition in ('matched', 'differing')
                   and l.run_account = :account and l.run_day = :day
                on conflict on constraint a_side_is_carried_once do nothing
                """
                        .formatted(Bit.REPEATED.mask()));
        sql.change(
                """
                update difference d set cleared_day = :day
                  from carried c
                 where d.account_id = :account and d.until_version is null and d.cleared_day is null
                   and d.type in ('channel_only', 'platform_only', 'refund_orphan')
                   and c.account_id = :account and c.cleared_day = :day and c.opened_day = d.day
                   and c.kind = d.kind and c.subject = d.subject
                   and (c.side = 'platform') = (d.type = 'platform_only')
                """);
    }
}
