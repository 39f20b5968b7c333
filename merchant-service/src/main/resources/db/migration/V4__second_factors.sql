-- An authenticator app's secret, sealed with the service's key. Only a later step of time than the last one is taken.
create table totp (
    user_id    text        not null references portal_user (id),
    sealed     text        not null,
    last_step  bigint      not null,
    confirmed  boolean     not null,
    created_at timestamptz not null,
    constraint a_person_has_one_app primary key (user_id)
);
create table recovery_code (
    user_id   text not null references portal_user (id),
    code_hash text not null,
    constraint a_recovery_code_is_good_once primary key (user_id, code_hash)
);
