-- Times in which a channel's account is not offered to payers. What was planned stays; it may end earlier, once.
create table maintenance_window (
    id          text        collate "C" not null,
    version     integer     not null,
    account     text        collate "C" not null,
    starts_at   timestamptz not null,
    ends_at     timestamptz not null,
    approval_id text        collate "C" not null,
    planned_at  timestamptz not null,
    ended_by    text        collate "C",
    constraint a_maintenance_is_planned_once primary key (id),
    constraint an_approval_plans_one_maintenance unique (approval_id),
    constraint a_maintenance_ends_after_it_began check (ends_at >= starts_at),
    constraint whoever_ends_a_maintenance_is_named check ((version = 1) = (ended_by is null))
);
create index maintenance_window_by_end on maintenance_window (ends_at desc);
