-- Whoever calls has one number in hand, and not always whose payment it is.
create index payment_by_reference on payment (merchant_reference);
create index attempt_by_channel_reference on attempt (channel_reference) where channel_reference is not null;
create index refund_by_reference on refund (merchant_reference) where merchant_reference is not null;
create index refund_by_channel_reference on refund (channel_reference) where channel_reference is not null;
