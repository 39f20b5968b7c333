-- A merchant is a draft from sign-up until it is approved: test mode only.
alter table merchant drop constraint a_merchant_is_active_or_suspended;
alter table merchant add constraint a_merchant_is_draft_active_or_suspended
    check (status in ('draft', 'active', 'suspended'));

create table portal_user (
    id            text        not null,
    email         text        not null,
    email_key     text        not null,
    name          text        not null,
    language      text        not null,
    password_hash text        not null,
    created_at    timestamptz not null,
    constraint a_portal_user_has_one_id primary key (id),
    constraint an_address_belongs_to_one_person unique (email_key),
    constraint we_write_english_or_chinese check (language in ('en', 'zh'))
);

create table membership (
    user_id     text        not null references portal_user (id),
    merchant_id text        not null references merchant (id),
    role        text        not null,
    created_at  timestamptz not null,
    constraint a_person_has_one_role_at_a_merchant primary key (user_id, merchant_id),
    constraint a_role_is_known
        check (role in ('owner', 'admin', 'finance', 'cashier', 'developer', 'read_only'))
);
create index membership_of_merchant on membership (merchant_id);

-- What a link in a mail proves. The token is random (256 bits), so one round of SHA-256 protects it.
create table mailed_token (
    token_hash bytea       not null,
    purpose    text        not null,
    sealed     text        not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint a_mailed_token_is_good_once primary key (token_hash)
);
create index mailed_token_by_age on mailed_token (expires_at);

-- Tries at what must not be guessed, by a hash of whom they are about.
create table sign_in_attempt (
    subject        text        not null,
    tries          integer     not null,
    window_ends_at timestamptz not null,
    constraint tries_are_counted_once primary key (subject)
);
create index sign_in_attempt_by_age on sign_in_attempt (window_ends_at);

create table outgoing_mail (
    id          text        not null,
    sealed      text        not null,
    created_at  timestamptz not null,
    next_try_at timestamptz not null,
    constraint a_mail_has_one_id primary key (id)
);
create index outgoing_mail_by_turn on outgoing_mail (next_try_at);

-- The tables of Spring Session, as its schema for PostgreSQL has them.
create table portal_session (
    primary_id            char(36) not null,
    session_id            char(36) not null,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval int      not null,
    expiry_time           bigint   not null,
    principal_name        varchar(100),
    constraint portal_session_pk primary key (primary_id)
);
create unique index portal_session_by_id on portal_session (session_id);
create index portal_session_by_expiry on portal_session (expiry_time);
create index portal_session_by_person on portal_session (principal_name);
create table portal_session_attributes (
    session_primary_id char(36)     not null,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    constraint portal_session_attributes_pk primary key (session_primary_id, attribute_name),
    constraint portal_session_attributes_fk foreign key (session_primary_id)
        references portal_session (primary_id) on delete cascade
);
