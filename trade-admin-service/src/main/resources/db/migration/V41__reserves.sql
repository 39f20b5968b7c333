-- What is kept of a merchant's settlements, and what it may not withdraw. The newest version counts, in both books.
create table reserve_terms (
    merchant_id text          not null,
    currency    text          not null,
    version     integer       not null,
    -- A fraction of what each settlement brings, kept for so many days; 0.1 is ten per cent.
    rate        numeric(6, 5) not null,
    days        integer       not null,
    -- What has to stay available.
    least_minor bigint        not null,
    reason      text          not null,
    decided_by  text          not null,
    decided_at  timestamptz   not null,
    constraint reserve_terms_are_known_by_their_version primary key (merchant_id, currency, version),
    constraint reserve_terms_are_within_reason
        check (version > 0 and rate between 0 and 1 and days between 0 and 730 and least_minor >= 0
               and (rate = 0) = (days = 0))
);
create trigger reserve_terms_stay before update or delete or truncate on reserve_terms
    for each statement execute function refuse_change();

create table reserve (
    id            text        not null,
    book          text        not null references book (id),
    merchant_id   text        not null,
    currency      text        not null,
    settlement_id text        not null references settlement (id),
    terms_version integer     not null,
    -- By the terms; less is kept where less was available.
    wanted_minor  bigint      not null,
    amount_minor  bigint      not null,
    kept_at       timestamptz not null,
    release_on    date        not null,
    released_at   timestamptz,
    constraint a_reserve_has_one_id primary key (id),
    constraint a_settlement_has_one_reserve unique (settlement_id),
    constraint a_reserve_is_of_known_terms foreign key (merchant_id, currency, terms_version)
        references reserve_terms (merchant_id, currency, version),
    constraint a_reserve_keeps_what_it_wants_at_most
        check (wanted_minor > 0 and amount_minor between 0 and wanted_minor)
);
create index reserves_of_a_merchant on reserve (book, merchant_id, id);
create index reserves_to_release on reserve (release_on) where released_at is null;

create function balances_of_reserves() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        perform set_aside(new.book, new.merchant_id, new.currency,
                          -new.amount_minor, new.amount_minor);
    else
        if old.released_at is not null or new.released_at is null
           or (old.id, old.book, old.merchant_id, old.currency, old.settlement_id, old.terms_version,
               old.wanted_minor, old.amount_minor, old.kept_at, old.release_on)
              is distinct from (new.id, new.book, new.merchant_id, new.currency, new.settlement_id,
                                new.terms_version, new.wanted_minor, new.amount_minor, new.kept_at,
                                new.release_on) then
            raise exception 'a reserve stands as it was kept until it is released'
                using errcode = 'check_violation', constraint = 'a_reserve_is_only_released';
        end if;
        perform set_aside(new.book, new.merchant_id, new.currency,
                          new.amount_minor, -new.amount_minor);
    end if;
    return null;
end $$;
create trigger balances_follow_reserves after insert or update on reserve
    for each row execute function balances_of_reserves();
create trigger reserves_stay before delete or truncate on reserve
    for each statement execute function refuse_change();
