-- What differs between a channel's statement and what we hold, as reconcile-service tells it, and what becomes of it.
create table difference_case (
    -- The number that reconcile-service gave it; shown as dif_ and this.
    number            bigint      not null,
    version           bigint      not null,
    -- Of the last event that told of it: an older one is old news.
    told_version      bigint      not null,
    status            text        not null,
    book              text        not null references book (id),
    channel           text        collate "C" not null,
    account           text        collate "C" not null,
    day               date        not null,
    type              text        not null,
    kind              text        not null,
    subject           text        not null,
    order_number      text        collate "C",
    refund_number     text        collate "C",
    channel_reference text        collate "C",
    line_number       bigint,
    theirs            text,
    ours              text,
    currency          text,
    theirs_minor      bigint,
    ours_minor        bigint,
    merchant_id       text        collate "C",
    owner_id          text        collate "C",
    -- The type of the account that holds what is at stake, against channel-receivable; null while nothing is booked.
    counterpart       text,
    assigned_to       text        collate "C",
    -- How often its channel was asked because of it.
    asked             integer     not null default 0,
    action            text,
    opened_at         timestamptz not null,
    -- Until then somebody should have decided.
    due_at            timestamptz not null,
    decided_at        timestamptz,
    ended_at          timestamptz,
    constraint a_difference_has_one_case primary key (number),
    constraint a_difference_status_is_known check (status in ('open', 'decided', 'ended')),
    constraint a_decided_difference_says_what check ((status = 'decided') <= (action is not null and decided_at is not null)),
    constraint an_ended_difference_says_when check ((status = 'ended') = (ended_at is not null)),
    constraint an_ended_difference_is_not_booked check (status <> 'ended' or counterpart is null)
);
create index difference_case_newest_first on difference_case (status, number desc);
create index difference_case_of_day on difference_case (account, day, number);
create index difference_case_by_due on difference_case (due_at) where status = 'open';

-- By how much the channel says that it owes us more than we hold, in each currency; less is negative.
create table difference_stake (
    number   bigint not null references difference_case (number),
    currency text   not null,
    minor    bigint not null,
    constraint a_stake_has_one_currency primary key (number, currency),
    constraint a_stake_is_something check (minor <> 0)
);

-- What happened to it, in its order.
create table difference_entry (
    sequence bigint      not null generated always as identity,
    number   bigint      not null references difference_case (number),
    at       timestamptz not null,
    what     text        not null,
    who      text        collate "C" not null,
    detail   text        not null,
    constraint an_entry_of_a_difference_has_its_place primary key (sequence)
);
create index difference_entry_of_case on difference_entry (number, sequence);
create trigger what_became_of_it_stays before update or delete or truncate on difference_entry
    for each statement execute function refuse_change();
