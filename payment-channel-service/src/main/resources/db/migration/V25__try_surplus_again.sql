-- Money that is owed back stays owed when a channel refuses one refund of it: it is tried again, ever less often.
alter table refund_due add column failures integer not null default 0;
alter table refund_due add column next_try_at timestamptz not null default now();
update refund_due d set refund_id = null, failures = 1
  from refund r
 where r.id = d.refund_id and r.status = 'failed';
drop index refund_due_open;
create index refund_due_open on refund_due (next_try_at) where refund_id is null;
