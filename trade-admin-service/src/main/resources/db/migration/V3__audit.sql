-- What our staff did and looked at, and what happened to their accounts. Only ever added to.
create table audit_head (
    one           boolean     not null default true,
    last_sequence bigint      not null,
    last_hash     bytea       not null,
    last_at       timestamptz not null,
    constraint there_is_one_head primary key (one),
    constraint a_head_is_the_head check (one)
);
insert into audit_head (last_sequence, last_hash, last_at)
values (0, decode(repeat('00', 32), 'hex'), 'epoch');

create table audit_entry (
    -- Its place in the chain: 1, 2, 3, … without a gap.
    sequence   bigint      not null,
    -- Never earlier than the entry before, whatever the clocks of two instances say.
    at         timestamptz not null,
    -- The event that told of it, where it happened in another service.
    event_id   text,
    service    text        not null,
    -- A person (per_…), somebody outside, or what acts by itself.
    who        text        not null,
    account_id text,
    session_id text,
    address    text,
    action     text        not null,
    subject    text        not null,
    -- JSON as it was hashed, so text.
    before     text,
    after      text,
    reason     text,
    hash       bytea       not null,
    constraint the_audit_is_a_chain primary key (sequence),
    constraint an_event_is_audited_once unique (event_id),
    constraint a_hash_is_sha256 check (length(hash) = 32)
);
create index audit_entry_by_who on audit_entry (who, sequence);
create index audit_entry_by_subject on audit_entry (subject, sequence);
create index audit_entry_by_action on audit_entry (action, sequence);
create index audit_entry_by_time on audit_entry (at, sequence);

create function append_to_audit() returns trigger language plpgsql as $$
begin
    update audit_head
       set last_sequence = new.sequence, last_hash = new.hash, last_at = new.at
     where last_sequence = new.sequence - 1 and last_at <= new.at;
    if not found then
        raise exception 'an entry is appended to the end' using errcode = 'check_violation',
            constraint = 'the_audit_has_no_gap';
    end if;
    return new;
end $$;
create trigger entries_are_appended before insert on audit_entry
    for each row execute function append_to_audit();

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
    raise exception 'the audit is never changed' using errcode = 'check_violation',
        constraint = 'what_is_audited_stays';
end $$;
create trigger audit_entries_stay before update or delete or truncate on audit_entry
    for each statement execute function refuse_audit_change();

create function refuse_head_by_hand() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() < 2 then
        raise exception 'the head follows the entries' using errcode = 'check_violation',
            constraint = 'what_follows_is_not_set';
    end if;
    return null;
end $$;
create trigger the_head_follows before insert or update or delete or truncate on audit_head
    for each statement execute function refuse_head_by_hand();
