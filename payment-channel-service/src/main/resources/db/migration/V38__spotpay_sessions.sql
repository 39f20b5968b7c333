-- What a till asked to be paid: one payment each, made in the same transaction.
create table spotpay_session (
    id text collate "C" not null,
    payment_id text collate "C" not null,
    merchant_id text collate "C" not null,
    livemode boolean not null,
    device_id text collate "C" not null,
    store_id text collate "C" not null,
    store_name text not null,
    cashier_id text collate "C",
    -- The wallet whose own code is shown; null where one code serves them all.
    method text,
    -- The code leads to a page by a token that is derived again when it is shown again, and never stored.
    token_hash bytea not null,
    -- The phone that scanned it and may pay: its own random number, hashed.
    holder_hash bytea,
    holder_since timestamptz,
    -- The till wanted it ended and no channel would vouch for it.
    cancel_unsure_at timestamptz,
    created_at timestamptz not null,
    constraint spotpay_session_pkey primary key (id),
    constraint spotpay_session_is_one_payment unique (payment_id),
    constraint spotpay_session_payment_exists foreign key (payment_id) references payment (id),
    constraint spotpay_session_token_once unique (token_hash),
    constraint spotpay_session_method_is_known check (method is null or method in ('wechat', 'alipay', 'jdpay')),
    constraint spotpay_session_holder_is_whole check ((holder_hash is null) = (holder_since is null))
);
create index spotpay_session_of_device on spotpay_session (device_id, id desc);
create index spotpay_session_by_time on spotpay_session (device_id, created_at);
