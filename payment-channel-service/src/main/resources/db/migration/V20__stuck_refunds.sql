-- Since when the channel has waited for a person to complete the refund; an alarm is raised once.
alter table refund add column stuck_at timestamptz;
