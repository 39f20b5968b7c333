-- A charge by the code that a payer's wallet shows. The code itself is in no table.
alter table attempt drop constraint attempt_flow_is_known;
alter table attempt add constraint attempt_flow_is_known
    check (flow in ('qr', 'in_wallet', 'mobile', 'desktop', 'bank', 'pay_code'));

alter table attempt drop constraint attempt_status_is_known;
alter table attempt add constraint attempt_status_is_known check (status in
    ('opening', 'ready', 'replaced', 'closed', 'lapsed', 'declined', 'refused', 'paid', 'surplus', 'reversing', 'reversed'));

alter table attempt
    -- Pinned when the charge begins: until when its channel takes it back, and when one that its channel
    -- still does not know cannot reach it any more.
    add column reversible_until timestamptz,
    add column unheard_after timestamptz,
    -- What its payment becomes once the charge is proven to be taken back.
    add column reverse_to text;
alter table attempt add constraint attempt_pay_code_can_be_reversed
    check ((flow = 'pay_code') = (reversible_until is not null and unheard_after is not null));
-- The decision is stored before the channel is asked, with what follows from it.
alter table attempt add constraint attempt_reversal_leads_somewhere
    check (status not in ('reversing', 'reversed') or reverse_to in ('canceled', 'expired'));
