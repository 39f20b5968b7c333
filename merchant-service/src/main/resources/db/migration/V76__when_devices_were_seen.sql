-- When a device last asked for something, to the minute.
alter table device add column last_seen_at timestamptz;
