-- Where a merchant sells. Its time zone says when a day of its codes begins.
create table store (
    id          text        not null,
    merchant_id text        not null references merchant (id),
    mode        text        not null,
    name        text        not null,
    address     text        not null,
    time_zone   text        not null,
    created_at  timestamptz not null,
    version     bigint      not null,
    constraint a_store_has_one_id primary key (id),
    constraint a_store_is_for_test_or_live check (mode in ('test', 'live'))
);
create index store_of_merchant on store (merchant_id, mode, id desc);

-- A printed code. Amounts are in minor units of the merchant's currency.
create table static_code (
    id                text        not null,
    merchant_id       text        not null references merchant (id),
    mode              text        not null,
    store_id          text        not null references store (id),
    label             text        not null,
    serial_stem       text        not null,
    generation        integer     not null,
    link              text        not null,
    currency          text        not null,
    amount_minor      bigint,
    min_amount_minor  bigint,
    max_amount_minor  bigint,
    daily_limit_minor bigint,
    status            text        not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    version           bigint      not null,
    constraint a_static_code_has_one_id primary key (id),
    constraint a_static_code_is_for_test_or_live check (mode in ('test', 'live')),
    constraint a_static_code_is_active_or_disabled check (status in ('active', 'disabled')),
    -- What stands on the poster names one code of the merchant.
    constraint a_serial_names_one_code unique (merchant_id, mode, serial_stem),
    constraint amounts_are_positive check (amount_minor > 0 and min_amount_minor > 0 and max_amount_minor > 0
        and daily_limit_minor > 0),
    constraint a_fixed_amount_has_no_range check (amount_minor is null
        or (min_amount_minor is null and max_amount_minor is null))
);
create index static_code_of_merchant on static_code (merchant_id, mode, id desc);

-- Every link ever printed, so that none is given twice: an old poster must never lead to another shop.
create table static_code_link (
    link           text    not null,
    static_code_id text    not null references static_code (id),
    generation     integer not null,
    constraint a_link_is_given_once primary key (link)
);

-- Requests that made something, so that a repeat finds it.
create table done_request (
    merchant_id text        not null,
    mode        text        not null,
    key         text        not null,
    fingerprint text        not null,
    object_id   text        not null,
    created_at  timestamptz not null,
    constraint a_request_is_done_once primary key (merchant_id, mode, key)
);
create index done_request_by_age on done_request (created_at);
