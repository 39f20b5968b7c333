-- How a printed code is usually used, from what the risk counts know of its last week. Looked up anew every few hours, and only for codes in use.
create table static_code_usual (
    static_code_id text collate "C" not null,
    as_of timestamptz not null,
    payments bigint not null,
    amount_minor bigint not null,
    -- On how many days of the store it took money.
    days integer not null,
    -- How many payments the busiest hour had.
    busiest_hour bigint not null,
    -- The hours of the store's day in which it took money.
    hours integer[] not null,
    constraint static_code_usual_pkey primary key (static_code_id)
);

-- A printed code that was not used as it usually is, from when that was noticed until it was quiet for a while.
create table unusual_use (
    id text collate "C" not null,
    static_code_id text collate "C" not null,
    merchant_id text collate "C" not null,
    livemode boolean not null,
    kind text not null,
    -- Payments, minor units of the currency, or an hour of the day; by kind.
    observed bigint not null,
    usual bigint,
    began_at timestamptz not null,
    last_seen_at timestamptz not null,
    ended_at timestamptz,
    dismissed_at timestamptz,
    constraint unusual_use_pkey primary key (id),
    constraint unusual_use_kind_is_known check (kind in ('many_payments', 'large_amount', 'many_unpaid', 'odd_hour')),
    constraint unusual_use_of_a_known_code foreign key (static_code_id) references static_code_copy (static_code_id)
);
-- The same spell is never told twice, whoever looks and however often.
create unique index unusual_use_one_spell on unusual_use (static_code_id, kind) where ended_at is null;
create index unusual_use_of_merchant on unusual_use (merchant_id, livemode, id desc);
create index unusual_use_open on unusual_use (last_seen_at) where ended_at is null;
create index unusual_use_ended on unusual_use (ended_at) where ended_at is not null;

-- What came by any printed code in the last hour.
create index payment_by_any_static_code on payment (created_at) where static_code_id is not null;
