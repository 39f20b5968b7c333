-- A merchant is known to every channel by a number of its own:
-- {"live": {"wechat": {"sub_merchant_id": …, "category_code": …}}, "test": {…}}
alter table merchant add column registrations text not null default '{"live":{},"test":{}}';
update merchant set registrations = json_build_object(
    'live', case when live_wechat_sub_mchid is null then '{}'::json else json_build_object('wechat',
        json_build_object('sub_merchant_id', live_wechat_sub_mchid, 'category_code', live_wechat_mcc)) end,
    'test', case when test_wechat_sub_mchid is null then '{}'::json else json_build_object('wechat',
        json_build_object('sub_merchant_id', test_wechat_sub_mchid, 'category_code', test_wechat_mcc)) end)::text;
alter table merchant
    drop column test_wechat_sub_mchid, drop column test_wechat_mcc,
    drop column live_wechat_sub_mchid, drop column live_wechat_mcc;
alter table merchant alter column registrations drop default;
