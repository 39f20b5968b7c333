-- Every channel's notifications are kept in one place.
alter table wechat_notification rename to channel_notification;
alter table channel_notification add column channel text not null default 'wechat';
alter table channel_notification alter column channel drop default;
alter table channel_notification rename constraint wechat_notification_verdict to channel_notification_verdict;
alter table channel_notification rename constraint wechat_notification_accepted_has_id to channel_notification_accepted_has_id;
alter table channel_notification rename constraint wechat_notification_refused_has_reason to channel_notification_refused_has_reason;
alter index wechat_notification_pkey rename to channel_notification_pkey;
alter index wechat_notification_accepted_once rename to channel_notification_accepted_once;
alter index wechat_notification_refused rename to channel_notification_refused;
