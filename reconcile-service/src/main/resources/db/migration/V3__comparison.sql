alter table statement_day drop constraint a_statement_is_in_a_known_state;
alter table statement_day add constraint a_statement_is_in_a_known_state check (state in
    ('not_due', 'not_ready', 'empty_day', 'downloaded', 'bad_hash', 'converted', 'refused', 'compared', 'closed'));
alter table statement_day drop constraint a_converted_statement_counts_its_lines;
alter table statement_day add constraint a_converted_statement_counts_its_lines check
    ((state in ('converted', 'compared', 'closed'))
        = (bill_lines is not null and bad_lines is not null and aside_lines is not null));
-- How often the day was closed; a difference that comes up later opens it again.
alter table statement_day add column closings integer not null default 0;

-- The accounts that have statements, as payment-channel-service last listed them.
create table channel_account (
    account_id text    not null,
    channel    text    not null,
    livemode   boolean not null,
    constraint an_account_is_listed_once primary key (account_id)
);

-- A run over an account's day. Lines in are lines matched, differing, carried or bad, and so are records.
create table comparison (
    account_id        text        not null,
    day               date        not null,
    version           integer     not null,
    statement_version integer     not null,
    records_version   integer     not null,
    lines             bigint      not null,
    matched           bigint      not null,
    differing         bigint      not null,
    carried           bigint      not null,
    bad               bigint      not null,
    records           bigint      not null,
    records_matched   bigint      not null,
    records_differing bigint      not null,
    records_carried   bigint      not null,
    -- Told in the statement of another day.
    records_elsewhere bigint      not null,
    -- What changed since the run before.
    added             bigint      not null,
    gone              bigint      not null,
    compared_at       timestamptz not null,
    constraint a_comparison_has_a_version primary key (account_id, day, version),
    constraint every_line_is_accounted_for check (lines = matched + differing + carried + bad),
    constraint every_record_is_accounted_for check
        (records = records_matched + records_differing + records_carried + records_elsewhere)
);

-- What does not fit. It belongs to a day, and may be found by the run of a later one.
create table difference (
    id                bigint  not null generated always as identity,
    account_id        text    not null,
    run_day           date    not null,
    day               date    not null,
    type              text    not null,
    kind              text    not null,
    -- Our number of the order or the refund; of a line without one, or a total, what tells it from others.
    subject           text    not null,
    order_number      text,
    refund_number     text,
    channel_reference text,
    line_number       bigint,
    theirs            text,
    ours              text,
    currency          text,
    theirs_minor      bigint,
    ours_minor        bigint,
    merchant_id       text,
    owner_id          text,
    -- The versions of the run's day in which it stands; null while it does.
    since_version     integer not null,
    until_version     integer,
    -- The day whose run showed that it was none after all.
    cleared_day       date,
    constraint difference_pkey primary key (id),
    constraint a_difference_is_of_a_known_type check (type in
        ('channel_only', 'platform_only', 'amount', 'currency', 'status', 'fee', 'fx_rate', 'duplicate_channel',
         'duplicate_platform', 'header_total', 'wrong_merchant', 'late', 'refund_orphan', 'settlement_short',
         'settlement_over', 'unparsed_line'))
);
create unique index a_difference_stands_once on difference (account_id, run_day, day, type, kind, subject)
    where until_version is null;
create index difference_of_a_day on difference (account_id, day) where until_version is null;

-- One side without its other, kept until that comes: a line of a statement, or a record of ours. Both kinds of columns
-- are those of bill_line and platform_record.
create table carried (
    account_id        text    not null,
    side              text    not null,
    opened_day        date    not null,
    kind              text    not null,
    subject           text    not null,
    -- Of a record: the day on which it moved by our own account.
    home_day          date    not null,
    line_number       bigint  not null,
    status            text    not null,
    order_number      text,
    channel_reference text,
    refund_number     text,
    refund_reference  text,
    channel_merchant  text,
    amount_minor      bigint  not null,
    currency          text    not null,
    yuan_minor        bigint,
    settled_minor     bigint,
    settled_currency  text,
    fee               numeric(24, 8),
    rate              numeric(24, 12),
    happened_at       timestamptz,
    merchant_id       text,
    owner_id          text,
    -- The day whose run called it a difference, and the one whose run found the other side.
    judged_day        date,
    cleared_day       date,
    constraint a_side_is_carried_once primary key (account_id, side, kind, subject, opened_day),
    constraint a_side_is_one_of_two check (side in ('channel', 'platform'))
);

-- What a run is at work on: all that did not fit at once. Emptied when a run begins.
create table finding_line (
    id                bigint  not null generated always as identity,
    run_account       text    not null,
    run_day           date    not null,
    source            text    not null,
    line_day          date    not null,
    subject           text    not null,
    mask              integer not null,
    record_id         bigint,
    disposition       text,
    line_number       bigint  not null,
    kind              text    not null,
    status            text    not null,
    order_number      text,
    channel_reference text,
    refund_number     text,
    refund_reference  text,
    channel_merchant  text,
    amount_minor      bigint  not null,
    currency          text    not null,
    yuan_minor        bigint,
    settled_minor     bigint,
    settled_currency  text,
    fee               numeric(24, 8),
    rate              numeric(24, 12),
    happened_at       timestamptz
);
create table finding_record (
    id                bigint  not null generated always as identity,
    run_account       text    not null,
    run_day           date    not null,
    source            text    not null,
    home_day          date,
    opened_day        date,
    subject           text    not null,
    disposition       text,
    record_number     bigint  not null,
    kind              text    not null,
    status            text    not null,
    order_number      text    not null,
    channel_reference text,
    refund_number     text,
    refund_reference  text,
    channel_merchant  text    not null,
    amount_minor      bigint  not null,
    currency          text    not null,
    yuan_minor        bigint,
    rate              numeric(24, 12),
    happened_at       timestamptz,
    merchant_id       text    not null,
    owner_id          text    not null
);
create index finding_line_of_a_run on finding_line (run_account, run_day);
create index finding_record_of_a_run on finding_record (run_account, run_day);
