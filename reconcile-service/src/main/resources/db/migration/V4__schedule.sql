-- When a statement that was not there is asked for again; null means at once.
alter table statement_day add column next_try_at timestamptz;
