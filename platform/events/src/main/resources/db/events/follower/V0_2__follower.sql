-- How far this service has followed each feed. The cursor moves in the transaction that applies the
-- events, so an effect and its place in the feed are kept or lost together.
create table feed_cursor (
    feed             text        not null,
    cursor           text        not null,
    -- Which instance polls, and until when the others leave it alone. This only saves work: what
    -- keeps a batch from being applied twice is the cursor.
    holder           text,
    lease_until      timestamptz not null,
    -- The event at the head of the feed that cannot be applied, and how often it was tried.
    failing_event    text,
    failing_attempts integer     not null default 0,
    moved_at         timestamptz not null,
    constraint a_feed_is_followed_once primary key (feed)
);

-- Events that could not be applied. They are out of the way, not lost: ParkedEvents applies them again.
create table parked_event (
    feed      text        not null,
    id        text        not null,
    type      text        not null,
    subject   text        not null,
    version   bigint      not null,
    time      timestamptz not null,
    data      text        not null,
    error     text        not null,
    attempts  integer     not null,
    parked_at timestamptz not null,
    constraint an_event_is_parked_once primary key (feed, id)
);
