-- A till of a store. Its key pair is made on it and its private key never leaves it.
create table device (
    id             text        not null,
    merchant_id    text        not null references merchant (id),
    mode           text        not null,
    store_id       text        not null references store (id),
    name           text        not null,
    -- The code by which it is paired, under a key of this service: eight digits would not hide in a plain hash.
    pairing_hash   bytea,
    pairing_ends_at timestamptz,
    key_id         text,
    public_key     bytea,
    cashier_id     text,
    cashier_since  timestamptz,
    created_at     timestamptz not null,
    paired_at      timestamptz,
    revoked_at     timestamptz,
    constraint a_device_has_one_id primary key (id),
    constraint a_device_is_for_test_or_live check (mode in ('test', 'live')),
    constraint a_pairing_code_pairs_one_device unique (pairing_hash),
    constraint a_pairing_code_ends check ((pairing_hash is null) = (pairing_ends_at is null)),
    constraint a_key_belongs_to_one_device unique (key_id),
    constraint a_paired_device_has_a_key
        check ((key_id is null) = (public_key is null) and (key_id is null) = (paired_at is null)),
    constraint a_shift_has_a_beginning check ((cashier_id is null) = (cashier_since is null)),
    constraint a_revoked_device_is_not_paired_again check (revoked_at is null or pairing_hash is null)
);
create index device_of_merchant on device (merchant_id, mode, id desc);

-- What devices have signed with lately: the same again is a replay.
create table device_nonce (
    device_id  text        not null references device (id),
    nonce      text        not null,
    expires_at timestamptz not null,
    constraint a_nonce_is_good_once primary key (device_id, nonce)
);
create index device_nonce_by_age on device_nonce (expires_at);

-- Who works at a store's tills.
create table cashier (
    id          text        not null,
    merchant_id text        not null references merchant (id),
    mode        text        not null,
    store_id    text        not null references store (id),
    name        text        not null,
    pin_hash    text        not null,
    created_at  timestamptz not null,
    disabled_at timestamptz,
    constraint a_cashier_has_one_id primary key (id),
    constraint a_cashier_is_for_test_or_live check (mode in ('test', 'live'))
);
create index cashier_of_store on cashier (store_id, id desc);
create index cashier_of_merchant on cashier (merchant_id, mode, id desc);
alter table device add constraint a_shift_is_a_cashiers foreign key (cashier_id) references cashier (id);

-- That a cashier gave the PIN on a device a short while ago. Random (256 bits), so one round of SHA-256 protects it.
create table cashier_proof (
    proof_hash bytea       not null,
    device_id  text        not null references device (id),
    cashier_id text        not null references cashier (id),
    expires_at timestamptz not null,
    constraint a_proof_is_one_proof primary key (proof_hash)
);
create index cashier_proof_by_age on cashier_proof (expires_at);
