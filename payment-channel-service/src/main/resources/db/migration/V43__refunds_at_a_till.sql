-- Who gave the money back at a till, as the platform knows it: a note says whatever its writer wants.
alter table refund
    add column device_id text collate "C",
    add column cashier_id text collate "C",
    add constraint refund_at_a_till_is_a_cashiers check ((device_id is null) = (cashier_id is null)),
    add constraint refund_at_a_till_is_asked_for check (device_id is null or kind = 'requested');
