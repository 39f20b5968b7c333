-- What merchants are told. The id is that of the event it tells, so that one event can't become two webhooks.
create table told_event (
    id          text        not null,
    merchant_id text        not null,
    livemode    boolean     not null,
    type        text        not null,
    subject     text        not null,
    happened_at timestamptz not null,
    body        text        not null,
    taken_at    timestamptz not null default now(),
    constraint an_event_is_told_under_one_id primary key (id)
);
create index told_event_of_merchant on told_event (merchant_id, livemode, id desc);

create table webhook_endpoint (
    id                    text        not null,
    merchant_id           text        not null,
    livemode              boolean     not null,
    url                   text        not null,
    description           text        not null,
    event_types           text[]      not null,
    status                text        not null,
    disabled_reason       text,
    sealed_secret         text        not null,
    sealed_old_secret     text,
    old_secret_ends_at    timestamptz,
    failing_since         timestamptz,
    created_at            timestamptz not null,
    version               bigint      not null,
    constraint an_endpoint_has_one_id primary key (id),
    constraint an_endpoint_is_enabled_or_disabled check (status in ('enabled', 'disabled'))
);
create index webhook_endpoint_of_merchant on webhook_endpoint (merchant_id, livemode, id desc);

-- Signs what goes to a payment's own notify_url.
create table merchant_secret (
    merchant_id   text    not null,
    livemode      boolean not null,
    sealed_secret text    not null,
    constraint a_merchant_has_one_default_secret primary key (merchant_id, livemode)
);

-- The platform's own signature (v1a), one key pair a mode.
create table platform_key (
    livemode       boolean not null,
    sealed_private text    not null,
    public_key     text    not null,
    constraint a_mode_has_one_key_pair primary key (livemode)
);

create table delivery (
    id              bigint      not null generated always as identity,
    event_id        text        not null references told_event (id),
    endpoint_id     text        references webhook_endpoint (id),
    url             text        not null,
    -- What shares a limit on connections: an endpoint, or a merchant's notify_urls on one host.
    lane            text        not null,
    status          text        not null default 'pending',
    attempts        integer     not null default 0,
    next_attempt_at timestamptz not null default now(),
    leased_until    timestamptz,
    last_status     integer,
    last_error      text,
    finished_at     timestamptz,
    constraint a_delivery_has_one_id primary key (id),
    constraint a_delivery_is_in_a_known_state check (status in ('pending', 'delivered', 'dead', 'canceled'))
);
create unique index an_event_goes_to_an_endpoint_once on delivery (event_id, endpoint_id) where endpoint_id is not null;
create unique index an_event_goes_to_a_notify_url_once on delivery (event_id) where endpoint_id is null;
create index delivery_due on delivery (next_attempt_at) where status = 'pending';
create index delivery_of_endpoint on delivery (endpoint_id, id) where status in ('pending', 'dead');

create table delivery_attempt (
    delivery_id     bigint      not null references delivery (id),
    number          integer     not null,
    at              timestamptz not null,
    duration_millis integer     not null,
    status          integer,
    error           text,
    request_headers text        not null,
    answer          text        not null,
    constraint an_attempt_has_one_number primary key (delivery_id, number)
);

create table idempotency_key (
    merchant_id text        not null,
    livemode    boolean     not null,
    key         text        not null,
    fingerprint text        not null,
    endpoint_id text        not null,
    created_at  timestamptz not null default now(),
    constraint an_idempotency_key_is_used_once primary key (merchant_id, livemode, key)
);
create index idempotency_key_by_age on idempotency_key (created_at);
