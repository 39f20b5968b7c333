-- The oldest are found without reading the rest.
create index told_event_by_age on told_event (taken_at);
