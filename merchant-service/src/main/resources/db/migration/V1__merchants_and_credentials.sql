create table merchant (
    id                  text        not null,
    name                text        not null,
    display_name        text        not null,
    country             text        not null,
    currency            text        not null,
    status              text        not null,
    allowed_methods     text[]      not null,
    late_payment_policy text        not null,
    test_wechat_sub_mchid text,
    test_wechat_mcc       text,
    live_wechat_sub_mchid text,
    live_wechat_mcc       text,
    created_at          timestamptz not null,
    updated_at          timestamptz not null,
    version             bigint      not null,
    constraint a_merchant_has_one_id primary key (id),
    constraint a_merchant_is_active_or_suspended check (status in ('active', 'suspended')),
    constraint late_money_is_accepted_or_refunded check (late_payment_policy in ('accept', 'refund'))
);

-- The secret itself is shown once and never stored; it is random (190 bits), so one round of SHA-256 protects it.
create table credential (
    id            text        not null,
    merchant_id   text        not null references merchant (id),
    mode          text        not null,
    kind          text        not null,
    name          text        not null,
    scopes        text[]      not null,
    ip_allow_list text[]      not null,
    secret_hash   bytea       not null,
    last4         text        not null,
    replaces      text        references credential (id),
    created_at    timestamptz not null,
    expires_at    timestamptz,
    revoked_at    timestamptz,
    version       bigint      not null,
    constraint a_credential_has_one_id primary key (id),
    constraint a_secret_belongs_to_one_credential unique (secret_hash),
    constraint a_credential_is_for_test_or_live check (mode in ('test', 'live')),
    constraint a_credential_is_secret_or_restricted check (kind in ('secret', 'restricted'))
);
create index credential_of_merchant on credential (merchant_id, mode, id desc);
-- A credential is rolled once: two hands at the same time can't make two successors.
create unique index a_credential_has_one_successor on credential (replaces) where replaces is not null;

-- Answers to requests that made a credential, without the secret.
create table idempotency_key (
    merchant_id   text        not null,
    mode          text        not null,
    key           text        not null,
    fingerprint   text        not null,
    credential_id text        not null,
    created_at    timestamptz not null,
    constraint an_idempotency_key_is_used_once primary key (merchant_id, mode, key)
);
create index idempotency_key_by_age on idempotency_key (created_at);
