-- Days on which banks are closed, by calendar and year. A year that is not here is not known, and
-- nobody takes it for a year without holidays.
create table calendar_year (
    calendar text    not null,
    year     integer not null,
    source   text    not null,
    constraint a_year_is_known_once primary key (calendar, year),
    constraint there_are_two_calendars check (calendar in ('CN', 'NZ'))
);
create table calendar_day (
    calendar text    not null,
    day      date    not null,
    year     integer not null generated always as (extract(year from day)) stored,
    -- False for a weekend's day that is worked instead of another.
    closed   boolean not null,
    name     text    not null,
    constraint a_day_is_said_once primary key (calendar, day),
    constraint a_day_is_of_a_known_year foreign key (calendar, year)
        references calendar_year (calendar, year)
);

insert into calendar_year values
    ('NZ', 2026, 'Holidays Act 2003 and Te Kahui o Matariki Public Holiday Act 2022, days observed'),
    ('NZ', 2027, 'Holidays Act 2003 and Te Kahui o Matariki Public Holiday Act 2022, days observed'),
    ('CN', 2026, 'General Office of the State Council, notice of November 2025');
insert into calendar_day (calendar, day, closed, name) values
    ('NZ', '2026-01-01', true, 'New Year'),
    ('NZ', '2026-01-02', true, 'Day after New Year'),
    ('NZ', '2026-02-06', true, 'Waitangi Day'),
    ('NZ', '2026-04-03', true, 'Good Friday'),
    ('NZ', '2026-04-06', true, 'Easter Monday'),
    ('NZ', '2026-04-27', true, 'Anzac Day, observed'),
    ('NZ', '2026-06-01', true, 'King''s Birthday'),
    ('NZ', '2026-07-10', true, 'Matariki'),
    ('NZ', '2026-10-26', true, 'Labour Day'),
    ('NZ', '2026-12-25', true, 'Christmas Day'),
    ('NZ', '2026-12-28', true, 'Boxing Day, observed'),
    ('NZ', '2027-01-01', true, 'New Year'),
    ('NZ', '2027-01-04', true, 'Day after New Year, observed'),
    ('NZ', '2027-02-08', true, 'Waitangi Day, observed'),
    ('NZ', '2027-03-26', true, 'Good Friday'),
    ('NZ', '2027-03-29', true, 'Easter Monday'),
    ('NZ', '2027-04-26', true, 'Anzac Day, observed'),
    ('NZ', '2027-06-07', true, 'King''s Birthday'),
    ('NZ', '2027-06-25', true, 'Matariki'),
    ('NZ', '2027-10-25', true, 'Labour Day'),
    ('NZ', '2027-12-27', true, 'Christmas Day, observed'),
    ('NZ', '2027-12-28', true, 'Boxing Day, observed');
insert into calendar_day (calendar, day, closed, name)
select 'CN', day::date, true, name
  from (values ('2026-01-01', '2026-01-03', 'New Year'),
               ('2026-02-15', '2026-02-23', 'Spring Festival'),
               ('2026-04-04', '2026-04-06', 'Qingming'),
               ('2026-05-01', '2026-05-05', 'Labour Day'),
               ('2026-06-19', '2026-06-21', 'Dragon Boat Festival'),
               ('2026-09-25', '2026-09-27', 'Mid-Autumn Festival'),
               ('2026-10-01', '2026-10-07', 'National Day')) span (first, last, name),
       generate_series(first::date, last::date, interval '1 day') day;
insert into calendar_day (calendar, day, closed, name) values
    ('CN', '2026-01-04', false, 'Worked for New Year'),
    ('CN', '2026-02-14', false, 'Worked for Spring Festival'),
    ('CN', '2026-02-28', false, 'Worked for Spring Festival'),
    ('CN', '2026-05-09', false, 'Worked for Labour Day'),
    ('CN', '2026-09-20', false, 'Worked for National Day'),
    ('CN', '2026-10-10', false, 'Worked for National Day');

-- When what was paid may be withdrawn. The newest version counts.
create table settlement_terms (
    merchant_id  text        not null, -- empty for who has no terms of its own
    currency     text        not null, -- empty for every currency
    version      integer     not null,
    working_days integer     not null,
    calendars    text[]      not null,
    reason       text        not null,
    decided_by   text        not null,
    decided_at   timestamptz not null,
    constraint terms_are_known_by_their_version primary key (merchant_id, currency, version),
    constraint terms_are_within_reason check (working_days between 0 and 60),
    constraint terms_name_calendars_we_have
        check (calendars <@ array ['CN', 'NZ'] and cardinality(calendars) > 0)
);
insert into settlement_terms
values ('', '', 1, 2, '{CN,NZ}', 'Until other terms are agreed', 'ferrypay', now());
create trigger terms_stay before update or delete or truncate on settlement_terms
    for each statement execute function refuse_change();

-- The days of channels that agree with their statements. Nothing writes here yet: it follows
-- DayReconciled once reconciliation tells it.
create table reconciled_day (
    book          text        not null references book (id),
    channel       text        not null,
    day           date        not null,
    event_id      text        not null,
    reconciled_at timestamptz not null,
    constraint a_day_is_reconciled_once primary key (book, channel, day)
);

-- Payments of a merchant that became available together.
create table settlement (
    id             text        not null,
    book           text        not null references book (id),
    merchant_id    text        not null,
    currency       text        not null,
    first_day      date        not null,
    last_day       date        not null,
    payments       bigint      not null,
    -- What was available or set aside before.
    opening_minor  bigint      not null,
    gross_minor    bigint      not null,
    fees_minor     bigint      not null,
    refunds_minor  bigint      not null,
    net_minor      bigint      not null,
    closing_minor  bigint      not null,
    gated          boolean     not null,
    settled_at     timestamptz not null,
    constraint a_settlement_has_one_id primary key (id),
    constraint a_settlement_adds_up
        check (net_minor = gross_minor - fees_minor - refunds_minor
               and closing_minor = opening_minor + net_minor and payments > 0)
);
create index settlements_of_a_merchant on settlement (book, merchant_id, id);
create trigger settlements_stay before update or delete or truncate on settlement
    for each statement execute function refuse_change();

-- The merchant's entries, newest first.
create index payable_of_a_merchant on account (owner, book) where type = 'merchant-payable';

-- Money that staff keep back for a reason.
create table balance_hold (
    id           text        not null,
    book         text        not null references book (id),
    merchant_id  text        not null,
    currency     text        not null,
    amount_minor bigint      not null,
    reason       text        not null,
    placed_by    text        not null,
    placed_at    timestamptz not null,
    released_by  text,
    released_at  timestamptz,
    constraint a_hold_has_one_id primary key (id),
    constraint a_hold_keeps_something check (amount_minor > 0),
    constraint a_hold_is_released_by_somebody check ((released_by is null) = (released_at is null))
);
create index holds_that_stand on balance_hold (book, merchant_id) where released_at is null;

create function balances_of_holds() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' and new.released_at is null then
        perform set_aside(new.book, new.merchant_id, new.currency,
                          -new.amount_minor, new.amount_minor);
    elsif tg_op = 'UPDATE' then
        if old.released_at is not null or new.released_at is null
           or (old.id, old.book, old.merchant_id, old.currency, old.amount_minor,
               old.reason, old.placed_by, old.placed_at)
              is distinct from (new.id, new.book, new.merchant_id, new.currency, new.amount_minor,
                                new.reason, new.placed_by, new.placed_at) then
            raise exception 'a hold stands as it was placed until it is released'
                using errcode = 'check_violation', constraint = 'a_hold_is_only_released';
        end if;
        perform set_aside(new.book, new.merchant_id, new.currency,
                          new.amount_minor, -new.amount_minor);
    end if;
    return null;
end $$;
create trigger balances_follow_holds after insert or update on balance_hold
    for each row execute function balances_of_holds();
create trigger holds_stay before delete or truncate on balance_hold
    for each statement execute function refuse_change();
