-- A merchant is known to every channel by a number of its own: {"wechat": {"subMerchantId": …, "categoryCode": …}, …}.
alter table merchant_copy add column live_registrations text not null default '{}';
alter table merchant_copy add column test_registrations text not null default '{}';
update merchant_copy set live_registrations = json_build_object('wechat', json_build_object(
        'subMerchantId', live_sub_merchant_id, 'categoryCode', live_category_code))::text
 where live_sub_merchant_id is not null and live_category_code is not null;
update merchant_copy set test_registrations = json_build_object('wechat', json_build_object(
        'subMerchantId', test_sub_merchant_id, 'categoryCode', test_category_code))::text
 where test_sub_merchant_id is not null and test_category_code is not null;
alter table merchant_copy
    drop column live_sub_merchant_id, drop column live_category_code,
    drop column test_sub_merchant_id, drop column test_category_code;

-- What the channel is told: the merchant's amount where it takes that, else yuan by a rate frozen here.
alter table attempt
    add column method text,
    add column channel_amount_minor bigint,
    add column channel_currency text,
    add column rate numeric(20, 10),
    add column rate_margin numeric(10, 8),
    add column rate_as_of timestamptz,
    add column rate_source text,
    add column bank_code text,
    -- Who is paying, towards the channel (WeChat's openid) and by address: personal, never shown, never in an event.
    add column payer_wallet_id text,
    add column payer_ip text,
    add column offer_kind text,
    add column paid_at timestamptz;
update attempt set
    method = channel,
    channel_amount_minor = amount_minor,
    channel_currency = currency,
    flow = case flow when 'native' then 'qr' else flow end,
    offer_kind = case when qr_content is null then null else 'qr' end;
update attempt set paid_at = payment.paid_at
   from payment where payment.id = attempt.payment_id and attempt.status = 'paid';
update attempt set paid_at = ended_at where status in ('paid', 'surplus') and paid_at is null;
alter table attempt
    alter column method set not null,
    alter column channel_amount_minor set not null,
    alter column channel_currency set not null;
alter table attempt rename column qr_content to offer;
alter table attempt rename column qr_expires_at to offer_expires_at;
alter table attempt add constraint attempt_flow_is_known
    check (flow in ('qr', 'in_wallet', 'mobile', 'desktop', 'bank'));
alter table attempt add constraint attempt_offer_is_known
    check (offer_kind is null or offer_kind in ('qr', 'redirect', 'form', 'wallet_call'));
-- A form may hold who the payer is, so it is made anew and never kept.
alter table attempt add constraint attempt_form_is_not_kept check (offer_kind <> 'form' or offer is null);
-- A rate is frozen exactly where we convert.
alter table attempt add constraint attempt_conversion_has_a_rate
    check ((channel_currency = currency) = (rate is null));

alter table attempt drop constraint attempt_status_is_known;
alter table attempt add constraint attempt_status_is_known check (status in
    ('opening', 'ready', 'replaced', 'closed', 'lapsed', 'declined', 'refused', 'paid', 'surplus'));

update payment set flow = 'qr' where flow = 'native';
alter table payment add column bank_code text;
-- When an event said that the money had come late.
alter table payment add column late_told_at timestamptz;
