-- WeChat's own number of a message it took; a repeat that it recognised has none.
alter table wechat_message add column msgid bigint;

-- What WeChat said of a message's arrival. It may come before we have written down that the message was sent.
create table wechat_arrival (
    appid       text        not null,
    msgid       bigint      not null,
    -- Of whom it was told, as a mark.
    openid_mark text        not null,
    arrival     text        not null,
    told_at     timestamptz not null,
    constraint an_arrival_is_told_once primary key (appid, msgid),
    constraint an_arrival_is_known check (arrival in ('delivered', 'refused', 'failed'))
);
create index wechat_arrival_by_age on wechat_arrival (told_at);
