-- What the payments feed told, in more words: what a fee, a settlement and the result of our
-- exchanges are computed from.
alter table told_money
    add column payment_id      text,
    add column channel         text,
    add column method          text,
    -- When the payment was made: its fee is of that time.
    add column created_at      timestamptz,
    -- The day in Beijing on which it happened by the channel's clock: the channel's statement has it.
    add column day             date,
    add column charge_minor    bigint,
    add column charge_currency text,
    -- Yuan per unit before our margin, where we exchanged.
    add column fx_rate         numeric(20, 10),
    add column fx_margin       numeric(10, 8);
create index exchanges_by_day on told_money (book, day) where charge_currency <> currency;
create index exchanges_by_payment on told_money (payment_id) where fx_rate is not null;

-- One row a payment that was told of: what its merchant has from it. It follows what is told, so it
-- may be here as a refund before its payment is.
create table payment_position (
    book               text        not null references book (id),
    payment_id         text        not null,
    merchant_id        text        not null,
    currency           text        not null,
    channel            text,
    method             text,
    -- Null until the payment itself is told.
    day                date,
    created_at         timestamptz,
    amount_minor       bigint      not null default 0,
    fee_minor          bigint      not null default 0,
    -- Which list the fee is from: scope/version; null where there was none.
    fee_list           text,
    fee_returns        boolean     not null default false,
    refunded_minor     bigint      not null default 0,
    fee_returned_minor bigint      not null default 0,
    settlement_id      text,
    constraint a_payment_has_one_position primary key (book, payment_id),
    constraint a_fee_is_part_of_its_payment check (fee_minor between 0 and amount_minor),
    constraint a_fee_is_returned_once check (fee_returned_minor between 0 and fee_minor),
    constraint only_what_was_paid_is_settled check (settlement_id is null or day is not null),
    constraint what_was_paid_has_a_day check (day is not null or (amount_minor = 0 and fee_minor = 0))
);
create index payments_to_settle on payment_position (book, merchant_id, currency, day)
    where settlement_id is null;
create index payments_of_a_settlement on payment_position (settlement_id, day, payment_id)
    where settlement_id is not null;

-- What a merchant is owed, by what it may do with it; all of it together is what its account
-- merchant-payable says.
create table merchant_balance (
    book            text   not null references book (id),
    merchant_id     text   not null,
    currency        text   not null,
    -- Paid and not yet settled.
    pending_minor   bigint not null default 0,
    -- Below zero only by refunds of what was settled and is gone.
    available_minor bigint not null default 0,
    -- Set aside: withdrawals that have not left, holds, reserves.
    reserved_minor  bigint not null default 0,
    constraint a_merchant_has_one_balance primary key (book, merchant_id, currency),
    constraint what_is_set_aside_is_not_negative check (reserved_minor >= 0)
);

-- Whoever sets money aside, and however many at once: nobody gets what is not there.
create function refuse_more_than_available() returns trigger language plpgsql as $$
begin
    if new.reserved_minor > coalesce(old.reserved_minor, 0) and new.available_minor < 0 then
        raise exception 'more is set aside than is available'
            using errcode = 'check_violation', constraint = 'only_what_is_available_is_set_aside';
    end if;
    return new;
end $$;
create trigger only_what_is_available_is_set_aside before insert or update on merchant_balance
    for each row execute function refuse_more_than_available();

-- Balances move with the positions under them; a settlement is a position that gets its name.
create function balances_of_new_positions() returns trigger language plpgsql as $$
begin
    insert into merchant_balance as kept (book, merchant_id, currency, pending_minor, available_minor)
    select book, merchant_id, currency,
           coalesce(sum(amount_minor - fee_minor + fee_returned_minor - refunded_minor)
                        filter (where settlement_id is null), 0),
           coalesce(sum(amount_minor - fee_minor + fee_returned_minor - refunded_minor)
                        filter (where settlement_id is not null), 0)
      from new_position group by book, merchant_id, currency order by book, merchant_id, currency
    on conflict (book, merchant_id, currency) do update
       set pending_minor = kept.pending_minor + excluded.pending_minor,
           available_minor = kept.available_minor + excluded.available_minor;
    return null;
end $$;
create trigger balances_follow_new_positions after insert on payment_position
    referencing new table as new_position for each statement
    execute function balances_of_new_positions();

create function balances_of_moved_positions() returns trigger language plpgsql as $$
begin
    update merchant_balance kept
       set pending_minor = kept.pending_minor + moved.pending,
           available_minor = kept.available_minor + moved.available
      from (select book, merchant_id, currency,
                   coalesce(sum(net) filter (where settlement_id is null), 0) as pending,
                   coalesce(sum(net) filter (where settlement_id is not null), 0) as available
              from (select book, merchant_id, currency, settlement_id,
                           amount_minor - fee_minor + fee_returned_minor - refunded_minor as net
                      from new_position
                    union all
                    select book, merchant_id, currency, settlement_id,
                           -(amount_minor - fee_minor + fee_returned_minor - refunded_minor)
                      from old_position) both_sides
             group by book, merchant_id, currency) moved
     where kept.book = moved.book and kept.merchant_id = moved.merchant_id
       and kept.currency = moved.currency;
    return null;
end $$;
create trigger balances_follow_moved_positions after update on payment_position
    referencing old table as old_position new table as new_position for each statement
    execute function balances_of_moved_positions();

-- A payment is told once, refunds only add up, and what is settled is settled.
create function refuse_other_positions() returns trigger language plpgsql as $$
begin
    if (old.book, old.payment_id, old.merchant_id, old.currency)
           is distinct from (new.book, new.payment_id, new.merchant_id, new.currency)
       or (old.day is not null
           and (old.day, old.created_at, old.channel, old.method,
                old.amount_minor, old.fee_minor, old.fee_list, old.fee_returns)
               is distinct from (new.day, new.created_at, new.channel, new.method,
                                 new.amount_minor, new.fee_minor, new.fee_list, new.fee_returns))
       or new.refunded_minor < old.refunded_minor
       or new.fee_returned_minor < old.fee_returned_minor
       or (old.settlement_id is not null and new.settlement_id is distinct from old.settlement_id) then
        raise exception 'a position only gets what was not told yet'
            using errcode = 'check_violation', constraint = 'a_position_only_grows';
    end if;
    return new;
end $$;
create trigger a_position_only_grows before update on payment_position
    for each row execute function refuse_other_positions();
create trigger positions_stay before delete or truncate on payment_position
    for each statement execute function refuse_change();

-- Balances move with positions, and with what money is set aside for: by triggers, not by hand.
create function set_aside(of_book text, of_merchant text, in_currency text,
                          to_available bigint, to_reserved bigint)
    returns void language plpgsql as $$
begin
    if to_available = 0 and to_reserved = 0 then
        return;
    end if;
    update merchant_balance
       set available_minor = available_minor + to_available,
           reserved_minor = reserved_minor + to_reserved
     where book = of_book and merchant_id = of_merchant and currency = in_currency;
    if not found then
        raise exception 'there is no balance to set aside from'
            using errcode = 'check_violation', constraint = 'only_what_is_available_is_set_aside';
    end if;
end $$;
create trigger balances_of_merchants_follow
    before insert or update or delete or truncate on merchant_balance
    for each statement execute function refuse_by_hand();
