alter table staff_account
    add column status text not null default 'invited',
    -- Argon2id; null until the person has chosen one.
    add column password_hash text,
    add column language text not null default 'en',
    add constraint an_accounts_status_is_known check (status in ('invited', 'active', 'disabled')),
    add constraint who_is_active_has_a_password check (status <> 'active' or password_hash is not null),
    add constraint we_write_english_or_chinese check (language in ('en', 'zh'));

create table staff_role (
    account_id text not null references staff_account (id),
    role       text not null,
    constraint a_role_is_given_once primary key (account_id, role),
    constraint a_role_is_known
        check (role in ('administrator', 'reviewer', 'finance', 'support', 'auditor'))
);

-- A link that lets somebody in for the first time. The token is random (256 bits), so one round of
-- SHA-256 protects it. Without an account it is for one of the first two people.
create table staff_link (
    token_hash bytea       not null,
    account_id text        references staff_account (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint a_link_is_good_once primary key (token_hash)
);
create unique index one_link_an_account on staff_link (account_id) where account_id is not null;

-- Rights beyond the own roles, for a short time and with a reason.
create table break_glass (
    id         text        not null,
    account_id text        not null references staff_account (id),
    reason     text        not null,
    began_at   timestamptz not null,
    ends_at    timestamptz not null,
    ended_at   timestamptz,
    constraint a_break_glass_has_one_id primary key (id),
    constraint a_break_glass_has_a_reason check (length(btrim(reason)) >= 10),
    constraint a_break_glass_is_short check (ends_at > began_at and ends_at <= began_at + interval '1 hour')
);
create index break_glass_by_account on break_glass (account_id, ends_at);

-- Tries at what must not be guessed, by a hash of whom they are about.
create table sign_in_attempt (
    subject        text        not null,
    tries          integer     not null,
    window_ends_at timestamptz not null,
    constraint tries_are_counted_once primary key (subject)
);
create index sign_in_attempt_by_age on sign_in_attempt (window_ends_at);

-- An authenticator app's secret, sealed. Only a later step of time than the last one is taken.
create table totp (
    user_id    text        not null references staff_account (id),
    sealed     text        not null,
    last_step  bigint      not null,
    confirmed  boolean     not null,
    created_at timestamptz not null,
    constraint a_person_has_one_app primary key (user_id)
);
create table recovery_code (
    user_id   text not null references staff_account (id),
    code_hash text not null,
    constraint a_recovery_code_is_good_once primary key (user_id, code_hash)
);

-- The tables of Spring Session, as its schema for PostgreSQL has them.
create table staff_session (
    primary_id            char(36) not null,
    session_id            char(36) not null,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval int      not null,
    expiry_time           bigint   not null,
    principal_name        varchar(100),
    constraint staff_session_pk primary key (primary_id)
);
create unique index staff_session_by_id on staff_session (session_id);
create index staff_session_by_expiry on staff_session (expiry_time);
create index staff_session_by_person on staff_session (principal_name);
create table staff_session_attributes (
    session_primary_id char(36)     not null,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    constraint staff_session_attributes_pk primary key (session_primary_id, attribute_name),
    constraint staff_session_attributes_fk foreign key (session_primary_id)
        references staff_session (primary_id) on delete cascade
);
