-- Whoever was in an account may have left a passkey behind. After a reset of the password none opens it alone until it was shown
-- after the new password, or in a session that began with it.
alter table passkey add column unproven_since timestamptz;

-- From where, and by which browser, a person signed in before: a sign-in from elsewhere is told by mail. Kept as a hash.
create table sign_in_place (
    user_id      text        not null references portal_user (id),
    place_hash   text        not null,
    last_seen_at timestamptz not null,
    constraint a_place_is_known_once primary key (user_id, place_hash)
);
create index sign_in_place_by_age on sign_in_place (last_seen_at);
