-- Payments that a rule wants somebody to look at.
create table risk_case (
    id                 text        collate "C" not null,
    version            bigint      not null,
    kind               text        not null,
    status             text        not null,
    payment_id         text        collate "C" not null,
    merchant_id        text        collate "C" not null,
    livemode           boolean     not null,
    merchant_reference text        not null,
    amount_minor       bigint      not null,
    currency           text        not null,
    method             text,
    channel            text,
    store              text        collate "C",
    static_code        text        collate "C",
    device             text        collate "C",
    -- A hash of what the wallet calls the payer.
    payer              text        collate "C",
    assigned_to        text        collate "C",
    decision           text,
    opened_at          timestamptz not null,
    closed_at          timestamptz,
    constraint a_case_has_one_id primary key (id),
    constraint a_payment_has_one_case unique (payment_id),
    constraint a_case_kind_is_known check (kind in ('alert', 'hold')),
    constraint a_case_status_is_known check (status in ('open', 'closed')),
    constraint a_closed_case_says_when check ((status = 'closed') = (closed_at is not null)),
    -- What is held can only be closed by saying what becomes of it.
    constraint a_hold_ends_with_a_decision check
        (status = 'open' or kind = 'alert' or decision in ('release', 'refuse', 'returned'))
);
create index risk_case_newest_first on risk_case (status, id desc);
create index risk_case_of_merchant on risk_case (merchant_id, id desc);
create index risk_case_of_payer on risk_case (payer, id desc) where payer is not null;
create index risk_case_of_device on risk_case (device, id desc) where device is not null;
create index risk_case_of_static_code on risk_case (static_code, id desc) where static_code is not null;

-- What happened in a case, in its order.
create table risk_case_entry (
    sequence bigint      not null generated always as identity,
    case_id  text        collate "C" not null references risk_case (id),
    -- The event that told it, if one did: told twice, it is written once.
    event_id text        collate "C",
    at       timestamptz not null,
    what     text        not null,
    who      text        collate "C" not null,
    -- JSON, as far as it has more to say.
    detail   text        not null,
    constraint an_entry_of_a_case_has_its_place primary key (sequence),
    constraint an_event_is_in_a_case_once unique (event_id)
);
create index risk_case_entry_of_case on risk_case_entry (case_id, sequence);
create trigger what_happened_stays before update or delete or truncate on risk_case_entry
    for each statement execute function refuse_change();
