-- What a cashier may take and give back, at once and in a day of the store; in minor units of the currency. Null is without a limit.
alter table cashier
    add column revision bigint not null default 0,
    add column currency text,
    add column sale_limit_minor bigint,
    add column daily_sales_limit_minor bigint,
    add column refund_limit_minor bigint,
    add column daily_refunds_limit_minor bigint,
    add constraint limits_are_in_a_currency check (currency is not null or
        (sale_limit_minor is null and daily_sales_limit_minor is null
         and refund_limit_minor is null and daily_refunds_limit_minor is null));
