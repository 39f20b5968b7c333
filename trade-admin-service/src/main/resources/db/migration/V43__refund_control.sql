-- Refunds that wait for our staff, as the payments feed told of them; asked about once each.
create table refund_request (
    refund_id    text        not null,
    book         text        not null references book (id),
    merchant_id  text        not null,
    payment_id   text        not null,
    amount_minor bigint      not null,
    -- What goes back of the payment in all, with this refund.
    total_minor  bigint      not null,
    currency     text        not null,
    told_at      timestamptz not null,
    constraint a_refund_is_asked_about_once primary key (refund_id)
);
create trigger refund_requests_stay before update or delete or truncate on refund_request
    for each statement execute function refuse_change();

-- Which live merchants owe us more than we owe them. Noted with every move of a balance, whoever moves it; told to the
-- payment service by whoever finds it untold.
create table merchant_funds (
    merchant_id text        not null,
    currency    text        not null,
    short       boolean     not null,
    version     bigint      not null,
    told        boolean     not null,
    changed_at  timestamptz not null,
    constraint a_merchants_funds_are_noted_once primary key (merchant_id, currency)
);
create index funds_to_tell on merchant_funds (changed_at) where not told;

create function note_funds() returns trigger language plpgsql as $$
begin
    insert into merchant_funds as kept (merchant_id, currency, short, version, told, changed_at)
    select n.merchant_id, n.currency, n.short, 1, false, clock_timestamp()
      from (select merchant_id, currency,
                   pending_minor + available_minor < 0
                   -- What is kept of its settlements is for that.
                   and pending_minor + available_minor
                       + coalesce((select sum(amount_minor) from reserve r
                                    where r.book = b.book and r.merchant_id = b.merchant_id
                                      and r.currency = b.currency and r.released_at is null), 0) < 0 as short
              from new_balance b where book = 'live') n
      left join merchant_funds k on k.merchant_id = n.merchant_id and k.currency = n.currency
     where coalesce(k.short, false) <> n.short
     order by n.merchant_id, n.currency
    on conflict (merchant_id, currency) do update
       set short = excluded.short, version = kept.version + 1, told = false,
           changed_at = excluded.changed_at;
    return null;
end $$;
create trigger funds_of_new_balances_are_noted after insert on merchant_balance
    referencing new table as new_balance for each statement execute function note_funds();
create trigger funds_are_noted after update on merchant_balance
    referencing new table as new_balance for each statement execute function note_funds();

-- Who owes already.
insert into merchant_funds (merchant_id, currency, short, version, told, changed_at)
select merchant_id, currency, true, 1, false, now()
  from merchant_balance where book = 'live' and pending_minor + available_minor < 0;
