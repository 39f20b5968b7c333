-- Grows with every move, so that whoever hears of moves knows which is newer.
alter table withdrawal add column version bigint not null default 1;
create or replace function refuse_wrong_moves() returns trigger language plpgsql as $$
begin
    if old.status <> new.status and not (old.status, new.status) in (
            ('pending_approval', 'approved'), ('pending_approval', 'rejected'),
            ('pending_approval', 'canceled'), ('approved', 'canceled'), ('approved', 'in_batch'),
            ('in_batch', 'unknown'), ('in_batch', 'paid'), ('in_batch', 'failed'),
            ('unknown', 'paid'), ('unknown', 'failed'), ('paid', 'returned')) then
        raise exception 'a withdrawal does not go from % to %', old.status, new.status
            using errcode = 'check_violation', constraint = 'a_withdrawal_goes_its_way';
    end if;
    if (old.amount_minor, old.currency, old.merchant_id, old.book, old.bank_account_id)
       is distinct from (new.amount_minor, new.currency, new.merchant_id, new.book, new.bank_account_id) then
        raise exception 'what was asked for stays'
            using errcode = 'check_violation', constraint = 'what_was_asked_for_stays';
    end if;
    new.version := old.version + 1;
    return new;
end $$;

-- Money that a merchant wants sent to its bank again and again, without asking each time.
create table withdrawal_schedule (
    id              text        not null,
    book            text        not null references book (id),
    merchant_id     text        not null,
    currency        text        not null,
    bank_account_id text        not null references bank_account (id),
    every           text        not null,
    -- 1 is Monday.
    weekday         smallint,
    -- Of the month; a month that is shorter has it on its last day.
    month_day       smallint,
    -- Only if more than that is available; null for whatever there is.
    above_minor     bigint,
    keep_minor      bigint      not null,
    reference       text        not null,
    status          text        not null,
    -- The next day by the calendar; it is run on that day or the first working day after it.
    next_on         date        not null,
    created_at      timestamptz not null,
    changed_at      timestamptz not null,
    constraint a_schedule_has_one_id primary key (id),
    constraint a_schedule_is_daily_weekly_or_monthly
        check ((every = 'day' and weekday is null and month_day is null)
            or (every = 'week' and weekday between 1 and 7 and weekday is not null and month_day is null)
            or (every = 'month' and month_day between 1 and 31 and month_day is not null and weekday is null)),
    constraint a_schedule_keeps_no_less_than_nothing
        check (keep_minor >= 0 and coalesce(above_minor, 0) >= 0),
    constraint schedules_have_a_status check (status in ('active', 'paused', 'ended'))
);
-- Two would take the same money.
create unique index one_schedule_of_a_balance on withdrawal_schedule (book, merchant_id, currency)
    where status <> 'ended';
create index schedules_to_run on withdrawal_schedule (next_on) where status = 'active';

-- What came of a schedule's day: a withdrawal, or why there was none.
create table withdrawal_schedule_run (
    schedule_id   text        not null references withdrawal_schedule (id),
    run_on        date        not null,
    withdrawal_id text        references withdrawal (id),
    skipped       text,
    ran_at        timestamptz not null,
    constraint a_schedule_runs_once_a_day primary key (schedule_id, run_on),
    constraint a_run_says_what_came_of_it check ((withdrawal_id is null) = (skipped is not null))
);
create trigger runs_of_schedules_stay before update or delete or truncate on withdrawal_schedule_run
    for each statement execute function refuse_change();

-- Who had a batch's account numbers, and in which form: two forms of a live batch could be paid twice.
create table batch_export (
    batch_id    text        not null references withdrawal_batch (id),
    format      text        not null,
    exported_by text        not null,
    exported_at timestamptz not null,
    reason      text,
    constraint batches_leave_as_xml_or_csv check (format in ('pain001', 'csv'))
);
create index exports_of_a_batch on batch_export (batch_id);
create trigger exports_of_batches_stay before update or delete or truncate on batch_export
    for each statement execute function refuse_change();
