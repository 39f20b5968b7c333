-- A condition that somebody of our staff wants to see judge the payments of the last weeks, and what came of it.
create table risk_dry_run (
    id text collate "C" not null,
    asked_by text not null,
    merchant_id text collate "C",
    livemode boolean not null,
    -- JSON, as it was asked.
    condition text not null,
    status text not null,
    begins_at timestamptz not null,
    ends_at timestamptz not null,
    progress_percent smallint not null default 0,
    tries smallint not null default 0,
    -- Whoever works on it, and until when nobody else does.
    runner text,
    held_until timestamptz,
    failure_code text,
    -- JSON, once it is done.
    result text,
    created_at timestamptz not null,
    ended_at timestamptz,
    constraint risk_dry_run_pkey primary key (id),
    constraint risk_dry_run_status_is_known check (status in ('waiting', 'running', 'done', 'failed')),
    constraint risk_dry_run_end_is_an_end check ((status in ('done', 'failed')) = (ended_at is not null)),
    constraint risk_dry_run_done_has_a_result check ((status = 'done') = (result is not null))
);
-- One at a time is enough for anybody.
create unique index risk_dry_run_one_at_a_time on risk_dry_run (asked_by) where status in ('waiting', 'running');
create index risk_dry_run_due on risk_dry_run (created_at) where status in ('waiting', 'running');
create index risk_dry_run_age on risk_dry_run (created_at);
