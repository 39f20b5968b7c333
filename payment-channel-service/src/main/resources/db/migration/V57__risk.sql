-- The rules by which payments are looked at, as trade-admin-service last published them: the hot path asks nobody else.
create table risk_rule_set (
    only_row boolean not null default true,
    version bigint not null,
    -- JSON, as published.
    rules text not null,
    published_at timestamptz not null,
    constraint risk_rule_set_is_one primary key (only_row),
    constraint risk_rule_set_is_one_only check (only_row)
);

-- How many payments took money, and how much, by whom or what they came: buckets of a minute for short windows and
-- of an hour for long ones. Slots keep payments of one busy merchant from waiting for each other.
create table risk_count (
    key text collate "C" not null,
    grain_minutes smallint not null,
    bucket timestamptz not null,
    slot smallint not null,
    currency text not null,
    payments integer not null,
    amount_minor bigint not null,
    constraint risk_count_pkey primary key (key, grain_minutes, bucket, slot, currency)
);
create index risk_count_age on risk_count (grain_minutes, bucket);

-- The rules that said "hold" when the payment was created, in JSON: what was decided then stands when the money comes.
alter table payment add column risk_hold text;
-- Where a till asked for it.
alter table payment add column store_id text collate "C";
alter table payment add column device_id text collate "C";

-- Money that is held is proven like money that is kept.
alter table payment drop constraint payment_paid_has_proof;
alter table payment add constraint payment_paid_has_proof check
    (status not in ('paid', 'under_review') or (paid_at is not null and channel_reference is not null));

alter table refund_due drop constraint refund_due_reason_is_known;
alter table refund_due add constraint refund_due_reason_is_known
    check (reason in ('second_payment', 'late_payment', 'not_accepted'));
