-- Where a merchant's money may go. The number is sealed; people see it masked.
create table bank_account (
    id            text        not null,
    book          text        not null references book (id),
    merchant_id   text        not null,
    currency      text        not null,
    holder        text        not null,
    scheme        text        not null,
    number_sealed text        not null,
    masked        text        not null,
    bic           text,
    status        text        not null,
    added_at      timestamptz not null,
    -- So that who has taken over a shop's key cannot empty it at once.
    usable_from   timestamptz not null,
    removed_at    timestamptz,
    constraint a_bank_account_has_one_id primary key (id),
    constraint bank_accounts_have_a_status
        check (status in ('pending_approval', 'active', 'rejected', 'removed')),
    constraint bank_accounts_have_a_scheme check (scheme in ('nz', 'iban'))
);
create index bank_accounts_of_a_merchant on bank_account (book, merchant_id, id);

-- Withdrawals that go to the bank in one file.
create table withdrawal_batch (
    id           text        not null,
    book         text        not null references book (id),
    currency     text        not null,
    cut_for      date        not null,
    withdrawals  integer     not null,
    total_minor  bigint      not null,
    cut_at       timestamptz not null,
    constraint a_batch_has_one_id primary key (id),
    constraint a_day_has_one_batch unique (book, currency, cut_for),
    constraint a_batch_is_not_empty check (withdrawals > 0 and total_minor > 0)
);
create trigger batches_stay before update or delete or truncate on withdrawal_batch
    for each statement execute function refuse_change();

create table withdrawal (
    id              text        not null,
    book            text        not null references book (id),
    merchant_id     text        not null,
    currency        text        not null,
    amount_minor    bigint      not null,
    bank_account_id text        not null references bank_account (id),
    reference       text        not null,
    status          text        not null,
    failure         text,
    batch_id        text        references withdrawal_batch (id),
    idempotency_key text        not null,
    fingerprint     text        not null,
    created_at      timestamptz not null,
    changed_at      timestamptz not null,
    constraint a_withdrawal_has_one_id primary key (id),
    constraint a_withdrawal_takes_something check (amount_minor > 0),
    constraint a_request_makes_one_withdrawal unique (book, merchant_id, idempotency_key),
    constraint withdrawals_have_a_status
        check (status in ('pending_approval', 'approved', 'in_batch', 'unknown', 'paid', 'failed',
                          'returned', 'rejected', 'canceled')),
    -- Only what has been in a batch has left, and what is in one has left.
    constraint what_has_left_was_in_a_batch
        check ((batch_id is not null) = (status in ('in_batch', 'unknown', 'paid', 'failed', 'returned')))
);
create index withdrawals_of_a_merchant on withdrawal (book, merchant_id, id);
create index withdrawals_to_cut on withdrawal (book, currency, created_at) where status = 'approved';
create index withdrawals_of_a_batch on withdrawal (batch_id, id) where batch_id is not null;

create function refuse_wrong_moves() returns trigger language plpgsql as $$
begin
    if old.status <> new.status and not (old.status, new.status) in (
            ('pending_approval', 'approved'), ('pending_approval', 'rejected'),
            ('pending_approval', 'canceled'), ('approved', 'canceled'), ('approved', 'in_batch'),
            ('in_batch', 'unknown'), ('in_batch', 'paid'), ('in_batch', 'failed'),
            ('unknown', 'paid'), ('unknown', 'failed'), ('paid', 'returned')) then
        raise exception 'a withdrawal does not go from % to %', old.status, new.status
            using errcode = 'check_violation', constraint = 'a_withdrawal_goes_its_way';
    end if;
    if (old.amount_minor, old.currency, old.merchant_id, old.book, old.bank_account_id)
       is distinct from (new.amount_minor, new.currency, new.merchant_id, new.book, new.bank_account_id) then
        raise exception 'what was asked for stays'
            using errcode = 'check_violation', constraint = 'what_was_asked_for_stays';
    end if;
    return new;
end $$;
create trigger a_withdrawal_goes_its_way before update on withdrawal
    for each row execute function refuse_wrong_moves();
-- How often a withdrawal's amount is missing from what is available, and is among what is set aside.
create function taken_by(status text) returns integer language sql immutable as $$
    select case when status in ('pending_approval', 'approved', 'in_batch', 'unknown', 'paid')
                then 1 else 0 end $$;
create function set_aside_by(status text) returns integer language sql immutable as $$
    select case when status in ('pending_approval', 'approved') then 1 else 0 end $$;
create function balances_of_withdrawals() returns trigger language plpgsql as $$
begin
    perform set_aside(new.book, new.merchant_id, new.currency,
                      new.amount_minor * (taken_by(old.status) - taken_by(new.status)),
                      new.amount_minor * (set_aside_by(new.status) - set_aside_by(old.status)));
    return null;
end $$;
create trigger balances_follow_withdrawals after insert or update on withdrawal
    for each row execute function balances_of_withdrawals();
create trigger withdrawals_stay before delete or truncate on withdrawal
    for each statement execute function refuse_change();

-- What a bank said about a batch, file by file, each line once.
create table bank_response (
    sha256      text        not null,
    batch_id    text        not null references withdrawal_batch (id),
    lines       integer     not null,
    received_by text        not null,
    received_at timestamptz not null,
    constraint a_response_is_read_once primary key (sha256)
);
create table bank_response_line (
    sha256        text    not null references bank_response (sha256),
    line          integer not null,
    withdrawal_id text    not null references withdrawal (id),
    said          text    not null,
    reason        text,
    constraint a_line_of_a_response_is_read_once primary key (sha256, line)
);
create trigger responses_stay before update or delete or truncate on bank_response
    for each statement execute function refuse_change();
create trigger lines_of_responses_stay before update or delete or truncate on bank_response_line
    for each statement execute function refuse_change();
