-- Whether people handed the file in, instead of our asking the channel for it; who of them vouched for it since.
alter table statement_day add column handed_in boolean not null default false;
alter table statement_day add column confirmed_by text;
-- Whether the last thing that was told of the day is that it is closed.
alter table statement_day add column told_closed boolean not null default false;
update statement_day set told_closed = true where state = 'closed';
comment on column statement_day.closings is 'How often it was told that the day is closed, or open again.';
