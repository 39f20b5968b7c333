-- The oldest charge of a shown code of which nobody knows yet whether it is paid; there are hardly ever many.
create index attempt_charge_without_an_end on attempt (created_at)
    where flow = 'pay_code' and status in ('opening', 'reversing');
