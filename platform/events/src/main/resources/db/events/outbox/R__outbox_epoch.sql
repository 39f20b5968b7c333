-- Repeatable, because each service has migrations of its own that are numbered after V0_1.

-- Which life of this outbox its cursors belong to. A restore, or a move to another server, begins a
-- new one: transaction ids start again below what followers have seen, so an old cursor would skip
-- events for ever. The server's own identity is part of a cursor's epoch, so a move is noticed by
-- itself; a restore in place is made known by begin_outbox_epoch().
create table if not exists outbox_epoch (
    only_row boolean     not null default true,
    epoch    uuid        not null default gen_random_uuid(),
    begun_at timestamptz not null default clock_timestamp(),
    constraint there_is_one_epoch primary key (only_row),
    constraint there_is_one_epoch_only check (only_row)
);
insert into outbox_epoch default values on conflict do nothing;

-- What an operator calls after a restore or a move, before the service starts. Events that are kept
-- get transaction ids of this server, in their old order: with the old ones they would wait until
-- this server has counted as far, or come after newer ones.
create or replace function begin_outbox_epoch() returns uuid language sql as $$
    with kept as (
        delete from outbox returning *
    )
    insert into outbox (id, type, subject, version, time, data)
    select id, type, subject, version, time, data from kept order by kept.txid, kept.position;

    delete from outbox_horizon;

    update outbox_epoch set epoch = gen_random_uuid(), begun_at = clock_timestamp()
    returning epoch;
$$;
