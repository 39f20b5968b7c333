-- For statements of channels that have none: the orders of a day, of those paid at a bank only, so
-- that no other attempt pays for keeping it.
create index attempt_bank_by_day on attempt (account_id, created_at) where flow = 'bank';
