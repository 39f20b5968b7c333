-- At a till the shop shows a code, or the shopper does: then there is no page, and no token that leads to one. What the
-- shopper showed is kept nowhere.
alter table spotpay_session
    add column shown_by text not null default 'shop',
    alter column token_hash drop not null,
    add constraint spotpay_session_shown_by_is_known check (shown_by in ('shop', 'shopper')),
    add constraint spotpay_session_token_is_the_shops check ((shown_by = 'shop') = (token_hash is not null)),
    add constraint spotpay_session_shoppers_code_is_a_wallets check (shown_by = 'shop' or method is not null);
