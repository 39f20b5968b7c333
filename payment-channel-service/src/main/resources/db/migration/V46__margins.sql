-- Our copy of trade-admin-service's margins; a version never changes.
create table margin_list_copy (
    tier           text        not null, -- empty for merchants without a tier
    currency       text        not null,
    version        bigint      not null,
    effective_from timestamptz not null,
    rules          text        not null, -- JSON, as it was told
    constraint a_margin_list_is_told_once primary key (tier, currency, version)
);

create table merchant_tier_copy (
    merchant_id text   not null,
    version     bigint not null,
    tier        text   not null,
    constraint a_merchant_has_one_tier primary key (merchant_id)
);
