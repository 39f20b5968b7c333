-- What a merchant asks of everybody who acts for it. A merchant that has a row here wants a second factor of them.
create table team_rule (
    merchant_id         text        not null references merchant (id),
    second_factor_since timestamptz not null,
    set_by              text        not null references portal_user (id),
    constraint a_merchant_has_one_rule_for_its_team primary key (merchant_id)
);
