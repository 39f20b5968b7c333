-- Which of a merchant's people hear of payments on their own WeChat, and of what.
create table wechat_binding (
    id             text        not null,
    merchant_id    text        not null,
    livemode       boolean     not null,
    appid          text        not null,
    label          text        not null,
    event_types    text[]      not null,
    status         text        not null,
    ended_reason   text,
    code_hash      text        not null,
    code_ends_at   timestamptz not null,
    -- Whom WeChat writes to is personal: sealed, and found again by a mark only.
    sealed_openid  text,
    openid_mark    text,
    created_at     timestamptz not null,
    bound_at       timestamptz,
    ended_at       timestamptz,
    constraint a_binding_has_one_id primary key (id),
    constraint a_bind_code_is_used_for_one_binding unique (code_hash),
    constraint a_binding_is_in_a_known_state check (status in ('waiting', 'bound', 'ended')),
    constraint whoever_is_bound_is_known check (status <> 'bound' or (sealed_openid is not null and openid_mark is not null)),
    constraint who_is_not_bound_is_not_kept check (status = 'bound' or sealed_openid is null)
);
create unique index a_person_is_bound_to_a_merchant_once on wechat_binding (merchant_id, livemode, openid_mark) where status = 'bound';
create index wechat_binding_of_merchant on wechat_binding (merchant_id, livemode, id desc);
create index wechat_binding_code_by_end on wechat_binding (code_ends_at) where status = 'waiting';

-- A message is the event told to one person; its id is what WeChat recognises a repeat by.
create table wechat_message (
    id              text        not null,
    event_id        text        not null,
    binding_id      text        not null references wechat_binding (id),
    merchant_id     text        not null,
    livemode        boolean     not null,
    appid           text        not null,
    type            text        not null,
    subject         text        not null,
    content         text        not null,
    status          text        not null default 'pending',
    attempts        integer     not null default 0,
    claims          integer     not null default 0,
    next_attempt_at timestamptz not null,
    leased_until    timestamptz,
    give_up_at      timestamptz not null,
    last_error      text,
    created_at      timestamptz not null,
    finished_at     timestamptz,
    constraint a_message_has_one_id primary key (id),
    constraint an_event_is_told_to_a_person_once unique (event_id, binding_id),
    constraint a_message_is_in_a_known_state check (status in ('pending', 'sent', 'dropped', 'dead'))
);
create index wechat_message_due on wechat_message (next_attempt_at, id) where status = 'pending';
create index wechat_message_of_merchant on wechat_message (merchant_id, livemode, id desc);
create index wechat_message_by_age on wechat_message (created_at);

-- An official account that WeChat lets send nothing for a while: its quota is used up, or it is not set up as it must be.
create table wechat_account_rest (
    appid  text        not null,
    until  timestamptz not null,
    reason text        not null,
    constraint an_account_rests_once primary key (appid)
);
