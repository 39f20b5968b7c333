-- What all tills of a shop took in some days.
create index spotpay_session_of_merchant on spotpay_session (merchant_id, livemode, created_at);
