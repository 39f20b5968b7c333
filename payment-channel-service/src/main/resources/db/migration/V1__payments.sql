-- What merchants may do, as merchant-service last told us: the hot path asks nobody else.
create table merchant_copy (
    merchant_id text not null,
    version bigint not null,
    display_name text not null,
    status text not null,
    currency text not null,
    allowed_methods text not null,
    late_payment_policy text not null,
    live_sub_merchant_id text,
    live_category_code text,
    test_sub_merchant_id text,
    test_category_code text,
    constraint merchant_copy_pkey primary key (merchant_id)
);

create table payment (
    id text collate "C" not null,
    version bigint not null,
    merchant_id text collate "C" not null,
    livemode boolean not null,
    merchant_reference text collate "C" not null,
    status text not null,
    amount_minor bigint not null,
    currency text not null,
    product_name text not null,
    description text,
    return_url text not null,
    cancel_url text,
    notify_url text,
    locale text,
    allowed_methods text not null,
    payer_ip text,
    payer_user_agent text,
    payer_email text,
    metadata text not null,
    shown_amount_minor bigint,
    shown_currency text,
    shown_rate numeric(20, 10),
    shown_rate_as_of timestamptz,
    shown_rate_source text,
    nonce_generation integer not null,
    nonce_hash bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    paid_at timestamptz,
    paid_late boolean not null default false,
    method text,
    flow text,
    channel_reference text,
    payer_amount_minor bigint,
    payer_currency text,
    executed_rate numeric(20, 10),
    failure_code text,
    decline_code text,
    surplus_minor bigint not null default 0,
    refunded_minor bigint not null default 0,
    -- Pushed forward by whoever looks at a payment that is due, so that two sweepers never take the same one.
    next_sweep_at timestamptz,
    constraint payment_pkey primary key (id),
    -- A shop that repeats an order under a new key must find the first one, not charge its shopper twice.
    constraint payment_reference_once unique (merchant_id, livemode, merchant_reference),
    constraint payment_nonce_once unique (nonce_hash),
    constraint payment_amount_is_positive check (amount_minor > 0),
    constraint payment_status_is_known check (status in
        ('created', 'pending', 'processing', 'paid', 'failed', 'canceled', 'expired', 'under_review')),
    -- Whoever says paid says by what and when.
    constraint payment_paid_has_proof check (status <> 'paid' or (paid_at is not null and channel_reference is not null))
);
create index payment_newest_first on payment (merchant_id, livemode, id desc);
create index payment_due on payment (next_sweep_at) where status in ('created', 'pending', 'processing');

create table attempt (
    order_number text collate "C" not null,
    version bigint not null,
    payment_id text collate "C" not null,
    sequence integer not null,
    channel text not null,
    account_id text not null,
    sub_merchant_id text not null,
    category_code text not null,
    flow text not null,
    amount_minor bigint not null,
    currency text not null,
    status text not null,
    qr_content text,
    qr_expires_at timestamptz,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    channel_reference text,
    decline_code text,
    -- When to ask the channel next; null when there is nothing left to ask.
    next_query_at timestamptz,
    query_count integer not null default 0,
    constraint attempt_pkey primary key (order_number),
    constraint attempt_payment_exists foreign key (payment_id) references payment (id),
    constraint attempt_sequence_once unique (payment_id, sequence),
    constraint attempt_status_is_known check (status in
        ('opening', 'ready', 'replaced', 'closed', 'declined', 'refused', 'paid', 'surplus'))
);
-- A payer is offered one code at a time.
create unique index attempt_one_offered on attempt (payment_id) where status in ('opening', 'ready');
create index attempt_due on attempt (next_query_at) where next_query_at is not null;

-- Money that came in and is owed back: a second attempt paid, or a late one the merchant does not want.
create table refund_due (
    order_number text collate "C" not null,
    payment_id text collate "C" not null,
    merchant_id text collate "C" not null,
    livemode boolean not null,
    reason text not null,
    channel_reference text not null,
    amount_minor bigint not null,
    currency text not null,
    noticed_at timestamptz not null,
    constraint refund_due_pkey primary key (order_number),
    constraint refund_due_attempt_exists foreign key (order_number) references attempt (order_number),
    constraint refund_due_reason_is_known check (reason in ('second_payment', 'late_payment'))
);

-- Verified reports that do not fit our own order, for a person to look at.
create table refused_report (
    order_number text collate "C" not null,
    reason text not null,
    source text not null,
    account_id text not null,
    notification_id text,
    evidence text not null,
    times integer not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    constraint refused_report_pkey primary key (order_number, reason, source)
);

create table idempotency_key (
    merchant_id text collate "C" not null,
    livemode boolean not null,
    key text collate "C" not null,
    fingerprint bytea not null,
    status integer not null,
    -- The answer without its link: that is derived again, never stored.
    body text not null,
    payment_id text collate "C",
    created_at timestamptz not null,
    constraint idempotency_key_pkey primary key (merchant_id, livemode, key)
);
create index idempotency_key_age on idempotency_key using brin (created_at);
