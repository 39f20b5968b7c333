-- Printed codes, as merchant-service last told us. Amounts are in minor units of the currency.
create table static_code_copy (
    static_code_id text collate "C" not null,
    version bigint not null,
    merchant_id text collate "C" not null,
    livemode boolean not null,
    store_name text not null,
    time_zone text not null,
    label text not null,
    serial text not null,
    link text collate "C" not null,
    currency text not null,
    amount_minor bigint,
    min_amount_minor bigint,
    max_amount_minor bigint,
    daily_limit_minor bigint,
    status text not null,
    constraint static_code_copy_pkey primary key (static_code_id)
);

-- Every link ever printed: whoever scans an old poster is told that the code was replaced.
create table static_code_link (
    link text collate "C" not null,
    static_code_id text collate "C" not null,
    constraint static_code_link_pkey primary key (link)
);

-- The printed code by which a payment came.
alter table payment add column static_code_id text collate "C";
-- What came by a code today is added up while the code's own row is locked.
create index payment_by_static_code on payment (static_code_id, created_at) where static_code_id is not null;
