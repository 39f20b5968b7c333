-- Differences are told to trade-admin-service one by one, and what people decide there comes back.

-- By how much the channel's statement says that it owes us more than we hold; less is negative. Of a fee or a
-- settlement it is what was kept too much or too little. Null where no money is at stake.
alter table difference add column stake_currency text;
alter table difference add column stake_minor bigint;
-- What was last told of it, and how often something was.
alter table difference add column told_open boolean not null default false;
alter table difference add column told_version integer not null default 0;
-- What was decided about it: its day can be closed while it stands.
alter table difference add column resolution text;
alter table difference add column resolved_at timestamptz;
alter table difference add constraint a_resolution_says_when check ((resolution is null) = (resolved_at is null));
create index difference_to_be_told on difference (id)
    where told_open <> (until_version is null and cleared_day is null and type <> 'late');

-- Who handed a file in: somebody else has to vouch for it.
alter table statement_day add column handed_in_by text;
-- When a compared day is compared again with our records taken anew, and how often that was done: somebody had a
-- channel asked about an order of it.
alter table statement_day add column recheck_at timestamptz;
alter table statement_day add column rechecks integer not null default 0;
create index statement_day_to_be_rechecked on statement_day (recheck_at) where recheck_at is not null;
