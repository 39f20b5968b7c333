-- The days of single accounts that agree with their statements, as reconcile-service tells of them.
-- A channel's day is in reconciled_day once all of its accounts are here.
create table reconciled_account_day (
    book          text        not null references book (id),
    channel       text        not null,
    account       text        not null,
    day           date        not null,
    -- Of the comparison that found nothing open.
    version       integer     not null,
    event_id      text        not null,
    reconciled_at timestamptz not null,
    constraint an_account_day_is_reconciled_once primary key (book, channel, account, day)
);
comment on table reconciled_day is 'Follows channel_day.reconciled of reconcile-service.';
