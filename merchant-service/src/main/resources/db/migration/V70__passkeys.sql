-- The public half of a key that a person's device made. What the device proves by it is worth the password and a second factor.
create table passkey (
    id            text        primary key,
    user_id       text        not null references portal_user (id),
    credential_id text        not null,
    credential    bytea       not null, -- the attested credential data of WebAuthn: device type, credential id, public key
    counter       bigint      not null,
    backup        boolean     not null, -- whether the device may copy it to others
    name          text        not null,
    created_at    timestamptz not null,
    last_used_at  timestamptz,
    doubted_at    timestamptz, -- its counter fell: there may be a copy of it, so it opens nothing any more
    constraint a_passkey_is_one_person_s unique (credential_id),
    constraint a_passkey_has_a_name check (length(name) between 1 and 60)
);
create index passkey_of_user on passkey (user_id);

-- What a device is asked to sign, once: whoever takes it out has used it up.
create table passkey_challenge (
    challenge_hash text        primary key,
    purpose        text        not null,
    user_id        text,
    ends_at        timestamptz not null,
    constraint a_challenge_is_for_one_thing check (purpose in ('register', 'sign_in', 'step_up')),
    constraint only_a_sign_in_is_anybody_s check (purpose = 'sign_in' or user_id is not null)
);
create index passkey_challenge_by_end on passkey_challenge (ends_at);
