-- Whose it is, without asking the event: what is under way is limited for each merchant too.
alter table delivery add column merchant_id text, add column livemode boolean;
update delivery d set merchant_id = e.merchant_id, livemode = e.livemode from told_event e where e.id = d.event_id;
alter table delivery alter column merchant_id set not null, alter column livemode set not null;

-- What is due is looked for lane by lane, so that a backlog in one, however long, is in the way of none.
create index delivery_due_by_lane on delivery (lane, next_attempt_at, id) where status = 'pending';
drop index delivery_due;
