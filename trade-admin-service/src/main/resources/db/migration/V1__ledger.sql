-- The books. What is written stays: corrections are journals of their own. Debits are positive,
-- credits negative. What must always hold is held here, whoever writes; the hash chain is for what
-- somebody with rights on the schema might do around it.

create table book (
    id             text        not null,
    -- The last journal of the chain. Whoever posts locks this row: one writer a book at a time.
    last_sequence  bigint      not null,
    last_hash      bytea       not null,
    last_posted_at timestamptz not null,
    constraint a_book_has_one_head primary key (id),
    constraint there_are_two_books check (id in ('test', 'live'))
);

create table account (
    id        bigint      not null generated always as identity,
    book      text        not null references book (id),
    type      text        not null,
    -- Whose it is: a merchant, a channel; empty where there is one account of the type.
    owner     text        not null,
    currency  text        not null,
    opened_at timestamptz not null default now(),
    constraint an_account_has_one_id primary key (id),
    constraint an_account_is_opened_once unique (book, type, owner, currency),
    -- For entries, which repeat book and currency so that the key can compare them.
    constraint an_entry_agrees_with_its_account unique (id, book, currency)
);

create table account_balance (
    account_id    bigint not null references account (id),
    balance_minor bigint not null,
    entries       bigint not null,
    constraint an_account_has_one_balance primary key (account_id)
);

create table journal (
    book        text        not null references book (id),
    -- Its place in the chain: 1, 2, 3, … without a gap.
    sequence    bigint      not null,
    event_id    text        not null,
    kind        text        not null,
    -- What is booked: a payment, a refund, an order that took more than its payment needed.
    subject     text        not null,
    payment_id  text,
    happened_at timestamptz not null,
    -- Never earlier than the journal before, whatever the clocks of two instances say.
    posted_at   timestamptz not null,
    hash        bytea       not null,
    constraint a_book_is_a_chain primary key (book, sequence),
    constraint an_event_is_booked_once unique (event_id),
    constraint a_subject_is_booked_once unique (kind, subject)
);
create index journal_by_payment on journal (payment_id, book, sequence);
create index journal_by_time on journal (book, posted_at, sequence);

create table entry (
    book         text     not null,
    sequence     bigint   not null,
    line         smallint not null,
    account_id   bigint   not null,
    currency     text     not null,
    amount_minor bigint   not null,
    constraint an_entry_is_a_line_of_its_journal primary key (book, sequence, line),
    constraint an_entry_moves_something check (amount_minor <> 0),
    constraint an_entry_stays_in_its_book_and_currency
        foreign key (account_id, book, currency) references account (id, book, currency),
    -- Entries are written before their journal, which then looks whether they balance.
    constraint an_entry_has_a_journal
        foreign key (book, sequence) references journal (book, sequence) deferrable initially deferred
);
create index entry_by_account on entry (account_id, sequence);

-- What the payments feed told of money, kept apart from what was booked because of it, so that the
-- two can be compared.
create table told_money (
    event_id     text   not null,
    book         text   not null references book (id),
    kind         text   not null,
    subject      text   not null,
    merchant_id  text   not null,
    amount_minor bigint not null,
    currency     text   not null,
    constraint an_event_is_told_once primary key (event_id)
);
create index told_money_by_subject on told_money (kind, subject);

insert into book (id, last_sequence, last_hash, last_posted_at)
values ('test', 0, decode(repeat('00', 32), 'hex'), 'epoch'),
       ('live', 0, decode(repeat('00', 32), 'hex'), 'epoch');

-- One update an account and statement, however many entries it gets: a busy account costs no more
-- than a quiet one.
create function keep_balances() returns trigger language plpgsql as $$
begin
    if exists (select 1
                 from (select book, min(sequence) as first from new_entry group by book) n
                 join book b on b.id = n.book and n.first <= b.last_sequence) then
        raise exception 'a journal is complete when it is written'
            using errcode = 'check_violation', constraint = 'a_journal_gets_no_more_entries';
    end if;
    insert into account_balance as kept (account_id, balance_minor, entries)
    select account_id, sum(amount_minor)::bigint, count(*)
      from new_entry group by account_id order by account_id
    on conflict (account_id) do update
       set balance_minor = kept.balance_minor + excluded.balance_minor,
           entries = kept.entries + excluded.entries;
    return null;
end $$;
create trigger balances_follow_entries after insert on entry
    referencing new table as new_entry for each statement execute function keep_balances();

-- The plan must stay a look-up by key, also one that was made while the tables were small.
create function append_to_chain() returns trigger language plpgsql
    set enable_seqscan = off set enable_bitmapscan = off as $$
begin
    if exists (select 1
                 from new_journal j
                 left join lateral (select currency, sum(amount_minor) as amount from entry e
                                     where e.book = j.book and e.sequence = j.sequence
                                     group by currency) s on true
                where s.amount is distinct from 0) then
        raise exception 'a journal sums to zero in every currency'
            using errcode = 'check_violation', constraint = 'a_journal_balances';
    end if;
    if exists (select 1
                 from (select book, min(sequence) as first, max(sequence) as last, count(*) as n,
                              min(posted_at) as posted_at
                         from new_journal group by book) n
                 join book b on b.id = n.book
                where n.first <> b.last_sequence + 1 or n.last <> b.last_sequence + n.n
                   or n.posted_at < b.last_posted_at) then
        raise exception 'a journal is appended to the end of its book'
            using errcode = 'check_violation', constraint = 'a_book_has_no_gap';
    end if;
    update book b
       set last_sequence = j.sequence, last_hash = j.hash, last_posted_at = j.posted_at
      from (select distinct on (book) book, sequence, hash, posted_at
              from new_journal order by book, sequence desc) j
     where b.id = j.book;
    return null;
end $$;
create trigger journals_are_appended after insert on journal
    referencing new table as new_journal for each statement execute function append_to_chain();

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is never changed', tg_table_name
        using errcode = 'check_violation', constraint = 'what_is_booked_stays';
end $$;
create trigger journals_stay before update or delete or truncate on journal
    for each statement execute function refuse_change();
create trigger entries_stay before update or delete or truncate on entry
    for each statement execute function refuse_change();
create trigger accounts_stay before update or delete or truncate on account
    for each statement execute function refuse_change();
create trigger what_was_told_stays before update or delete or truncate on told_money
    for each statement execute function refuse_change();

-- Balances and heads move by the triggers above and by nothing else.
create function refuse_by_hand() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() < 2 then
        raise exception '% follows what is booked', tg_table_name
            using errcode = 'check_violation', constraint = 'what_follows_is_not_set';
    end if;
    return null;
end $$;
create trigger balances_follow before insert or update or delete or truncate on account_balance
    for each statement execute function refuse_by_hand();
create trigger heads_follow before insert or update or delete or truncate on book
    for each statement execute function refuse_by_hand();
