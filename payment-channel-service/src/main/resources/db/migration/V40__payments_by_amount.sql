-- A list of payments may be narrowed by amount. With the amount in the index, what does not fit is passed over
-- there, in the list's own order and whatever the range; nothing is sorted, and no row is visited in vain.
create index payment_newest_first_by_amount on payment (merchant_id, livemode, id desc, amount_minor);
-- The new one serves all that this one served.
drop index payment_newest_first;
alter index payment_newest_first_by_amount rename to payment_newest_first;
