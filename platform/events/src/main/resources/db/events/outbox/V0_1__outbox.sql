-- Facts this service has published, written in the transaction that made them true.
--
-- Readers take rows in order of (txid, position) and only those with
--     txid < pg_snapshot_xmin(pg_current_snapshot())
-- i.e. rows of transactions older than every transaction still running. Nothing can appear behind
-- such a row any more, so a reader that remembers the last pair it saw never misses an event. Order
-- by position alone would: a slow transaction can commit a lower position after a higher one was read.
create table outbox (
    txid     xid8        not null default pg_current_xact_id(),
    position bigint      not null generated always as identity,
    id       text        not null,
    type     text        not null,
    subject  text        not null,
    version  bigint      not null,
    time     timestamptz not null,
    data     text        not null,
    constraint outbox_is_read_in_order_of_transaction primary key (txid, position),
    constraint an_event_is_published_once unique (id)
);

-- The last row retention has deleted: a reader that is still before it has missed something and is told so.
create table outbox_horizon (
    only_row boolean not null default true,
    txid     xid8    not null,
    position bigint  not null,
    constraint there_is_one_horizon primary key (only_row),
    constraint there_is_one_horizon_only check (only_row)
);
