-- When a delivery becomes a dead letter, whether it had all its tries or never got its turn: no backlog grows for ever.
alter table delivery add column give_up_at timestamptz not null default now() + interval '4 days';
alter table delivery alter column give_up_at drop default;
create index delivery_to_give_up on delivery (give_up_at) where status = 'pending';
