-- What we hold of an account's day, frozen in a file of the store: a comparison that is repeated sees the same.
create table record_day (
    account_id text        not null,
    day        date        not null,
    sha256     text        not null,
    bytes      bigint      not null,
    records    bigint      not null,
    -- Grows with every other file that takes its place.
    version    integer     not null,
    -- Whether its lines are in platform_record.
    loaded     boolean     not null,
    frozen_at  timestamptz not null,
    constraint an_account_has_one_copy_a_day primary key (account_id, day)
);

-- One payment or refund as payment-channel-service told it. The day is that of the copy: at its edges are records of the
-- days beside it. Without a key, as bill_line.
create table platform_record (
    day               date           not null,
    account_id        text           not null,
    record_number     bigint         not null,
    kind              text           not null,
    status            text           not null,
    order_number      text           not null,
    channel_reference text,
    refund_number     text,
    refund_reference  text,
    channel_merchant  text           not null,
    amount_minor      bigint         not null,
    currency          text           not null,
    yuan_minor        bigint,
    rate              numeric(20, 10),
    happened_at       timestamptz,
    merchant_id       text           not null,
    owner_id          text           not null
) partition by range (day);
