-- Cashiers whose shop limits what they may take and give back, as merchant-service last told us. Amounts are in minor units of the currency.
create table cashier_copy (
    cashier_id text collate "C" not null,
    version bigint not null,
    merchant_id text collate "C" not null,
    livemode boolean not null,
    store_id text collate "C" not null,
    currency text not null,
    sale_limit_minor bigint,
    daily_sales_limit_minor bigint,
    refund_limit_minor bigint,
    daily_refunds_limit_minor bigint,
    active boolean not null,
    constraint cashier_copy_pkey primary key (cashier_id)
);
-- Whether anybody at a store has limits: then nobody takes money there without saying who they are.
create index cashier_copy_limited on cashier_copy (store_id) where active and
    (sale_limit_minor is not null or daily_sales_limit_minor is not null
     or refund_limit_minor is not null or daily_refunds_limit_minor is not null);

-- What a cashier took and gave back today is added up while their row is locked.
create index spotpay_session_of_cashier on spotpay_session (cashier_id, created_at) where cashier_id is not null;
create index refund_of_cashier on refund (cashier_id, created_at) where cashier_id is not null;
