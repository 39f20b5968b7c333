-- Times in which an account is not offered, as trade-admin-service last told us.
create table maintenance_window (
    id text collate "C" not null,
    version bigint not null,
    account_id text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    constraint maintenance_window_pkey primary key (id),
    -- One that was called off ends where it begins.
    constraint maintenance_window_ends_later check (ends_at >= starts_at)
);
create index maintenance_window_by_end on maintenance_window (ends_at);
