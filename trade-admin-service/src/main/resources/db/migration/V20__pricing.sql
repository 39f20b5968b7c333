-- What merchants pay us, and what we put on top where we exchange. A list is never changed: another
-- version takes its place from a time on that is still to come, so what a payment of the past costs
-- can be computed again for ever.
create table price_list (
    kind           text        not null,
    -- A merchant for fees, a tier for margins; empty for whoever has no list of its own.
    scope          text        not null,
    -- Of the amounts in it, and of the payments it is for.
    currency       text        not null,
    version        integer     not null,
    effective_from timestamptz not null,
    -- What becomes of the fee when the payment is refunded.
    refund_fee     text,
    reason         text        not null,
    decided_by     text        not null,
    decided_at     timestamptz not null,
    -- The transaction that wrote it; its rules are of the same.
    written_in     xid8        not null default pg_current_xact_id(),
    constraint a_price_list_is_known_by_its_version primary key (kind, scope, currency, version),
    constraint there_are_fees_and_margins check (kind in ('fee', 'margin')),
    constraint versions_count_from_one check (version > 0),
    -- A fee is looked up by when its payment was made, maybe later than that: the version must have
    -- been here before, seen by everybody.
    constraint prices_do_not_reach_back
        check (effective_from >= decided_at + case kind when 'fee' then interval '1 minute'
                                                        else interval '0' end),
    constraint a_fee_says_what_a_refund_does
        check (case kind when 'fee' then coalesce(refund_fee in ('keep', 'return'), false)
                         else refund_fee is null end)
);

create table price_rule (
    kind        text          not null,
    scope       text          not null,
    currency    text          not null,
    version     integer       not null,
    -- Empty for every way to pay that has no rule of its own.
    method      text          not null,
    -- From this amount on, up to the next rule of the method.
    from_minor  bigint        not null,
    -- A fraction: 0.008 is 0.8 per cent.
    rate        numeric(9, 8) not null,
    fixed_minor bigint        not null,
    least_minor bigint,
    most_minor  bigint,
    constraint a_band_begins_once primary key (kind, scope, currency, version, method, from_minor),
    constraint a_rule_is_of_a_list foreign key (kind, scope, currency, version)
        references price_list (kind, scope, currency, version) deferrable initially deferred,
    constraint a_price_is_not_negative
        check (from_minor >= 0 and rate >= 0 and rate < 1 and fixed_minor >= 0
               and coalesce(least_minor, 0) >= 0
               and coalesce(most_minor, least_minor, 0) >= coalesce(least_minor, 0)),
    constraint a_margin_is_a_rate
        check (kind = 'fee' or (fixed_minor = 0 and least_minor is null and most_minor is null))
);

-- Which margins a merchant has; the newest version that has begun counts.
create table merchant_tier (
    merchant_id    text        not null,
    version        integer     not null,
    tier           text        not null,
    effective_from timestamptz not null,
    reason         text        not null,
    decided_by     text        not null,
    decided_at     timestamptz not null,
    constraint a_merchants_tier_is_known_by_its_version primary key (merchant_id, version),
    constraint tiers_do_not_reach_back check (effective_from >= decided_at)
);

-- Whoever writes says when it was decided; it is held against the clock, which goes on while a
-- transaction waits, unlike now().
create function refuse_another_time() returns trigger language plpgsql as $$
begin
    if abs(extract(epoch from clock_timestamp() - new.decided_at)) > 10 then
        raise exception 'a price is decided when it is written'
            using errcode = 'check_violation', constraint = 'a_price_is_decided_when_it_is_written';
    end if;
    return new;
end $$;
create trigger price_lists_are_of_now before insert on price_list
    for each row execute function refuse_another_time();
create trigger tiers_are_of_now before insert on merchant_tier
    for each row execute function refuse_another_time();

create function refuse_another_transaction() returns trigger language plpgsql as $$
begin
    if new.written_in <> pg_current_xact_id() then
        raise exception 'written_in is the transaction that writes'
            using errcode = 'check_violation', constraint = 'a_list_names_its_transaction';
    end if;
    return new;
end $$;
create trigger price_lists_name_their_transaction before insert on price_list
    for each row execute function refuse_another_transaction();

create function refuse_later_rules() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from price_list l
                    where l.kind = new.kind and l.scope = new.scope and l.currency = new.currency
                      and l.version = new.version and l.written_in = pg_current_xact_id()) then
        raise exception 'a price list is complete when it is written'
            using errcode = 'check_violation', constraint = 'a_list_gets_no_more_rules';
    end if;
    return new;
end $$;
create trigger price_lists_get_no_more_rules before insert on price_rule
    for each row execute function refuse_later_rules();

create trigger price_lists_stay before update or delete or truncate on price_list
    for each statement execute function refuse_change();
create trigger price_rules_stay before update or delete or truncate on price_rule
    for each statement execute function refuse_change();
create trigger tiers_stay before update or delete or truncate on merchant_tier
    for each statement execute function refuse_change();
