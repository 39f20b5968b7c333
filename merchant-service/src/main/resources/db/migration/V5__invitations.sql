-- The mailed secret is random (256 bits), so one round of SHA-256 protects it.
create table invitation (
    id          text        not null,
    merchant_id text        not null references merchant (id),
    email       text        not null,
    email_key   text        not null,
    role        text        not null,
    token_hash  bytea       not null,
    invited_by  text        not null references portal_user (id),
    expires_at  timestamptz not null,
    constraint an_invitation_has_one_id primary key (id),
    constraint a_person_is_invited_once_to_a_merchant unique (merchant_id, email_key),
    constraint an_invitation_has_its_own_secret unique (token_hash),
    constraint an_invitation_is_to_a_known_role
        check (role in ('owner', 'admin', 'finance', 'cashier', 'developer', 'read_only'))
);
