-- The standard bill as a file of the store, where Spark compared last; null where its lines are in bill_line.
alter table statement_day add column bill_sha256 text;
-- Whether another order of the copy has the same number of the channel's, and whether the statement of the record's own
-- day told it already: both need a look at all lines of a day, which is over when the small steps begin.
alter table finding_record add column twin boolean not null default false;
alter table finding_record add column told boolean not null default false;
comment on column finding_record.record_number is 'Tells records of one copy apart; another engine numbers them otherwise.';
comment on column carried.line_number is 'Of a line of a statement; of a record 0.';
update carried set line_number = 0 where side = 'platform';
