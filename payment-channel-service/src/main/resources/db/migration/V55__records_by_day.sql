-- What we hold of an account's day, page by page, for whoever compares it with a statement. Only rows whose money has
-- moved are in it.
create index attempt_paid_by_account on attempt (account_id, paid_at, order_number) where paid_at is not null;
create index refund_succeeded_by_account on refund (account_id, ended_at, refund_number) where status = 'succeeded';
