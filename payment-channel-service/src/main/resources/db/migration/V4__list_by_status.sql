-- A merchant who lists its payments in one state reads those and no others, however long its
-- history: "under_review" may be three of three million.
create index payment_by_status on payment (merchant_id, livemode, status, id desc);
