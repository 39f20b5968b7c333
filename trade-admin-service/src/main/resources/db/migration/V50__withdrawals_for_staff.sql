-- What staff look for among the withdrawals of all merchants: those that wait for somebody.
create index withdrawals_that_wait on withdrawal (status, id)
    where status in ('pending_approval', 'approved', 'in_batch', 'unknown');
create index answers_of_a_batch on bank_response (batch_id, received_at);
-- All holds that stand, the newest first.
create index holds_by_age on balance_hold (id) where released_at is null;
