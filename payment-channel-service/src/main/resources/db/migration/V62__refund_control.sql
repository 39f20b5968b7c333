-- A refund that somebody has to agree to, or that its merchant's balance does not allow yet, keeps its money set aside
-- and waits: for another person of the merchant, for our staff, or for the balance.
alter table refund
    -- The person, the cashier or the key that asked; null for refunds of before.
    add column requested_by text,
    add column approved_by text,
    add column waits_for text,
    -- What goes back of the payment in all, with this refund: limits are about that, so parts do not slip through.
    add column total_minor bigint,
    add constraint refund_waits_for_somebody check
        ((status = 'pending_approval') = (waits_for is not null)
            and (waits_for is null or waits_for in ('merchant', 'platform', 'balance'))),
    add constraint refund_is_approved_by_another check
        (approved_by is null or requested_by is null or approved_by <> requested_by);
create index refund_waiting_for_balance on refund (merchant_id, currency) where waits_for = 'balance';

-- Above which sum of a payment another person of the merchant has to agree; its own choice.
create table refund_limit (
    merchant_id text collate "C" not null,
    livemode boolean not null,
    currency text not null,
    amount_minor bigint not null,
    changed_by text not null,
    changed_at timestamptz not null,
    constraint refund_limit_pkey primary key (merchant_id, livemode, currency),
    constraint refund_limit_is_not_negative check (amount_minor >= 0)
);

-- Whether a merchant owes us more than we owe it, in live mode, as trade-admin-service tells; who is not here does not.
create table merchant_funds (
    merchant_id text collate "C" not null,
    currency text not null,
    short boolean not null,
    version bigint not null,
    constraint merchant_funds_pkey primary key (merchant_id, currency)
);
