-- What became of the statement of an account and a Beijing day.
create table statement_day (
    account_id     text        not null,
    day            date        not null,
    state          text        not null,
    -- Of the file that counts, or that was refused; its bytes are in the file store under its hash.
    format         text,
    sha256         text,
    bytes          bigint,
    verified       boolean,
    -- Grows with every other file that takes its place.
    version        integer     not null default 0,
    bill_lines     bigint,
    bad_lines      bigint,
    aside_lines    bigint,
    refused_reason text,
    changed_at     timestamptz not null,
    constraint an_account_has_one_statement_a_day primary key (account_id, day),
    constraint a_statement_is_in_a_known_state check (state in
        ('not_due', 'not_ready', 'empty_day', 'downloaded', 'bad_hash', 'converted', 'refused')),
    constraint a_downloaded_statement_has_a_file check
        (state not in ('downloaded', 'converted', 'refused') or sha256 is not null and format is not null),
    constraint a_converted_statement_counts_its_lines check
        ((state = 'converted') = (bill_lines is not null and bad_lines is not null and aside_lines is not null)),
    constraint a_refused_statement_says_why check ((state = 'refused') = (refused_reason is not null))
);

-- One payment or refund as a channel tells it. Without a key: lines come in bulk, by COPY, under the lock of their
-- statement_day, and are counted; an index would cost more than all the rest of loading them.
create table bill_line (
    day               date          not null,
    account_id        text          not null,
    line_number       bigint        not null,
    kind              text          not null,
    status            text          not null,
    order_number      text,
    channel_reference text,
    refund_number     text,
    refund_reference  text,
    channel_merchant  text,
    amount_minor      bigint        not null,
    currency          text          not null,
    yuan_minor        bigint,
    settled_minor     bigint,
    settled_currency  text,
    fee               numeric(24, 8),
    rate              numeric(24, 12),
    happened_at       timestamptz,
    settled_at        timestamptz
) partition by range (day);

-- A line that could not be read. Its text stays in the file: it may name a payer.
create table bad_line (
    account_id    text    not null,
    day           date    not null,
    line_number   bigint  not null,
    byte_offset   bigint  not null,
    bytes         bigint  not null,
    reason        text    not null,
    column_number integer,
    constraint a_line_is_bad_once primary key (account_id, day, line_number)
);

-- A total that a file states and its lines do not come to.
create table total_difference (
    account_id text    not null,
    day        date    not null,
    number     integer not null,
    total      text    not null,
    theirs     text    not null,
    ours       text    not null,
    constraint a_total_differs_once primary key (account_id, day, number)
);
