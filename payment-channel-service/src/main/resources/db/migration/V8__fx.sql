-- Every rate we were told: yuan for one major unit of the currency.
create table fx_rate (
    source text not null, -- a channel account, or 'operator'
    currency text not null,
    yuan_per_unit numeric(20, 10) not null,
    as_of timestamptz not null,
    learned_at timestamptz not null,
    constraint fx_rate_is_told_once primary key (source, currency, as_of),
    constraint fx_rate_is_positive check (yuan_per_unit > 0)
);

-- A promise of a rate, for one payment and a limited time.
create table fx_quote (
    id text collate "C" not null,
    merchant_id text collate "C" not null,
    livemode boolean not null,
    amount_minor bigint not null,
    currency text not null,
    yuan_minor bigint not null,
    rate numeric(20, 10) not null,
    margin numeric(10, 8) not null,
    as_of timestamptz not null,
    source text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    payment_id text collate "C",
    constraint fx_quote_pkey primary key (id),
    -- A payment has one promise, and a promise is for one payment.
    constraint fx_quote_is_used_once unique (payment_id)
);
-- Until when the rate behind the shown amount is promised.
alter table payment add column quote_expires_at timestamptz;
