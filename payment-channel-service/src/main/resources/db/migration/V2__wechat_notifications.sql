-- Every notification WeChat posted to us, with what we made of it.
create table wechat_notification (
    id              bigint generated always as identity primary key,
    account_id      text        not null,
    notification_id text,       -- WeChat's; null when the notification could not be read
    received_at     timestamptz not null,
    verdict         text        not null
        constraint wechat_notification_verdict check (verdict in ('accepted', 'refused')),
    reason          text,
    verified        boolean     not null, -- whether WeChat's signature stood
    order_number    text,
    serial          text,
    headers         text        not null, -- Wechatpay-* only
    body            bytea       not null,
    constraint wechat_notification_accepted_has_id
        check (verdict = 'refused' or notification_id is not null),
    constraint wechat_notification_refused_has_reason
        check (verdict = 'accepted' or reason is not null)
);

-- WeChat repeats itself, also in parallel; a notification is accepted once.
create unique index wechat_notification_accepted_once
    on wechat_notification (account_id, notification_id) where verdict = 'accepted';

-- Finds the oldest refused ones, which are kept in a bounded number.
create index wechat_notification_refused on wechat_notification (id) where verdict = 'refused';
