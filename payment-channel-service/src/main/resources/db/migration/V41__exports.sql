-- Lists that are written into files in the background. A step writes one piece and says how far it came, together.
create table export (
    id text collate "C" not null,
    merchant_id text collate "C" not null,
    livemode boolean not null,
    kind text not null,
    filters text not null,
    time_zone text not null,
    status text not null,
    total_rows bigint,
    rows bigint not null default 0,
    size bigint not null default 0,
    parts integer not null default 0,
    last_id text collate "C",
    tries integer not null default 0,
    failure_code text,
    created_at timestamptz not null,
    -- When its next step may be taken.
    due_at timestamptz not null,
    ended_at timestamptz,
    expires_at timestamptz,
    constraint export_pkey primary key (id),
    constraint export_kind_is_known check (kind in ('payments', 'refunds')),
    constraint export_status_is_known check (status in
        ('waiting', 'running', 'ready', 'failed', 'canceled', 'expired')),
    constraint export_end_is_an_end check ((status in ('waiting', 'running')) = (ended_at is null)),
    constraint export_file_expires check (status <> 'ready' or expires_at is not null)
);
-- However often it is asked for, and at however many instances.
create unique index export_one_at_a_time on export (merchant_id, livemode) where status in ('waiting', 'running');
create index export_due on export (due_at) where status in ('waiting', 'running');
create index export_newest_first on export (merchant_id, livemode, id desc);
create index export_ready on export (merchant_id, livemode, id desc) include (expires_at) where status = 'ready';

create table export_part (
    export_id text collate "C" not null,
    number integer not null,
    -- Compressed already.
    content bytea not null,
    constraint export_part_pkey primary key (export_id, number),
    constraint export_part_export_exists foreign key (export_id) references export (id) on delete cascade
);
alter table export_part alter column content set storage external;
