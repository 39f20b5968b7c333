-- A shop looks at what came by one printed code, newest first.
create index payment_of_static_code on payment (static_code_id, id desc) where static_code_id is not null;
