-- Two refunds asked for at the same time cannot both have the last cent: what is on its way counts like what is gone.
alter table payment add column refund_reserved_minor bigint not null default 0;
alter table payment add constraint payment_refunds_within_amount check
    (refund_reserved_minor >= 0 and refunded_minor >= 0 and refund_reserved_minor + refunded_minor <= amount_minor);

-- The same at the channel, in what the channel was told to charge: parts that are rounded must not add up to more.
alter table attempt add column refund_channel_minor bigint not null default 0;
alter table attempt add constraint attempt_refunds_within_charge check
    (refund_channel_minor >= 0 and refund_channel_minor <= channel_amount_minor);

-- Written before the channel is asked, under the number it is asked with.
create table refund (
    id text collate "C" not null,
    version bigint not null,
    kind text not null,
    payment_id text collate "C" not null,
    merchant_id text collate "C" not null,
    livemode boolean not null,
    merchant_reference text collate "C",
    order_number text collate "C" not null,
    account_id text not null,
    refund_number text collate "C" not null,
    status text not null,
    amount_minor bigint not null,
    currency text not null,
    channel_amount_minor bigint not null,
    channel_currency text not null,
    payer_amount_minor bigint,
    payer_currency text,
    reason text,
    note text,
    notify_url text,
    -- What the channel may know of it.
    submission text not null,
    -- Grows with every question to the channel, so that an answer can tell whether it is the newest.
    steps integer not null default 0,
    -- Since it last changed for the better or the worse; the longer nothing happens, the longer the pauses.
    tries integer not null default 0,
    asked_at timestamptz,
    -- When to look at it again; null when there is nothing left to do.
    next_step_at timestamptz,
    channel_reference text,
    failure_code text,
    decline_code text,
    created_at timestamptz not null,
    ended_at timestamptz,
    constraint refund_pkey primary key (id),
    constraint refund_number_once unique (refund_number),
    constraint refund_payment_exists foreign key (payment_id) references payment (id),
    constraint refund_attempt_exists foreign key (order_number) references attempt (order_number),
    constraint refund_kind_is_known check (kind in ('requested', 'surplus')),
    constraint refund_status_is_known check (status in ('pending_approval', 'pending', 'succeeded', 'failed')),
    constraint refund_submission_is_known check (submission in ('waiting', 'asking', 'unsure', 'accepted')),
    constraint refund_amounts_are_positive check (amount_minor > 0 and channel_amount_minor > 0),
    constraint refund_end_is_an_end check
        ((status in ('succeeded', 'failed')) = (ended_at is not null)
            and (ended_at is null or next_step_at is null)),
    constraint refund_failure_has_a_code check ((status = 'failed') = (failure_code is not null))
);
-- A shop that repeats a refund under a new key must find the first one, not pay its shopper twice.
create unique index refund_reference_once on refund (merchant_id, livemode, merchant_reference)
    where merchant_reference is not null;
-- What was paid and not needed goes back once.
create unique index refund_surplus_once on refund (order_number) where kind = 'surplus' and status <> 'failed';
create index refund_newest_first on refund (merchant_id, livemode, id desc);
create index refund_of_payment on refund (payment_id, id desc);
create index refund_of_order on refund (order_number);
create index refund_next_step on refund (next_step_at) where next_step_at is not null;

-- Where a channel wants time between two refunds of an order or an account: who asks next, and when.
create table refund_turn (
    turn_of text collate "C" not null,
    free_at timestamptz not null,
    constraint refund_turn_pkey primary key (turn_of)
);
create index refund_turn_age on refund_turn (free_at);

alter table refund_due add column refund_id text collate "C";
alter table refund_due add constraint refund_due_refund_exists foreign key (refund_id) references refund (id);
create index refund_due_open on refund_due (noticed_at) where refund_id is null;
