-- A closed store stays for its history; nothing is opened in it again.
alter table store add column closed_at timestamptz;
